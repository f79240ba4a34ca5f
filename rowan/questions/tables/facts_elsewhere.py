"""What an agency told of a child, in one shape whatever the file: what, when, of which event, and the row. For rules that join agencies."""

from collections.abc import Iterable

import ibis
from ibis.expr.types import IntegerValue, Table

from rowan.chronology.rules.council_facts import IN_WORDS
from rowan.chronology.rules.missing import AWAY as AWAY_EPISODE
from rowan.chronology.rules.missing import MISSING
from rowan.questions.rules.facts_elsewhere import ARRESTED, AWAY, COUNTED_AS, COUNTS, NOTED, WENT_MISSING

from .in_words import day_in_words
from .noted_again import note_in_words

# All that these read: of an arrest, not where and not for what; of the council's work, only which and when.
EPISODE = ("episode_id", "person_id", "kind", "confirmed")
REPORT = (
    "episode_id", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line",
)  # fmt: skip
ARREST = (
    "arrest_id", "person_id", "arrested_at", "record_kind", "source", "record_id", "rid", "agency", "received_on", "file", "line",
)  # fmt: skip
COUNCIL_FACT = (
    "person_id", "told", "happened_on", "record_kind", "source", "record_id", "rid", "agency", "received_on", "file", "line",
)  # fmt: skip
ROW = ("record_kind", "source", "record_id", "rid", "agency", "received_on", "file", "line")
FACT = ("person_id", "happened_on", *ROW, "event", "told")


def told_elsewhere(missing_episodes: Table, missing_episode_sources: Table, arrests: Table) -> Table:
    """Missing reports and arrests."""
    missing = reports_of(missing_episodes, missing_episode_sources, MISSING, WENT_MISSING)
    taken = arrests.select(*ARREST)
    arrested = taken.mutate(
        happened_on=taken.arrested_at.date(), event=taken.arrest_id, told=ibis.literal(ARRESTED)
    )
    return missing.union(arrested.select(*FACT))


def reports_of(missing_episodes: Table, missing_episode_sources: Table, kind: str, told: str) -> Table:
    """The reports of episodes of this kind that nobody took back."""
    episodes = missing_episodes.select(*EPISODE)
    counted = episodes.filter((episodes.kind == kind) & episodes.confirmed)
    reports = missing_episode_sources.select(*REPORT).inner_join(
        counted.select("episode_id", "person_id"), "episode_id"
    )
    return reports.mutate(event=reports.episode_id, told=ibis.literal(told)).select(*FACT)


def facts_elsewhere(
    told_elsewhere: Table,
    missing_episodes: Table,
    missing_episode_sources: Table,
    council_facts: Table,
    notes_counted: Table,
    open_cases: Table,
    known_to_hub: Table,
) -> Table:
    """Every fact with a day of its own that any agency told of a child with whom the hub works; of other children none."""
    facts = ibis.union(
        told_elsewhere,
        reports_of(missing_episodes, missing_episode_sources, AWAY_EPISODE, AWAY),
        _of_the_council(council_facts),
    ).mutate(category=ibis.literal(""))
    facts = facts.union(_noted(notes_counted).select(facts.columns))
    theirs = open_cases.select("person_id").union(known_to_hub.select("person_id"))
    facts = facts.semi_join(theirs, "person_id")
    facts = facts.mutate(noted_on=facts.happened_on)
    said = facts.told.cases(
        (WENT_MISSING, "Missing from "),
        (AWAY, "Away from the placement from "),
        (ARRESTED, "Arrested on "),
        *IN_WORDS.items(),
        else_="",
    )
    what = ibis.ifelse(facts.told == NOTED, note_in_words(facts), said + day_in_words(facts.happened_on))
    return facts.mutate(what=what).select(*FACT, "what")


def counts_of(facts: Table) -> dict[str, IntegerValue]:
    """How many events of each sort, by the figure's name: one of which two rows tell is one."""
    return {
        name: facts.told.isin(_counted_as(name)).ifelse(facts.event, ibis.null("string")).nunique()
        for name in COUNTS
    }


def _counted_as(name: str) -> Iterable[str]:
    return [told for told, figure in COUNTED_AS.items() if figure == name]


def _of_the_council(council_facts: Table) -> Table:
    """A plan that last year's return told of and this year's tells again is one event."""
    facts = council_facts.select(*COUNCIL_FACT)
    event = facts.told + ibis.literal("|") + facts.happened_on.cast("string")
    return facts.mutate(event=event).select(*FACT)


def _noted(notes_counted: Table) -> Table:
    return notes_counted.mutate(
        happened_on=notes_counted["on"], event=notes_counted.record_id, told=ibis.literal(NOTED), record_kind=ibis.literal("school_log")
    )  # fmt: skip
