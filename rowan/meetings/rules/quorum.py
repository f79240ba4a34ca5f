"""Whether enough of those who have to be there came: by default the council, the police and health (domain 1.4)."""

from collections.abc import Collection, Iterable

BY_DEFAULT = ("council", "police", "health")
KIND_NAMES = {
    "council": "the council",
    "police": "the police",
    "health": "health",
    "school": "a school",
    "youth_justice": "youth justice",
    "voluntary": "the voluntary sector",
    "care": "a children’s home or fostering",
    "district": "the district council",
}


def missing_from_quorum(wanted: Iterable[str], came: Collection[str]) -> list[str]:
    return [kind for kind in wanted if kind not in came]


def in_words(wanted: Iterable[str], came: Collection[str]) -> str:
    missing = missing_from_quorum(wanted, came)
    if not missing:
        return "Quorate."
    return f"Not quorate: nobody came from {listed(missing)}."


def short_beforehand(wanted: Iterable[str], asked: Collection[str]) -> str:
    """Before a meeting: from whom nobody is asked who will be there. Empty when nothing is missing."""
    missing = missing_from_quorum(wanted, asked)
    return f"Short of a quorum: nobody is asked who will be there from {listed(missing)}." if missing else ""


def listed(kinds: Iterable[str]) -> str:
    """The council, the police and health."""
    names = [KIND_NAMES.get(kind, kind.replace("_", " ")) for kind in kinds]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"
