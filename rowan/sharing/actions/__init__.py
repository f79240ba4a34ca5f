"""What people do about sharing: decide either way, correct and withdraw; and the gate that everything leaving Rowan passes."""

from .decisions import decide, may_leave, share_under, withdraw
from .drafts import begin_correction, begin_draft, open_draft, save_step
from .standing import end_standing, set_up_standing

__all__ = [
    "begin_correction",
    "begin_draft",
    "decide",
    "end_standing",
    "may_leave",
    "open_draft",
    "save_step",
    "set_up_standing",
    "share_under",
    "withdraw",
]
