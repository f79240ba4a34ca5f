"""What is stored of children who go missing: episodes with everything that became of them, interviews, and the “if missing” sheet."""

from .episodes import Episode, Event, EventKind, Report
from .follow_up import Action
from .interviews import HomeInterview, NameHeard
from .nobody_known import FoundToBe, UnknownChild
from .photographs import Photograph
from .sheets import Sheet, SheetPrint

__all__ = [
    "Action",
    "Episode",
    "Event",
    "EventKind",
    "FoundToBe",
    "HomeInterview",
    "NameHeard",
    "Photograph",
    "Report",
    "Sheet",
    "SheetPrint",
    "UnknownChild",
]
