"""Of all occasions, those that may be put tonight: recent, from a feed current enough, and with somebody who may be asked."""

from datetime import date, timedelta

import ibis
from ibis.expr.types import Table

from rowan.questions.rules.declaration import HUB, Values, whole
from rowan.questions.rules.feeds import FEED_OF
from rowan.questions.rules.register import RULES
from rowan.questions.rules.settings import PUBLISHED_WITHIN_DAYS

# Why an occasion was not put, as the run and the rule's page say it.
TOO_OLD = "older than the window"
NOT_OVER = "the week is not over"
NOT_CURRENT = "the feed does not reach far enough"
NOBODY_TO_ASK = "no agreement lets anybody be asked"
ASKS_THE_SCHOOL = tuple(rule.name for rule in RULES if rule.asks_the_school)


def judged_occasions(
    occasions: Table,
    occasion_evidence: Table,
    feed_reaches: Table,
    known_to_hub: Table,
    *,
    as_of: date,
    values: Values,
) -> Table:
    """Each occasion with whom it may be put to tonight, and why it is held back when it is.

    Once a child is known to the hub her rows pass under its agreement: then her school is asked though it has no watch of its own, and the hub
    what rests on her marks beside other agencies' rows. A school is never asked for a rule of the hub.
    """
    known = known_to_hub.select(known="person_id").distinct()
    current = _current(occasions, occasion_evidence, feed_reaches, as_of, values)
    met = occasions.left_join(known, occasions.person_id == known.known)
    met = met.left_join(current, met.occasion == current.of_occasion)
    schools = _schools(occasion_evidence)
    met = met.left_join(schools, met.occasion == schools.at_occasion)
    since = as_of - timedelta(days=whole(values, PUBLISHED_WITHIN_DAYS))
    # Only for what may be put tonight: that she is known now says nothing of whom an old occasion could have asked.
    passes = met.known.notnull() & (met["on"] >= ibis.literal(since))
    whose = ibis.ifelse(met.rule.isin(ASKS_THE_SCHOOL), met.school, HUB)
    audience = ibis.coalesce(met.audience, ibis.ifelse(passes, whose, ibis.null("string")))
    held_back = ibis.cases(
        (met["on"] < ibis.literal(since), TOO_OLD),
        (met["on"] > ibis.literal(as_of), NOT_OVER),
        (met.of_occasion.isnull(), NOT_CURRENT),
        (audience.isnull(), NOBODY_TO_ASK),
        else_=ibis.null("string"),
    )
    return met.mutate(audience=audience, held_back=held_back).select(*occasions.columns, "held_back")


def published_occasions(judged_occasions: Table) -> Table:
    return judged_occasions.filter(judged_occasions.held_back.isnull()).drop("held_back")


def held_back_occasions(judged_occasions: Table) -> Table:
    """How many occasions of each rule were held back, and why."""
    held = judged_occasions.filter(judged_occasions.held_back.notnull())
    return held.group_by("rule", because="held_back").agg(occasions=held.count())


def _current(
    occasions: Table, occasion_evidence: Table, feed_reaches: Table, as_of: date, values: Values
) -> Table:
    """Occasions with at least one row from a feed that reaches near enough to tonight for the rule."""
    rows = occasion_evidence.select("occasion", "record_kind", "agency")
    rows = rows.mutate(row_feed=rows.record_kind.cases(*FEED_OF.items(), else_=rows.record_kind))
    rows = rows.select("row_feed", row_agency="agency", of_occasion="occasion").distinct()
    reach = feed_reaches.select("feed", "agency", "reaches_to")
    met = rows.inner_join(reach, [rows.row_feed == reach.feed, rows.row_agency == reach.agency])
    ruled = met.inner_join(occasions.select("occasion", "rule"), met.of_occasion == occasions.occasion)
    needed = ruled.rule.cases(
        *[
            (rule.name, ibis.literal(as_of - timedelta(days=whole(values, rule.feed_reaches_within_days))))
            for rule in RULES
        ],
        else_=ibis.literal(as_of),
    )
    return ruled.filter(ruled.reaches_to >= needed).select("of_occasion").distinct()


def _schools(occasion_evidence: Table) -> Table:
    own = occasion_evidence.filter(occasion_evidence.record_kind.isin(["attendance_marks", "school_log"]))
    return own.group_by(at_occasion="occasion").agg(school=own.agency.min())
