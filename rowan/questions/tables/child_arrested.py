"""Each arrest of a child, as the police report it."""

import ibis
from ibis.expr.types import Table

from rowan.questions.rules.child_arrested import IN_COMPANY
from rowan.questions.rules.declaration import HUB

from .in_words import day_in_words, figures

# All that this rule reads of an arrest: not where, and not for what.
ARREST = (
    "arrest_id", "person_id", "arrested_at", "company", "charged_on", "record_kind", "source", "record_id", "rid", "agency",
    "received_on", "file", "line",
)  # fmt: skip


def child_arrested(arrests: Table) -> Table:
    """One row for each child and day of arrest."""
    told = arrests.select(*ARREST)
    told = told.mutate(
        on=told.arrested_at.date(),
        company=told.company.lower().cases(*[(word, word) for word in IN_COMPANY], else_="not known"),
    )
    days = told.group_by("person_id", "on").agg(company=told.company.min(), charged_on=told.charged_on.min())
    return days.select(
        "person_id",
        "on",
        scope=ibis.literal(HUB),
        audience=ibis.literal(HUB),
        window_from=ibis.null("date"),
        window_to=ibis.null("date"),
        figures=figures(arrested_on=days["on"], charged_on=days.charged_on, company=days.company),
    )


def child_arrested_evidence(arrests: Table) -> Table:
    told = arrests.select(*ARREST)
    told = told.mutate(on=told.arrested_at.date())
    return told.select(
        "person_id", "on", "record_kind", "source", "record_id", "rid", "agency", "received_on", "file", "line",
        scope=ibis.literal(HUB),
        happened_on=told["on"],
        event="arrest_id",
        what=ibis.literal("Arrested on ") + day_in_words(told["on"]),
    )  # fmt: skip
