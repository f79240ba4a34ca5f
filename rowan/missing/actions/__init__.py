"""What people do when a child goes missing, comes back and is heard; and the night's reports, which become the same episodes."""

from .feed import take_in_reports
from .follow_up import add_action, say_done
from .interviews import ask_carer, assign, hear, not_possible, offer, say_accepted, say_declined
from .nobody_known import report_nobody_known, say_who
from .photographs import put_photograph, take_off_photograph
from .reporting import report
from .sheets import fill_in, print_sheet
from .whereabouts import grade, say_found, say_not_missing, say_returned

__all__ = [
    "add_action",
    "ask_carer",
    "assign",
    "fill_in",
    "grade",
    "hear",
    "not_possible",
    "offer",
    "print_sheet",
    "put_photograph",
    "report",
    "report_nobody_known",
    "say_accepted",
    "say_declined",
    "say_done",
    "say_found",
    "say_not_missing",
    "say_returned",
    "say_who",
    "take_in_reports",
    "take_off_photograph",
]
