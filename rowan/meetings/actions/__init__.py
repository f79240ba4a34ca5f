"""What happens in this room, for other rooms and for pages."""

from .changing import change_series
from .deciding import decide, dissent, set_item_action, what_came_of_it
from .lists import add_child, draw_up, take_off
from .minutes import approve, write_minutes
from .series import cancel, set_up_series
from .session import end, who_came

__all__ = [
    "add_child",
    "approve",
    "cancel",
    "change_series",
    "decide",
    "dissent",
    "draw_up",
    "end",
    "set_item_action",
    "set_up_series",
    "take_off",
    "what_came_of_it",
    "who_came",
    "write_minutes",
]
