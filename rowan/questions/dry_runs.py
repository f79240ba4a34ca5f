"""What a dry run found, as its page and its command show it: by week, by rule, by post and by group, and no small count of children.

With Rowan's own eyes, so that it is the same for every reader; the children themselves stand apart, and their list asks access.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from rowan.access.reading import ROWAN, reading_as

from .actions.allocated import allocated_workers, plan_leads
from .groups import GROUPED_BY, UNKNOWN, groups_of_children
from .posts import Posts
from .rules.dry_run import Compared, WouldAsk, children_of, weeks_of
from .rules.register import rule_named
from .rules.suppression import ALL, SMALL, hidden_cells, with_totals
from .rules.whom_to_ask import line_of_kinds, whom_to_ask

ALLOCATED_WORKER = "the child's allocated worker"
PLAN_LEAD = "whoever leads the child's plan"
# Children asked about with either value, with the one of now alone, and with the changed one alone.
EITHER_WAY, NO_LONGER, NEWLY = "either way", "no longer", "newly"


def found_by(compared: Compared, today: date) -> dict:
    """Counts alone, ready to be kept as JSON."""
    with reading_as(ROWAN):
        posts = _by_post(compared, today)
        children = dict(zip((EITHER_WAY, NO_LONGER, NEWLY), children_of(compared), strict=True))
        groups = _by_group(children, today)
    sooner, later = compared.on_another_day
    return {
        "from_on": compared.from_on.isoformat(),
        "until_on": compared.until_on.isoformat(),
        "now": len(compared.now),
        "changed": len(compared.changed),
        "stays": len(compared.stays),
        "sooner": sooner,
        "later": later,
        "goes": len(compared.goes),
        "new": len(compared.new),
        "children": {column: len(people) for column, people in children.items()},
        "weeks": [[monday.isoformat(), now, changed] for monday, now, changed in weeks_of(compared)],
        "rules": _side_by_side(
            Counter(rule for each in compared.now for rule in each.rules),
            Counter(rule for each in compared.changed for rule in each.rules),
        ),
        "posts": posts,
        "groups": groups,
    }


def _side_by_side(now: Counter[str], changed: Counter[str]) -> list[list]:
    return [[name, now[name], changed[name]] for name in sorted(now.keys() | changed.keys())]


def _by_post(compared: Compared, today: date) -> list[list]:
    """Whom they would go to with the posts, allocated workers and plan leads of today; a restricted child's stand with the others, so that none is counted apart."""
    people = {each.person for each in (*compared.now, *compared.changed)}
    workers, leads = {}, {}
    for some in _some(people):
        workers |= allocated_workers(some, today)
        leads |= plan_leads(some, today)
    posts = Posts(today)

    def asks(each: WouldAsk) -> str:
        worker, _ = workers.get(each.person, (None, None))
        rule = rule_named(each.rule)
        lead, _ = leads.get(each.person, (None, None))
        line = line_of_kinds(rule, each.audience, posts.held(each.audience))
        whom = whom_to_ask(rule, each.audience, worker, line, lead)
        if whom.lead:
            return PLAN_LEAD
        return ALLOCATED_WORKER if whom.worker else whom.post.name

    return _side_by_side(
        Counter(asks(each) for each in compared.now), Counter(asks(each) for each in compared.changed)
    )


def _by_group(children: Mapping[str, Collection[str]], today: date) -> list[dict]:
    people = set().union(*children.values())
    about = groups_of_children(people, today.replace(day=1))
    found = []
    for heading, group_of, groups in GROUPED_BY:
        counts = {(group, column): 0 for group in groups for column in children}
        for column, some in children.items():
            for person in some:
                counts[group_of(about.get(person, UNKNOWN)), column] += 1
        shown = _shown(counts, children)
        found.append({"heading": heading, "lines": [[group, *(shown[group, column] for column in children)] for group in groups]})  # fmt: skip
    return found


def _shown(counts: Mapping[tuple[str, str], int], columns: Iterable[str]) -> dict:
    """Counts from 1 to 5 are hidden, and what they could be worked out from. Totals are told, so of a total from 1 to 5 no group is."""
    table = with_totals(counts, rows_add_up=False)
    hidden = hidden_cells(table, rows_add_up=False)
    small = {column for column in columns if table.get((ALL, column), 0) in SMALL}
    return {cell: None if cell in hidden or cell[1] in small else count for cell, count in counts.items()}


def _some(people: Iterable[str], at_once: int = 1_000) -> Iterable[list[str]]:
    wanted = sorted(people)
    return (wanted[start : start + at_once] for start in range(0, len(wanted), at_once))
