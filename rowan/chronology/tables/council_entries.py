"""Chronology lines from the council: care, referrals, assessments, enquiries, plans, and when a case was open."""

from datetime import date

import ibis
from ibis.expr.types import StringValue, Table

from rowan.chronology.rules.words import (
    ABUSE_CATEGORY,
    ASSESSMENT_FACTOR,
    EXPLOITATION_FACTORS,
    GOES_ON,
    LEFT_CARE,
    MOVED,
    PLACEMENT,
    PLACEMENT_OTHER,
    REFERRED_BY,
    REFERRED_BY_OTHER,
    SETTLED_AFTER_DAYS,
    SPOKE_AT_REVIEW,
    STARTED_TO_BE_LOOKED_AFTER,
    WHY_CLOSED,
    WHY_PLACEMENT_CHANGED,
)

from .writing import day_in_words, entries, in_words, listed, particulars, with_after

SOCIAL_CARE = "social_care"


def placement_entries(placements: Table, as_of: date) -> Table:
    """Became looked after, moved, a placement ended, left care; and a placement that has lasted a year, as a strength."""
    where = in_words(placements.placement, PLACEMENT, PLACEMENT_OTHER)
    placed = placements.mutate(where=where)
    came = placed.filter(placed.reason_began.strip().upper() == STARTED_TO_BE_LOOKED_AFTER)
    moved = placed.filter(placed.reason_began.strip().upper().isin(MOVED))
    began = entries(
        came, record_kind="ssda903_episodes", kind="placement_began", happened_on=came.began_on, compartment=SOCIAL_CARE,
        title=ibis.literal("Became looked after by the council, placed with ") + came.where, observed="V", observed_code="CARE-01",
        ended_on=came.ended_on,
    )  # fmt: skip
    moves = entries(
        moved, record_kind="ssda903_episodes", kind="placement_began", happened_on=moved.began_on, compartment=SOCIAL_CARE,
        title=ibis.literal("Moved placement, to ") + moved.where, observed="V", observed_code="CARE-02", ended_on=moved.ended_on,
    )  # fmt: skip
    return ibis.union(began, moves, _ended(placed), _settled(placed, as_of))


def _ended(placed: Table) -> Table:
    over = placed.filter(placed.ended_on.notnull())
    why = over.reason_ended.strip().upper()
    goes_on = over.filter((why == GOES_ON).fill_null(False) & over.reason_place_change.notnull())
    left = over.filter((why != GOES_ON).fill_null(False))
    ended = entries(
        goes_on, record_kind="ssda903_episodes", kind="placement_ended", happened_on=goes_on.ended_on, compartment=SOCIAL_CARE,
        title=with_after(
            ibis.literal("Placement ended"), ": ", in_words(goes_on.reason_place_change, WHY_PLACEMENT_CHANGED, None)
        ),
    )  # fmt: skip
    left_care = entries(
        left, record_kind="ssda903_episodes", kind="placement_ended", happened_on=left.ended_on, compartment=SOCIAL_CARE, part="left care",
        title=with_after(
            ibis.literal("Stopped being looked after by the council"), ": ", in_words(left.reason_ended, LEFT_CARE, None)
        ),
    )  # fmt: skip
    return ended.union(left_care)


def _settled(placed: Table, as_of: date) -> Table:
    """An episode of care that only changed its legal status began earlier: it is not counted from its own beginning."""
    same_carers = placed.filter(
        placed.ended_on.isnull() & (placed.reason_began.strip().upper() != "L").fill_null(True)
    )
    long_enough = same_carers.filter(
        ibis.literal(as_of).delta(same_carers.began_on, unit="day") >= SETTLED_AFTER_DAYS
    )
    settled_on = (long_enough.began_on + ibis.interval(days=SETTLED_AFTER_DAYS)).cast("date")
    return entries(
        long_enough, record_kind="ssda903_episodes", kind="placement_settled", happened_on=settled_on, compartment=SOCIAL_CARE,
        title=ibis.literal("A year in the same placement, with ") + long_enough.where, observed="P",
    )  # fmt: skip


def referral_entries(cin_referrals: Table) -> Table:
    """Referred to children's social care, and what became of it."""
    rows = cin_referrals
    by = in_words(rows.referral_source, REFERRED_BY, REFERRED_BY_OTHER)
    title = ibis.literal("Referred to children's social care by ") + by
    title = ibis.ifelse(
        rows.no_further_action.fill_null(False), title + "; no further action was taken", title
    )
    referred = entries(
        rows, record_kind="cin_referrals", kind="referral", happened_on=rows.referred_on, title=title, compartment=SOCIAL_CARE,
        ended_on=rows.closed_on,
    )  # fmt: skip
    closed = entries(
        rows, record_kind="cin_referrals", kind="referral_closed", happened_on=rows.closed_on, compartment=SOCIAL_CARE,
        title=with_after(
            ibis.literal("Children's social care closed its work"), ": ", in_words(rows.reason_closed, WHY_CLOSED, None)
        ),
    )  # fmt: skip
    return referred.union(closed)


def assessment_entries(cin_assessments: Table) -> Table:
    """An assessment and the factors a social worker recorded, as recorded: never graded again, never expired."""
    rows = cin_assessments
    done_on = ibis.coalesce(rows.authorised_on, rows.began_on)
    factors = _factors_in_words(rows.factors)
    title = ibis.ifelse(
        factors == "",
        ibis.ifelse(
            rows.authorised_on.isnull(),
            ibis.literal("Assessment by a social worker began"),
            ibis.literal("Assessment on ") + day_in_words(done_on) + " recorded no factor",
        ),
        ibis.literal("Assessment on ") + day_in_words(done_on) + " recorded " + factors,
    )
    recorded = ibis.literal(";") + rows.factors.fill_null("").upper().replace(" ", "") + ";"
    exploitation = ibis.or_(*[recorded.contains(f";{code};") for code in EXPLOITATION_FACTORS])
    return entries(
        rows, record_kind="cin_assessments", kind="assessment", happened_on=done_on, title=title, compartment=SOCIAL_CARE,
        observed=ibis.ifelse(exploitation, "I", ""), particulars=particulars(factors=rows.factors, began_on=rows.began_on),
    )  # fmt: skip


def _factors_in_words(factors: StringValue) -> StringValue:
    recorded = ibis.literal(";") + factors.fill_null("").upper().replace(" ", "") + ";"
    return listed(
        [
            ibis.ifelse(recorded.contains(f";{code};"), words, ibis.null("string"))
            for code, words in ASSESSMENT_FACTOR.items()
        ]
    )


def enquiry_entries(cin_section47: Table) -> Table:
    rows = cin_section47
    began = entries(
        rows, record_kind="cin_section47", kind="section47", happened_on=rows.began_on, compartment=SOCIAL_CARE,
        title="Enquiry began into whether the child was being harmed (section 47)",
    )  # fmt: skip
    conference = entries(
        rows, record_kind="cin_section47", kind="section47", happened_on=rows.conference_on, compartment=SOCIAL_CARE, part="conference",
        title="Initial child protection conference",
    )  # fmt: skip
    return began.union(conference)


def plan_entries(cin_plans: Table, cin_protection_plans: Table) -> Table:
    """Child in need plans and child protection plans, their beginnings and ends."""
    protection = cin_protection_plans
    category = in_words(protection.category, ABUSE_CATEGORY, None)
    return ibis.union(
        entries(
            cin_plans, record_kind="cin_plans", kind="child_in_need_plan", happened_on=cin_plans.began_on, compartment=SOCIAL_CARE,
            title="Child in need plan began", ended_on=cin_plans.ended_on,
        ),
        entries(
            cin_plans, record_kind="cin_plans", kind="child_in_need_plan", happened_on=cin_plans.ended_on, compartment=SOCIAL_CARE,
            title="Child in need plan ended", part="ended",
        ),
        entries(
            protection, record_kind="cin_protection_plans", kind="child_protection_plan", happened_on=protection.began_on,
            compartment=SOCIAL_CARE, title=with_after(ibis.literal("Child protection plan began"), ": ", category),
            ended_on=protection.ended_on,
        ),
        entries(
            protection, record_kind="cin_protection_plans", kind="child_protection_plan", happened_on=protection.ended_on,
            compartment=SOCIAL_CARE, title="Child protection plan ended", part="ended",
        ),
    )  # fmt: skip


def review_entries(ssda903_reviews: Table) -> Table:
    """A child who spoke at the review of her care: a strength, whatever she said."""
    spoke = ssda903_reviews.filter(ssda903_reviews.review_code.strip().upper().isin(SPOKE_AT_REVIEW))
    return entries(
        spoke, record_kind="ssda903_reviews", kind="review", happened_on=spoke.reviewed_on, compartment=SOCIAL_CARE,
        title="Had a say at the review of care", observed="P",
    )  # fmt: skip


def case_entries(council_cases: Table) -> Table:
    """When children's social care worked with a child, from its case list."""
    rows = council_cases
    opened = entries(
        rows, record_kind="council_cases", kind="case_opened", happened_on=rows.opened_on, compartment="core",
        title=with_after(ibis.literal("Children's social care began to work with the child"), ": ", rows.team),
        ended_on=rows.closed_on,
    )  # fmt: skip
    closed = entries(
        rows, record_kind="council_cases", kind="case_closed", happened_on=rows.closed_on, compartment="core",
        title="Children's social care stopped working with the child",
    )  # fmt: skip
    return opened.union(closed)
