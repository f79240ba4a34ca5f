"""`docs/generated/evaluation.md`: how often Rowan is wrong about who is who and in what it asks, made from the record of the runs.

Nobody types a figure: `rowan evaluate --record` writes docs/measured/evaluation.json (rowan/pipeline/evaluation_record.py).
"""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from .evaluation_gaps import lead_in_words, wrong_in_words

HEAD = """# How often Rowan is right, and how often wrong

Measured on invented counties ([how they are made](../county.md)), whose truth is known and which no rule and no weight has seen. `rowan evaluate` counts
each county against its truth and leaves the counts in `docs/measured/evaluation.json`; this page is made of that record. In brackets stand 95% intervals: the wider of
two, for the few that were counted and from county to county (`rowan/pipeline/intervals.py` names the sources). `make bench` does not make it: `python -m tests.bench.evaluation` does.

What these figures cannot show: the county's mistakes and stories were chosen by design and not fitted to any agency, so a real council will do worse in ways nobody has
written down yet. *Asked* is what the design asks for.
"""
NOT_MEASURED = "*Nothing is on record yet.*\n"
# What was asked of part 4. A figure that misses it says so.
BARS = {
    "f1": (0.985, "at least"),
    "precision": (0.997, "at least"),
    "children_with_a_wrong_row_per_10000": (1.0, "at most"),
    "unsure_per_1000_records": (5.0, "at most"),
}
RECALL_OF_TWO_SIGNS = 0.85
QUESTIONS_AT_MOST = 2.0
POINTS_BETWEEN_ORIGINS = 0.02
WORDS = {
    "f1": "F1",
    "precision": "Precision: of pairs it linked, how many are one child",
    "recall": "Recall: of pairs that are one child, how many it linked",
    "children_with_a_wrong_row_per_10000": "Children whose page shows another child's row, per 10,000",
    "unsure_per_1000_records": "Unsure pairs that wait for a person, per 1,000 records",
}
TRIED = """## What was tried, and what would raise the questions' figures

Tried on two counties made for it (seeds 711 and 712, 5,000 children, stories at 20 per 1,000), which none of the counties above is. Each number is of those two, or of the first where it says so.

| What | What came of it |
|---|---|
| The rules of before, first county | 36 of 82 stories with two or more signs found; 1.28 wrong questions per 1,000 children a month, .55 of them by absence risen, which was right 0 times of 58 |
| A second agency's fact within six weeks (*two agencies have each told something*), notes counted (*noted again*), absences from a placement counted (*away again*) | with the next two rows, 86 of 155 found; 1.08 wrong; these three were right 30, 19 and 12 times of 38, 31 and 12 |
| A smaller rise beside a missing report, one window in twenty instead of a hundred | first county: right 15 times of 20 instead of 7 of 10 |
| Absence alone held to a tenth by chance, with a test that finds more | first county: 8 questions instead of 58. What is left is no chance: most real rises have ordinary reasons, and no test tells them apart |
| Absence without a known reason alone, against the child's own past, first county | right 4 times of 472 at one in a thousand; not taken |
| A run or a rise of a child with a social worker, first county | right 4 times of 50; not taken |
| Two notes in four weeks instead of three in ninety days, first county | three more stories, and 34 wrong questions instead of 5; not taken |
| There in the morning and gone in the afternoon without a known reason, over eight weeks, beside the pupil's own weeks and the year group's; four fresh counties of 2,000 (741 to 744) | right 1 time of 23 more questions, .13 more wrong per 1,000 a month, no further story and none sooner; none of the stories missed there is of that shape, so it says the cost and hardly the gain; not taken |
| Absence risen in spells over a term instead of sessions over four weeks; four fresh counties of 2,000 (721 to 724) | 6 of 11 stories with two or more signs before and after; 1.58 questions per 1,000 a month instead of 1.24, right 1 time of 74; not taken |
| Two agencies' facts within ninety days instead of six weeks, and one note instead of two; two fresh counties of 5,000 (771 and 772), stories at 20 per 1,000 | 82 of 151 stories with two or more signs found before and after, half of them 2 days sooner in the first and none sooner in the second; 68 more questions of that rule, 60 of them right, and .07 to .15 more questions in all per 1,000 a month: what it would join, another rule has asked about by then; not taken |

What would raise them, in the order of what is lost above: more schools that choose their own watch (of stories that only a school sees, nobody may be asked about the rest, and that is meant so); reading a
school's marks beside the same school's notes, which promise 9 does not allow for children unknown to the hub; being late, which no rule reads; and what no file of these counties holds: what is
said in a return home interview, a new adult's name in a concern, a clinician's decision to tell.
"""
PAIRS = """Pairs of records of different agencies, all people taken cold. Plain Splink: its own comparisons, trained on the same records, connected components;
its threshold is the best of six **by the truth**, which is kind to it.
"""
Found = dict[str, Any]
KINDS_OF_STORIES = (
    "all",
    "with any sign",
    "with a sign before harm was on record",
    "with two or more signs",
    "seen by two or more agencies",
)


def evaluation_page() -> str:
    file = settings.CHECKOUT / "docs" / "measured" / "evaluation.json"
    return page(json.loads(file.read_text(encoding="utf-8")) if file.exists() else {})


def page(record: Found) -> str:
    if not record:
        return f"{HEAD}\n{NOT_MEASURED}"
    largest_first = sorted(record.items(), key=lambda item: -int(item[1]["asked"]["children"]))
    return "\n".join([HEAD, *(_run(name, run) for name, run in largest_first), TRIED])


def _run(name: str, run: Found) -> str:
    found = run["figures"]
    parts = [
        f"## {name[:1].upper()}{name[1:]}\n",
        what_was_run(run),
        "### Who is who\n",
        _matching(found),
        _origins(found["recall_by_origin"]),
        *_by_sex_and_age_too(found),
        "### Which stories of harm were found before harm was on record\n",
        _stories(found["stories"]),
        *([_losses(found["losses"])] if found.get("losses") else []),
        "### What it asked, and how often wrongly\n",
        _questions(found["questions"]),
    ]
    return "\n".join(parts)


def what_was_run(run: Found) -> str:
    asked, found, counties = run["asked"], run["figures"], run["counties"]
    days = sorted({county["counted_on"] for county in counties.values()})
    commits = sorted({county["commit"] for county in counties.values()})
    usual = asked.get("stories file") == "the usual one"
    others = asked.get("identifiers of somebody else")
    shapes = "the shapes that come with Rowan" if usual else asked.get("stories file", "")
    many = _many(found["counties"], "county", "counties")
    lines = [
        f"{many} of {int(asked['children']):,} children each, {'seeds' if len(counties) > 1 else 'seed'} {', '.join(counties)}:",
        f"{found['children']:,} children of whom a file tells, {found['records']:,} records.",
        f"{asked['stories per 1000']} stories of harm per 1,000 children over two school years, of {shapes}, up to {asked['until']}.",
    ]
    if others:
        lines.append(f"{100 * float(others):g}% of pupil and NHS numbers belong to somebody else.")
    lines.append(
        f"Counted {' and '.join(days) if len(days) < 3 else f'{days[0]} to {days[-1]}'}; commit {', '.join(f'`{c}`' for c in commits)}; {run['machine']}."
    )
    if found["counties"] < 10:
        lines.append("**Fewer than the ten counties that were asked for.**")
    if int(asked["children"]) < 20_000:
        lines.append("**Smaller counties than the 20,000 children that were asked for.**")
    return " ".join(lines) + "\n"


def _matching(found: Found) -> str:
    beside = found["plain_splink"]
    best = max(beside, key=lambda bits: beside[bits]["f1"]["value"]) if beside else None
    rows = [
        PAIRS,
        f"| | Rowan | asked | {f'plain Splink, {best} bits' if best else 'plain Splink'} |",
        "|---|---|---|---|",
    ]
    for name, each in found["matching"].items():
        bar = BARS.get(name)
        asked = f"{bar[1]} {bar[0]:g}{'' if meets(each['value'], bar) else ': **missed**'}" if bar else ""
        other = said(beside[best].get(name)) if best else "not run"
        rows.append(f"| {WORDS[name]} | {said(each)} | {asked} | {other} |")
    return "\n".join(rows) + "\n"


def meets(value: float | None, bar: tuple[float, str]) -> bool:
    return value is not None and (value >= bar[0] if bar[1] == "at least" else value <= bar[0])


def _origins(origins: Found) -> str:
    rows = ["Recall by where a family's names come from:\n", "| Names | Recall | pairs |", "|---|---|---|"]
    rows += [f"| {name} | {said(each)} | {each['of']:,.0f} |" for name, each in origins.items()]
    values = [each["value"] for each in origins.values() if each["value"] is not None]
    if len(values) > 1:
        apart = max(values) - min(values)
        missed = "" if apart <= POINTS_BETWEEN_ORIGINS else ": **missed**"
        rows.append(
            f"\nThe highest and the lowest are {100 * apart:.1f} points apart (asked: at most 2{missed})."
        )
    return "\n".join(rows) + "\n"


def _by_sex_and_age_too(found: Found) -> Iterable[str]:
    """Counties counted before this was kept have no such table."""
    if groups := found.get("who_is_who_by_group"):
        yield "The same by sex and by age:\n"
        yield by_sex_and_age(groups)


def by_sex_and_age(groups: Found) -> str:
    rows = [
        "| Children | Recall | pairs | With another's row on their page, per 10,000 |",
        "|---|---|---|---|",
    ]
    for name, each in groups.items():
        mixed = each["children_with_a_wrong_row_per_10000"]
        words = name.replace("sex: F", "girls").replace("sex: M", "boys").removeprefix("age: ")
        rows.append(f"| {words} | {said(each['recall'])} | {each['recall']['of']:,.0f} | {said(mixed)} |")
    return "\n".join(rows) + "\n"


def _stories(stories: Found) -> str:
    rows = ["| Stories | how many | found | median days before it was on record |", "|---|---|---|---|"]
    for name in KINDS_OF_STORIES:
        each = stories[name]
        asked = ""
        if name == "with two or more signs":
            met = meets(each["recall"]["value"], (RECALL_OF_TWO_SIGNS, "at least"))
            asked = f"; asked: at least {RECALL_OF_TWO_SIGNS}{'' if met else ': **missed**'}"
        rows.append(
            f"| {name} | {each['recall']['of']:,.0f} | {said(each['recall'])}{asked} | {said(each['median_lead_days'])} |"
        )
    rows += [
        "",
        "| | how many | found, of all | found, of those with any sign | median days before |",
        "|---|---|---|---|---|",
    ]
    for kind in ("by_sex", "by_ethnic_group", "by_shape"):
        for name, each in stories[kind].items():
            rows.append(
                f"| {kind.removeprefix('by_').replace('_', ' ')}: {name.replace('_', ' ')} | {each['recall']['of']:,.0f} | {said(each['recall'])} | {said(each['any_sign'])} | {said(each['median_lead_days'])} |"
            )
    rows += ["", "| Gap | |", "|---|---|"]
    rows += [f"| {name} | {said(each)} |" for name, each in stories["gaps"].items()]
    rows += ["", *[f"- {sentence}" for sentence in lead_in_words(stories)]]
    return "\n".join(rows) + "\n"


LOSSES = """### Where stories were lost

Of the {stories} stories with two or more signs, **{may_be_read}** showed something, before harm was on record, that anybody might be asked about: a row of police or council, or a school's
mark or note where the school chose its own watch or the child was open to the council that day (design, promise 9). Of those {found} were found. The rest could not be found by any rule
without reading what Rowan may not hold, or after the harm.

Each story that was not found stands once, under the first reason that holds. No question is lost because somebody has many open ones (it goes to the deputy), nor because it was asked
already (then one stands that rests on the same rows).
"""


def _losses(losses: Found) -> str:
    rows = [
        LOSSES.format(
            stories=losses["stories"],
            may_be_read=losses["may_be_read"],
            found=said(losses["found_of_those"]),
        ),
        "| Why not found | stories | of which shapes |",
        "|---|---|---|",
    ]
    for why, many in losses["why"].items():
        shapes = [
            f"{_in_words(name)} {each['lost'][why]}"
            for name, each in losses["by_shape"].items()
            if why in each["lost"]
        ]
        rows.append(f"| {why} | {many} | {', '.join(shapes)} |")
    rows += [
        "",
        "| Shape, two or more signs | stories | found | shows something that may be read in time | whose files show something |",
        "|---|---|---|---|---|",
    ]
    for name, each in losses["by_shape"].items():
        seen = "; ".join(f"{whose}: {many}" for whose, many in each["seen_by"].items())
        rows.append(
            f"| {_in_words(name)} | {each['stories']} | {each['found']} | {each['may_be_read']} | {seen} |"
        )
    return "\n".join(rows) + "\n"


def _in_words(shape: str) -> str:
    return shape.replace("_", " ")


def _questions(questions: Found) -> str:
    every = questions["all_per_1000_children_a_month"]
    missed = "" if meets(every["value"], (QUESTIONS_AT_MOST, "at most")) else ": **missed**"
    wrong = said(questions["wrong_per_1000_children_a_month"])
    rows = [
        f"All rules together ask {said(every)} questions per 1,000 children a month (asked: at most {QUESTIONS_AT_MOST:g}{missed}).",
        f"Wrong ones, which are about no story of harm or rest on none of its signs: {wrong}.\n",
        "| Rule | questions | right | per 1,000 children a month |",
        "|---|---|---|---|",
    ]
    for rule, each in questions["by_rule"].items():
        rows.append(
            f"| {rule.replace('_', ' ')} | {each['questions']:,.0f} | {said(each['right'])} | {said(each['per_1000_children_a_month'])} |"
        )
    rows += [
        "",
        "Wrong questions per 1,000 children over the two school years:\n",
        "| Group | wrong per 1,000 | children |",
        "|---|---|---|",
    ]
    for group, each in questions["wrong_per_1000_children_by_group"].items():
        rows.append(f"| {group.replace('_', ' ')} | {said(each)} | {each['of']:,.0f} |")
    rows += ["", *[f"- {sentence}" for sentence in wrong_in_words(questions)]]
    return "\n".join(rows) + "\n"


def said(estimate: Found | None) -> str:
    if not estimate or estimate["value"] is None:
        return "–"
    value = _short(estimate["value"])
    if estimate["low"] is None:
        return value
    return f"{value} ({_short(estimate['low'])} to {_short(estimate['high'])})"


def _short(number: float) -> str:
    if abs(number) >= 100:
        return f"{number:,.0f}"
    if abs(number) >= 10:
        return f"{number:.1f}"
    return f"{number:.2f}" if abs(number) > 1.0 else f"{number:.4f}".rstrip("0").rstrip(".") or "0"


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
