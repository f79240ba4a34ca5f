"""One episode of several reports: police, school and council tell of the same night (design hard case 9)."""

import ibis
from ibis.expr.types import BooleanValue, Table, TimestampValue

from rowan.chronology.rules.missing import OPEN_REPORT_COVERS_HOURS


def missing_reports_together(missing_reports: Table) -> Table:
    """Each report with the episode it belongs to.

    Reports with times that overlap in time are one episode. A council's row has only dates: it joins the episode of
    the same kind that it overlaps by date and that began nearest to it, and makes an episode of its own when none does.
    """
    timed = _islands(missing_reports.filter(missing_reports.times_known))
    dated = missing_reports.filter(~missing_reports.times_known)
    joined = _nearest(dated, timed)
    alone = _islands(dated.anti_join(joined, ["source", "record_id", "record_kind"]))
    return timed.union(joined).union(alone)


def missing_episodes(missing_reports_together: Table, overnight_hour: int) -> Table:
    """One row an episode. Where the police know a moment, it stands before the council's date."""
    reports = missing_reports_together.mutate(
        overnight=_overnight(missing_reports_together, overnight_hour),
        timed_began=missing_reports_together.times_known.ifelse(
            missing_reports_together.began_at, ibis.null("timestamp")
        ),
        timed_ended=missing_reports_together.times_known.ifelse(
            missing_reports_together.ended_at, ibis.null("timestamp")
        ),
    )
    episodes = reports.group_by("episode_id", "person_id", "kind").agg(
        timed_began=reports.timed_began.min(),
        any_began=reports.began_at.min(),
        timed_ended=reports.timed_ended.max(),
        any_ended=reports.ended_at.max(),
        times_known=reports.times_known.max(),
        overnight=reports.overnight.max(),
        timed_overnight=reports.times_known.ifelse(reports.overnight, ibis.null("boolean")).max(),
        last_seen_postcode=reports.last_seen_postcode.max(),
        found_place=reports.found_place.max(),
        found_postcode=reports.found_postcode.max(),
        means_of_travel=reports.means_of_travel.max(),
        grade=reports.grade.max(),
        circumstances=reports.circumstances.max(),
        confirmed=reports.still_held.max(),
        police=reports.times_known.ifelse(reports.agency, ibis.null("string")).min(),
        other=reports.times_known.ifelse(ibis.null("string"), reports.agency).min(),
        last_received_on=reports.received_on.max(),
    )
    return episodes.select(
        "episode_id",
        "person_id",
        "kind",
        began_at=ibis.coalesce(episodes.timed_began, episodes.any_began),
        ended_at=ibis.coalesce(episodes.timed_ended, episodes.any_ended),
        times_known="times_known",
        overnight=ibis.coalesce(episodes.timed_overnight, episodes.overnight),
        last_seen_postcode="last_seen_postcode",
        found_place="found_place",
        found_postcode="found_postcode",
        means_of_travel="means_of_travel",
        grade="grade",
        circumstances="circumstances",
        confirmed="confirmed",
        reported_by=ibis.coalesce(
            episodes.police + ibis.literal(";") + episodes.other, episodes.police, episodes.other
        ),
        last_received_on="last_received_on",
    )


def missing_episode_sources(missing_reports_together: Table) -> Table:
    """The rows an episode rests on."""
    reports = missing_reports_together
    return reports.select(
        "episode_id",
        "person_id",
        "record_kind",
        "source",
        "record_id",
        "rid",
        "agency",
        happened_on=reports.began_at.date(),
        received_on="received_on",
        file="file",
        line="line",
    )


def _islands(reports: Table) -> Table:
    """Reports that overlap one another, straight or through others, share an episode."""
    # A report by dates covers its whole last day.
    open_end = reports.began_at + ibis.interval(hours=OPEN_REPORT_COVERS_HOURS)
    covered = reports.mutate(covers_to=ibis.coalesce(reports.ended_at, open_end))
    before = ibis.window(
        group_by=[covered.person_id, covered.kind],
        order_by=[covered.began_at, covered.source, covered.record_id],
        rows=(None, -1),
    )
    stepped = covered.mutate(covered_before=covered.covers_to.max().over(before))
    starts = stepped.mutate(
        starts=(stepped.covered_before.isnull() | (stepped.began_at > stepped.covered_before)).cast("int64")
    )
    up_to_here = ibis.window(
        group_by=[starts.person_id, starts.kind],
        order_by=[starts.began_at, starts.source, starts.record_id],
        rows=(None, 0),
    )
    numbered = starts.mutate(island=starts.starts.sum().over(up_to_here))
    whole = ibis.window(
        group_by=[numbered.person_id, numbered.kind, numbered.island],
        order_by=[numbered.began_at, numbered.source, numbered.record_id],
        rows=(None, None),
    )
    founder = (numbered.source + ibis.literal("|") + numbered.record_id).first().over(whole)
    named = numbered.mutate(founder=founder)
    return named.mutate(
        episode_id=(named.kind + ibis.literal("|") + named.founder + ibis.literal("|") + named.person_id)
        .hexdigest("sha256")
        .substr(0, 32)
    ).drop("covers_to", "covered_before", "starts", "island", "founder")


def _nearest(dated: Table, timed: Table) -> Table:
    episodes = timed.group_by("episode_id", "person_id", "kind").agg(
        first_at=timed.began_at.min(),
        last_at=timed.ended_at.max(),
    )
    episodes = episodes.select(
        "episode_id",
        episode_person="person_id",
        episode_kind="kind",
        first_on=episodes.first_at.date(),
        last_on=ibis.coalesce(
            episodes.last_at, episodes.first_at + ibis.interval(hours=OPEN_REPORT_COVERS_HOURS)
        ).date(),
    )
    day = ibis.interval(hours=OPEN_REPORT_COVERS_HOURS)
    met = dated.join(
        episodes,
        [
            dated.person_id == episodes.episode_person,
            dated.kind == episodes.episode_kind,
            dated.began_at.date() <= episodes.last_on,
            ibis.coalesce(dated.ended_at, dated.began_at + day).date() >= episodes.first_on,
        ],
    )
    met = met.mutate(days_between=met.began_at.date().delta(met.first_on, unit="day").abs())
    nearest_first = ibis.window(
        group_by=[met.source, met.record_id], order_by=[met.days_between, met.first_on, met.episode_id]
    )
    ranked = met.mutate(nearness=ibis.row_number().over(nearest_first))
    columns = [*dated.columns, "episode_id"]
    return ranked.filter(ranked.nearness == 0).select(*columns)


def _overnight(reports: Table, hour: int) -> BooleanValue:
    """Away at that hour of some night. An open report says so once the file that holds it arrived a night later."""
    away_until: TimestampValue = ibis.coalesce(
        reports.ended_at,
        ibis.ifelse(
            reports.received_on.cast("timestamp") > reports.began_at,
            reports.received_on.cast("timestamp"),
            reports.began_at,
        ),
    )
    shift = ibis.interval(hours=hour)
    timed = (away_until - shift).date() > (reports.began_at - shift).date()
    by_dates = reports.ended_at.date() > reports.began_at.date()
    # Open and not yet a night old: nobody can say.
    timed_or_unknown = ibis.ifelse(reports.ended_at.isnull() & ~timed, ibis.null("boolean"), timed)
    return reports.times_known.ifelse(timed_or_unknown, by_dates)
