"""Figures pooled over counties, each with its 95% interval: what `rowan evaluate` keeps on record."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from .evaluation_kinds import Counts, FoundStory
from .intervals import Estimate, difference, difference_of_middles, middle_of, rate, share

# The smallest group whose own figure is told; smaller ones stand together. Numbers of 1 to 5 are of nobody real here, but a page
# that shows them teaches a habit.
FEWEST_STORIES, FEWEST_PAIRS, FEWEST_CHILDREN = 10, 50, 500
SMALLER = "smaller groups together"
Groups = dict[str, Any]


def pooled(counties: Sequence[Counts]) -> Groups:
    found = {
        "counties": len(counties),
        "children": sum(c.children for c in counties),
        "records": sum(c.records for c in counties),
        "matching": _matching(counties),
        "recall_by_origin": _by_origin(counties),
        "who_is_who_by_group": _linked_by_group(counties),
        "plain_splink": _splink(counties),
        "stories": _stories(counties),
        "losses": _losses(counties),
        "questions": _questions(counties),
    }
    return found


def _told(estimate: Estimate) -> dict[str, float | None]:
    return {key: None if value is None else round(value, 6) for key, value in asdict(estimate).items()}


def _of(counties: Sequence[Counts], name: str) -> list[float]:
    return [float(getattr(county, name)) for county in counties]


# --- who is who


def _matching(counties: Sequence[Counts]) -> Groups:
    linked, true, both = (_of(counties, name) for name in ("linked_pairs", "true_pairs", "both_pairs"))
    halves = [(one + other) / 2 for one, other in zip(linked, true, strict=True)]
    return {
        "f1": _told(share(both, halves)),
        "precision": _told(share(both, linked)),
        "recall": _told(share(both, true)),
        "children_with_a_wrong_row_per_10000": _told(
            rate(_of(counties, "pages_with_a_wrong_row"), _of(counties, "pages"), 10_000)
        ),
        "unsure_per_1000_records": _told(rate(_of(counties, "unsure_pairs"), _of(counties, "records"), 1000)),
    }


def _by_origin(counties: Sequence[Counts]) -> Groups:
    pairs: Counter[str] = Counter()
    for county in counties:
        pairs.update({origin: counter["true"] for origin, counter in county.by_origin.items()})
    small = {origin for origin, count in pairs.items() if count < FEWEST_PAIRS}
    groups = {origin: [origin] for origin in sorted(pairs) if origin not in small}
    if small:
        groups[SMALLER] = sorted(small)
    return {
        name: _told(
            share(
                [float(sum(c.by_origin[o]["found"] for o in origins)) for c in counties],
                [float(sum(c.by_origin[o]["true"] for o in origins)) for c in counties],
            )
        )
        for name, origins in groups.items()
    }


def _linked_by_group(counties: Sequence[Counts]) -> Groups:
    """Of those counties whose truth says how old each child is."""
    told = [county for county in counties if county.linked_by_group]
    groups = sorted({group for county in told for group in county.linked_by_group})

    def of(group: str, what: str) -> list[float]:
        return [float(county.linked_by_group[group][what]) for county in told]

    return {
        group: {
            "recall": _told(share(of(group, "found"), of(group, "true"))),
            "children_with_a_wrong_row_per_10000": _told(
                rate(of(group, "mixed"), of(group, "children"), 10_000)
            ),
        }
        for group in groups
        if sum(of(group, "true")) >= FEWEST_PAIRS
    }


def _splink(counties: Sequence[Counts]) -> Groups:
    """At each threshold in bits; only over the counties in which it was run."""
    beside = [county for county in counties if county.splink]
    found: Groups = {}
    for bits in sorted({bits for county in beside for bits in county.splink}, key=float):
        linked = [float(c.splink[bits]["linked"]) for c in beside]
        both = [float(c.splink[bits]["both"]) for c in beside]
        true = _of(beside, "true_pairs")
        halves = [(one + other) / 2 for one, other in zip(linked, true, strict=True)]
        clusters = [float(c.splink[bits]["clusters"]) for c in beside]
        of_two = [float(c.splink[bits]["clusters_of_two"]) for c in beside]
        found[bits] = {
            "f1": _told(share(both, halves)),
            "precision": _told(share(both, linked)),
            "recall": _told(share(both, true)),
            "children_with_a_wrong_row_per_10000": _told(rate(of_two, clusters, 10_000)),
        }
    return found


# --- stories


def _stories(counties: Sequence[Counts]) -> Groups:
    stories = [county.stories for county in counties]
    return {
        "all": _of_some(stories, lambda story: True),
        "with any sign": _of_some(stories, lambda story: story.signs > 0),
        "with a sign before harm was on record": _of_some(stories, lambda story: story.in_time),
        "with two or more signs": _of_some(stories, lambda story: story.signs > 1),
        "seen by two or more agencies": _of_some(stories, lambda story: story.agencies > 1),
        "by_sex": _by(stories, lambda story: story.sex),
        "by_ethnic_group": _by(stories, lambda story: story.ethnic_group),
        "by_shape": _by(stories, lambda story: story.shape),
        "lead_gaps": {
            "sex": _lead_gap(stories, "girls", lambda s: s.sex == "F", "boys", lambda s: s.sex == "M"),
            "ethnic_group": _lead_gap(
                stories,
                "White British children",
                lambda s: s.ethnic_group == "WBRI",
                "everybody else",
                lambda s: s.ethnic_group != "WBRI",
            ),
        },
        "gaps": {
            "girls less boys, all stories": _gap(stories, lambda s: s.sex == "F", lambda s: s.sex == "M"),
            "girls less boys, with any sign": _gap(
                stories, lambda s: s.sex == "F" and s.signs > 0, lambda s: s.sex == "M" and s.signs > 0
            ),
            "White British less everybody else, all stories": _gap(
                stories, lambda s: s.ethnic_group == "WBRI", lambda s: s.ethnic_group != "WBRI"
            ),
        },
    }


def _of_some(stories: Sequence[Sequence[FoundStory]], wanted: Callable[[FoundStory], bool]) -> Groups:
    chosen = [[story for story in county if wanted(story)] for county in stories]
    leads = [s.lead_days for county in chosen for s in county if s.lead_days is not None]
    return {
        "recall": _told(
            share([float(sum(s.found for s in c)) for c in chosen], [float(len(c)) for c in chosen])
        ),
        "median_lead_days": _told(middle_of(leads)),
    }


def _by(stories: Sequence[Sequence[FoundStory]], group: Callable[[FoundStory], str]) -> Groups:
    sizes = Counter(group(story) for county in stories for story in county)
    small = {name for name, size in sizes.items() if size < FEWEST_STORIES}
    named = {name: {name} for name in sorted(sizes) if name not in small}
    if small:
        named[SMALLER] = small
    return {name: _of_group(stories, group, members) for name, members in named.items()}


def _of_group(
    stories: Sequence[Sequence[FoundStory]], group: Callable[[FoundStory], str], members: set[str]
) -> Groups:
    any_sign = _of_some(stories, lambda story: story.signs > 0 and group(story) in members)
    return _of_some(stories, lambda story: group(story) in members) | {"any_sign": any_sign["recall"]}


def _gap(
    stories: Iterable[Iterable[FoundStory]],
    one: Callable[[FoundStory], bool],
    other: Callable[[FoundStory], bool],
) -> dict[str, float | None]:
    every = [story for county in stories for story in county]
    ones, others = [s.found for s in every if one(s)], [s.found for s in every if other(s)]
    return _told(difference(sum(ones), len(ones), sum(others), len(others)))


def _lead_gap(
    stories: Iterable[Iterable[FoundStory]],
    one: str,
    is_one: Callable[[FoundStory], bool],
    other: str,
    is_other: Callable[[FoundStory], bool],
) -> Groups:
    """For whom a true question came how many days before harm was on record, of the stories that were found."""
    every = [(s, s.lead_days) for county in stories for s in county if s.lead_days is not None]
    ones, others = [days for s, days in every if is_one(s)], [days for s, days in every if is_other(s)]
    return {
        "one": one,
        "other": other,
        "of_one": _told(middle_of(ones)),
        "of_other": _told(middle_of(others)),
        "gap": _told(difference_of_middles(ones, others)),
    }


# --- where stories were lost


def _losses(counties: Sequence[Counts]) -> Groups | None:
    """Of stories with two or more signs: by shape who saw what, and why those not found were not. None where a county was counted without."""
    every = [story for county in counties for story in county.stories if story.signs > 1]
    if not every or any(story.why_lost is None for story in every):
        return None
    shapes: Groups = {}
    for name in sorted({story.shape for story in every}):
        mine = [story for story in every if story.shape == name]
        shapes[name] = {
            "stories": len(mine),
            "seen_by": dict(Counter(story.seen_by for story in mine).most_common()),
            "may_be_read": sum(bool(story.may_be_read) for story in mine),
            "found": sum(story.found for story in mine),
            "lost": dict(Counter(story.why_lost for story in mine if not story.found).most_common()),
        }
    lost = Counter(story.why_lost for story in every if not story.found)
    may_be_read = [[story for story in c.stories if story.signs > 1 and story.may_be_read] for c in counties]
    return {
        "stories": len(every),
        "may_be_read": len([story for county in may_be_read for story in county]),
        "found_of_those": _told(
            share(
                [float(sum(s.found for s in county)) for county in may_be_read],
                [float(len(county)) for county in may_be_read],
            )
        ),
        "why": dict(lost.most_common()),
        "by_shape": shapes,
    }


# --- questions


def _questions(counties: Sequence[Counts]) -> Groups:
    months = _of(counties, "children_months")
    rules = sorted({rule for county in counties for rule in county.by_rule})
    wrong = _wrong_by_group(counties)
    return {
        "all_per_1000_children_a_month": _told(rate(_of(counties, "questions"), months, 1000)),
        "wrong_per_1000_children_a_month": _told(rate(_of(counties, "wrong_questions"), months, 1000)),
        "by_rule": {rule: _rule(counties, rule, months) for rule in rules},
        "wrong_per_1000_children_by_group": wrong,
        "largest_ratio": {kind: _largest_ratio(wrong, kind) for kind in ("sex", "ethnic_group")},
    }


def _rule(counties: Sequence[Counts], rule: str, months: list[float]) -> Groups:
    asked = [float(c.by_rule[rule]["questions"]) for c in counties]
    right = [float(c.by_rule[rule]["true"]) for c in counties]
    return {
        "questions": sum(asked),
        "right": _told(share(right, asked)),
        "per_1000_children_a_month": _told(rate(asked, months, 1000)),
    }


def _wrong_by_group(counties: Sequence[Counts]) -> Groups:
    """Over the whole period the counties were watched, for groups of enough children to say."""
    groups = sorted({group for county in counties for group in county.by_group})
    found = {}
    for group in groups:
        children = [float(c.by_group[group]["children"]) for c in counties]
        if sum(children) >= FEWEST_CHILDREN:
            found[group] = _told(rate([float(c.by_group[group]["wrong"]) for c in counties], children, 1000))
    return found


def _largest_ratio(wrong: Groups, kind: str) -> dict[str, Any]:
    of_kind = {name.partition(": ")[2]: each for name, each in wrong.items() if name.startswith(f"{kind}: ")}
    if len(of_kind) < 2:
        return {"value": None, "most": "", "least": ""}
    most = max(of_kind, key=lambda name: of_kind[name]["value"])
    least = min(of_kind, key=lambda name: of_kind[name]["value"])
    lowest = of_kind[least]["value"]
    return {
        "value": round(of_kind[most]["value"] / lowest, 3) if lowest else None,
        "most": most,
        "least": least,
    }
