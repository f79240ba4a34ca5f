"""Whether enough of those who have to be there came: by default the council, the police and health (domain 1.4)."""

from collections.abc import Collection, Iterable

BY_DEFAULT = ("council", "police", "health")
KIND_NAMES = {"council": "the council", "police": "the police", "health": "health"}


def missing_from_quorum(wanted: Iterable[str], came: Collection[str]) -> list[str]:
    return [kind for kind in wanted if kind not in came]


def in_words(wanted: Iterable[str], came: Collection[str]) -> str:
    missing = missing_from_quorum(wanted, came)
    if not missing:
        return "Quorate."
    names = [KIND_NAMES.get(kind, kind.replace("_", " ")) for kind in missing]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Not quorate: nobody came from {listed}."
