"""For whom an evaluation's questions came later, and whom wrong ones were put about more often: the gaps between groups, in words.

For the page and for `rowan evaluate`. A record kept before a gap was counted says what its own groups say.
"""

from collections.abc import Iterator
from typing import Any

Found = dict[str, Any]
SEXES = {"F": "girls", "M": "boys"}
KINDS = {"sex": "by_sex", "ethnic_group": "by_ethnic_group"}


def lead_in_words(stories: Found) -> Iterator[str]:
    """How many days before harm was on record a story was found, by group, and how far the groups are apart."""
    gaps = stories.get("lead_gaps")
    if gaps is None:
        gaps = {kind: _of_groups(kind, stories.get(name, {})) for kind, name in KINDS.items()}
    for kind, gap in gaps.items():
        yield _lead(kind, gap)


def _of_groups(kind: str, groups: Found) -> Found | None:
    """The groups with the longest and the shortest median, where nobody counted the gap itself."""
    told = {
        _named(kind, name): each["median_lead_days"]
        for name, each in groups.items()
        if each["median_lead_days"]["value"] is not None
    }
    if len(told) < 2:
        return None
    most, least = (
        max(told, key=lambda name: told[name]["value"]),
        min(told, key=lambda name: told[name]["value"]),
    )
    apart = {"value": told[most]["value"] - told[least]["value"], "low": None, "high": None}
    return {"one": most, "other": least, "of_one": told[most], "of_other": told[least], "gap": apart}


def _lead(kind: str, gap: Found | None) -> str:
    spoken = kind.replace("_", " ")
    if gap is None or gap["gap"]["value"] is None:
        return f"By {spoken}, too few stories were found to say for whom questions came later."
    one, other, apart = gap["of_one"]["value"], gap["of_other"]["value"], gap["gap"]
    between = (
        "" if apart["low"] is None else f" (95% interval {_days(apart['low'])} to {_days(apart['high'])})"
    )
    later = f"{_days(abs(apart['value']))} days {'earlier' if apart['value'] >= 0 else 'later'}"
    return (
        f"By {spoken}: half of the stories of {gap['one']} that were found were found {_days(one)} days or more before harm was on record, of "
        f"{gap['other']} {_days(other)}; {gap['one']} {later}{between}."
    )


def wrong_in_words(questions: Found) -> Iterator[str]:
    """Wrong questions per 1,000 children of each group, the most beside the fewest."""
    for kind, ratio in questions["largest_ratio"].items():
        groups = {
            _named(kind, name.partition(": ")[2]): each
            for name, each in questions["wrong_per_1000_children_by_group"].items()
            if name.startswith(f"{kind}: ")
        }
        most, least = _named(kind, ratio["most"]), _named(kind, ratio["least"])
        spoken = kind.replace("_", " ")
        if not ratio["most"] or most not in groups or least not in groups:
            yield f"By {spoken}, too few groups have enough children to compare wrong questions."
            continue
        told = f"{groups[most]['value']:.3g} wrong questions per 1,000 children of {most}, {groups[least]['value']:.3g} of {least}"
        if ratio["value"] is None:
            yield f"By {spoken}: {told}; where there is none, there is no ratio."
        else:
            yield f"By {spoken}: {told}, the largest ratio, {ratio['value']:.2f} times as many."


def _named(kind: str, name: str) -> str:
    return SEXES.get(name, name) if kind == "sex" else name.replace("_", " ")


def _days(count: float) -> str:
    return f"{round(count, 1):g}"
