"""Days on which a child had gone missing so many times within so many days, and the reports that say so."""

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.missing import MISSING
from rowan.questions.rules.declaration import HUB, Values, whole
from rowan.questions.rules.missing_again import EPISODES, WITHIN_DAYS

from .in_words import day_in_words, figures

# All that this rule reads of an episode.
EPISODE = ("episode_id", "person_id", "kind", "began_at", "overnight", "confirmed")
SOURCE = (
    "episode_id", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line",
)  # fmt: skip


def missing_again(missing_episodes: Table, values: Values) -> Table:
    """One row for each child and day on which an episode began that was at least the third of its window."""
    counted = _counted(missing_episodes)
    days = counted.select("person_id", "on").distinct()
    seen = _in_the_window(days, counted, values)
    times = seen.group_by("person_id", "on").agg(
        episodes=seen.episode_id.nunique(),
        first_on=seen.began_on.min(),
        overnight=seen.overnight.fill_null(False).cast("int64").sum(),
    )
    found = times.filter(times.episodes >= whole(values, EPISODES))
    return found.select(
        "person_id",
        "on",
        scope=ibis.literal(HUB),
        audience=ibis.literal(HUB),
        window_from=ibis.null("date"),
        window_to=ibis.null("date"),
        figures=figures(
            episodes=found.episodes, first_on=found.first_on, last_on=found["on"], overnight=found.overnight
        ),
    )


def missing_again_evidence(
    missing_again: Table, missing_episodes: Table, missing_episode_sources: Table, values: Values
) -> Table:
    """Every report of the episodes in the window, dated by that day."""
    seen = _in_the_window(
        missing_again.select("person_id", "on", "scope"), _counted(missing_episodes), values
    )
    rows = missing_episode_sources.select(*SOURCE)
    met = seen.join(rows, [seen.episode_id == rows.episode_id, rows.happened_on <= seen["on"]])
    return met.select(
        "person_id", "on", "scope", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line",
        event="episode_id",
        what=ibis.literal("Missing from ") + day_in_words(met.happened_on),
    )  # fmt: skip


def _counted(missing_episodes: Table) -> Table:
    """Confirmed episodes of going missing; away from placement is another thing, and an unconfirmed one does not count."""
    episodes = missing_episodes.select(*EPISODE)
    counted = episodes.filter((episodes.kind == MISSING) & episodes.confirmed)
    return counted.select("episode_id", "person_id", "overnight", on=counted.began_at.date())


def _in_the_window(days: Table, counted: Table, values: Values) -> Table:
    episodes = counted.select("episode_id", "overnight", who="person_id", began_on="on")
    return days.join(
        episodes,
        [
            days.person_id == episodes.who,
            episodes.began_on <= days["on"],
            days["on"].delta(episodes.began_on, unit="day") <= whole(values, WITHIN_DAYS),
        ],
    )
