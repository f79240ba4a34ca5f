"""Days on which a child had gone missing, or been away from a placement, so many times within so many days, and the reports that say so."""

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.missing import AWAY, MISSING
from rowan.questions.rules import away_again as away_rule
from rowan.questions.rules import missing_again as missing_rule
from rowan.questions.rules.declaration import HUB, Values, whole
from rowan.timescales.rules.settings import Setting

from .in_words import day_in_words, figures

# All that this rule reads of an episode.
EPISODE = ("episode_id", "person_id", "kind", "began_at", "overnight", "confirmed")
SOURCE = (
    "episode_id", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line",
)  # fmt: skip


def missing_again(missing_episodes: Table, values: Values) -> Table:
    """One row for each child and day on which an episode began that was at least the third of its window."""
    return _again(missing_episodes, MISSING, missing_rule.EPISODES, missing_rule.WITHIN_DAYS, values)


def away_again(missing_episodes: Table, values: Values) -> Table:
    """The same of absences from a placement whose carers knew, or thought they knew, where the child was."""
    return _again(missing_episodes, AWAY, away_rule.EPISODES, away_rule.WITHIN_DAYS, values)


def _again(missing_episodes: Table, kind: str, least: Setting, within_days: Setting, values: Values) -> Table:
    counted = _counted(missing_episodes, kind)
    days = counted.select("person_id", "on").distinct()
    seen = _in_the_window(days, counted, whole(values, within_days))
    times = seen.group_by("person_id", "on").agg(
        episodes=seen.episode_id.nunique(),
        first_on=seen.began_on.min(),
        overnight=seen.overnight.fill_null(False).cast("int64").sum(),
    )
    found = times.filter(times.episodes >= whole(values, least))
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
    return _reports(
        missing_again, _counted(missing_episodes, MISSING), missing_episode_sources,
        whole(values, missing_rule.WITHIN_DAYS), "Missing from ",
    )  # fmt: skip


def away_again_evidence(
    away_again: Table, missing_episodes: Table, missing_episode_sources: Table, values: Values
) -> Table:
    return _reports(
        away_again, _counted(missing_episodes, AWAY), missing_episode_sources,
        whole(values, away_rule.WITHIN_DAYS), "Away from the placement from ",
    )  # fmt: skip


def _reports(
    days: Table, counted: Table, missing_episode_sources: Table, within_days: int, said: str
) -> Table:
    seen = _in_the_window(days.select("person_id", "on", "scope"), counted, within_days)
    rows = missing_episode_sources.select(*SOURCE)
    met = seen.join(rows, [seen.episode_id == rows.episode_id, rows.happened_on <= seen["on"]])
    return met.select(
        "person_id", "on", "scope", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line",
        event="episode_id",
        what=ibis.literal(said) + day_in_words(met.happened_on),
    )  # fmt: skip


def _counted(missing_episodes: Table, kind: str) -> Table:
    """Confirmed episodes of one kind: missing is one thing, away from a placement another, and an unconfirmed one does not count."""
    episodes = missing_episodes.select(*EPISODE)
    counted = episodes.filter((episodes.kind == kind) & episodes.confirmed)
    return counted.select("episode_id", "person_id", "overnight", on=counted.began_at.date())


def _in_the_window(days: Table, counted: Table, within_days: int) -> Table:
    episodes = counted.select("episode_id", "overnight", who="person_id", began_on="on")
    return days.join(
        episodes,
        [
            days.person_id == episodes.who,
            episodes.began_on <= days["on"],
            days["on"].delta(episodes.began_on, unit="day") <= within_days,
        ],
    )
