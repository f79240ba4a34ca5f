"""Every report that a child was missing or away, from the police and from the council's 903, in one shape."""

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.missing import KIND_BY_903_CODE, MISSING

from .writing import place_in_words


def missing_reports(police_missing: Table, ssda903_missing: Table) -> Table:
    """One row a report. `police_missing` and `ssda903_missing` are the newest rows with rid and person_id.

    `still_held` is false on a 903 row that a later return over the same days no longer holds.
    """
    return _police(police_missing).union(_council(ssda903_missing))


def _police(reports: Table) -> Table:
    seen_before_report = (reports.last_seen_at <= reports.reported_at).fill_null(False)
    began_at = seen_before_report.ifelse(
        reports.last_seen_at, ibis.coalesce(reports.reported_at, reports.last_seen_at)
    )
    dated = reports.mutate(
        began_at=began_at, end_as_sent=ibis.coalesce(reports.found_at, reports.returned_at)
    )
    return dated.filter(dated.began_at.notnull() & dated.person_id.notnull()).select(
        record_kind=ibis.literal("police_missing"),
        source="source",
        record_id="record_id",
        rid="rid",
        person_id="person_id",
        agency="agency",
        kind=ibis.literal(MISSING),
        began_at="began_at",
        # An end before its beginning is a slip of the pen: the episode is over, and that is all that is known.
        ended_at=ibis.ifelse(dated.end_as_sent < dated.began_at, dated.began_at, dated.end_as_sent),
        times_known=ibis.literal(True),
        last_seen_postcode="last_seen_postcode",
        found_place=place_in_words(dated.found_place),
        found_postcode="found_postcode",
        means_of_travel="means_of_travel",
        grade="grade",
        # Sealed: the line carries it as it is, and publishing opens and seals it.
        circumstances="circumstances",
        still_held=ibis.literal(True),
        received_on="received_on",
        file="file",
        line="line",
    )


def _council(reports: Table) -> Table:
    nothing = ibis.null("string")
    known = reports.filter(
        reports.began_on.notnull()
        & reports.person_id.notnull()
        & reports.missing_kind.isin(list(KIND_BY_903_CODE))
    )
    return known.select(
        record_kind=ibis.literal("ssda903_missing"),
        source="source",
        record_id="record_id",
        rid="rid",
        person_id="person_id",
        agency="agency",
        kind=known.missing_kind.cases(*KIND_BY_903_CODE.items()),
        began_at=known.began_on.cast("timestamp"),
        ended_at=ibis.ifelse(known.ended_on < known.began_on, known.began_on, known.ended_on).cast(
            "timestamp"
        ),
        times_known=ibis.literal(False),
        last_seen_postcode=nothing,
        found_place=nothing,
        found_postcode=nothing,
        means_of_travel=nothing,
        grade=nothing,
        circumstances=nothing,
        still_held="still_held",
        received_on="received_on",
        file="file",
        line="line",
    )
