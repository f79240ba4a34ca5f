"""What is stored of where a child stands: the hub's work with her, what was written, what stepped down, and what others say."""

from .drafts import VersionDraft
from .ending import LookBack, StepDown, StepDownDecided
from .facts import ChildSeen, Dissent, StatutoryFact, Transition
from .strand import StepTaken, Strand
from .written import Approval, Assessment, Noticed

__all__ = [
    "Approval",
    "Assessment",
    "ChildSeen",
    "Dissent",
    "LookBack",
    "Noticed",
    "StatutoryFact",
    "StepDown",
    "StepDownDecided",
    "StepTaken",
    "Strand",
    "Transition",
    "VersionDraft",
]
