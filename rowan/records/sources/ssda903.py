"""SSDA903, the return on children looked after: the CSV tables a council's system exports, told apart by their columns.

Source: DfE's guide to the return; tables and columns as in data-to-insight/csc-validator-be-903. Names are never in it.
Adoption tables are counted, and only child and date are kept, as a barrier to matching.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from rowan.records.rules.sealing import Purpose

from .looks_across import (
    children_without_an_episode,
    missing_while_looked_after,
    one_pupil_number_two_ids,
    overlapping_periods,
)
from .person_columns import birth_date, ethnicity, postcode, sex, source_id, upn
from .profile import (
    Across,
    Codes,
    Column,
    Row,
    Sealing,
    Source,
    Type,
    before_birth,
    codes,
    ends_before_it_begins,
)

YEAR_2025_BEGAN = date(2024, 4, 1)
YEAR_2026_BEGAN = date(2025, 4, 1)

PLACEMENTS = Codes(
    {
        **codes("A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1").codes,
        # Semi-independent living ended when supported accommodation came under regulation.
        **codes("H5 P2", until_on=YEAR_2025_BEGAN).codes,
        **codes("K3", from_on=YEAR_2025_BEGAN).codes,
        **codes("Z11 Z12 Z13 Z14", from_on=YEAR_2026_BEGAN).codes,
    }
)
LEGAL_STATUSES = codes("C1 C2 D1 E1 J1 J2 J3 L1 L2 L3 V2 V3 V4")
REASONS_ENDED = codes("X1 E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17")
REASONS_PLACE_CHANGE = codes(
    "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE STATUS CUSTOD OTHER"
)

CHILD = source_id("CHILD")
DOB = birth_date("DOB")
EPISODES = "ssda903_episodes"


def _table(
    name: str,
    *columns: Column,
    record_id: tuple[str, ...],
    kind: str = "",
    happened: str = "",
    across: tuple[Across, ...] = (),
    check: Callable[[Row], Sequence[str]] | None = None,
    order: int = 30,
    keeps_raw: bool = True,
    is_a_whole_return: bool = False,
) -> Source:
    return Source(
        format=f"ssda903 {name}",
        feed="ssda903",
        kind=kind or f"ssda903_{name.replace(' ', '_')}",
        agency_kind="council",
        scheme="903",
        columns=(CHILD, *columns),
        record_id=record_id,
        happened=happened,
        check=check,
        across=across,
        keeps_raw=keeps_raw,
        is_a_whole_return=is_a_whole_return,
        order=order,
    )


def _day(name: str, heading: str, **more: Any) -> Column:
    return Column(name, (heading,), Type.DATE, **more)


HEADER = _table(
    "header",
    sex("SEX"),
    birth_date("DOB", heading_needed=True),
    Column("ethnicity", ("ETHNIC",), codes=ethnicity().codes, heading_needed=True),
    upn("UPN"),
    Column("mother", ("MOTHER",)),
    _day("mother_child_birth_date", "MC_DOB"),
    record_id=("source_id",),
    across=(one_pupil_number_two_ids(), children_without_an_episode(EPISODES)),
    order=31,
)
# Placed for adoption: her new parents' home is nobody's to know. No code of the return tells of a refuge.
FOR_ADOPTION = ("A3", "A4", "A5", "A6")


def _placed_for_adoption(row: Row, withholds: bool) -> bool:
    return withholds or row["placement"] in FOR_ADOPTION


HEALTH = Sealing(Purpose.HEALTH)
EPISODE_ROWS = _table(
    "episodes",
    _day("began_on", "DECOM", key=True),
    Column("reason_began", ("RNE",), codes=codes("S L P T B U")),
    Column("legal_status", ("LS",), codes=LEGAL_STATUSES),
    Column("need", ("CIN",), codes=codes("N1 N2 N3 N4 N5 N6 N7 N8")),
    Column("placement", ("PLACE",), codes=PLACEMENTS, codes_on="began_on"),
    Column("provider", ("PLACE_PROVIDER",), codes=codes("PR0 PR1 PR2 PR3 PR4 PR5")),
    _day("ended_on", "DEC", heading_needed=True),
    Column("reason_ended", ("REC",), codes=REASONS_ENDED),
    Column("reason_place_change", ("REASON_PLACE_CHANGE",), codes=REASONS_PLACE_CHANGE),
    postcode("home_postcode", ("HOME_POST",), sealed=_placed_for_adoption),
    postcode("placement_postcode", ("PL_POST",), sealed=_placed_for_adoption),
    Column("urn", ("URN",)),
    record_id=("source_id", "began_on"),
    happened="began_on",
    check=ends_before_it_begins("began_on", "ended_on", "episode"),
    across=(overlapping_periods("episode"),),
    is_a_whole_return=True,
)
MISSING = _table(
    "missing",
    DOB,
    # Missing (whereabouts not known) and away (known) are counted apart.
    Column("missing_kind", ("MISSING",), key=True, codes=codes("M A")),
    _day("began_on", "MIS_START", key=True),
    _day("ended_on", "MIS_END", heading_needed=True),
    record_id=("source_id", "missing_kind", "began_on"),
    happened="began_on",
    check=lambda row: [
        *ends_before_it_begins("began_on", "ended_on", "missing period")(row),
        *before_birth("began_on")(row),
    ],
    across=(overlapping_periods("missing period"), missing_while_looked_after(EPISODES)),
    is_a_whole_return=True,
    order=32,
)
REVIEWS = _table(
    "reviews",
    DOB,
    _day("reviewed_on", "REVIEW", key=True),
    Column(
        "review_code", ("REVIEW_CODE",), codes=codes("PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7"), heading_needed=True
    ),
    record_id=("source_id", "reviewed_on"),
    happened="reviewed_on",
    check=before_birth("reviewed_on"),
)
UASC = _table(
    "uasc",
    sex("SEX"),
    DOB,
    _day("ceases_on", "DUC", heading_needed=True, may_lie_ahead=True),
    record_id=("source_id",),
    check=before_birth("ceases_on"),
)
OC2 = _table(
    "oc2",
    DOB,
    # A number that is sealed is kept as the words it was sent in, in a column of its own name.
    Column("sdq_total", ("SDQ_SCORE",), Type.WHOLE, heading_needed=True, sealed=HEALTH),
    Column("sdq_reason", ("SDQ_REASON",), codes=codes("SDQ1 SDQ2 SDQ3 SDQ4 SDQ5"), sealed=HEALTH),
    Column("convicted", ("CONVICTED",), heading_needed=True),
    Column("health_check", ("HEALTH_CHECK",), sealed=HEALTH),
    Column("immunisations", ("IMMUNISATIONS",), sealed=HEALTH),
    Column("teeth_check", ("TEETH_CHECK",), sealed=HEALTH),
    Column("health_assessment", ("HEALTH_ASSESSMENT",), sealed=HEALTH),
    Column("substance_misuse", ("SUBSTANCE_MISUSE",), sealed=HEALTH),
    Column("intervention_received", ("INTERVENTION_RECEIVED",), sealed=HEALTH),
    Column("intervention_offered", ("INTERVENTION_OFFERED",), sealed=HEALTH),
    record_id=("source_id",),
)
OC3 = _table(
    "oc3",
    DOB,
    Column("in_touch", ("IN_TOUCH",), codes=codes("YES NO DIED REFU NREQ RHOM"), heading_needed=True),
    Column("activity", ("ACTIV",)),
    Column("accommodation", ("ACCOM",)),
    record_id=("source_id",),
)
PREVIOUS_PERMANENCE = _table(
    "previous permanence",
    DOB,
    Column("previous_permanence", ("PREV_PERM",), heading_needed=True, codes=codes("P1 P2 P3 P4 Z1")),
    Column("previous_council", ("LA_PERM",)),
    # Often a part of a date with letters for what is not known, so kept as it came.
    Column("ordered_on", ("DATE_PERM",)),
    record_id=("source_id",),
)
SW_EPISODES = _table(
    "social workers",
    DOB,
    Column("worker_id", ("SW_ID",), heading_needed=True),
    _day("began_on", "SW_DECOM", key=True),
    _day("ended_on", "SW_DEC"),
    Column(
        "reason",
        ("SW_REASON",),
        codes=codes("MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS"),
    ),
    record_id=("source_id", "began_on"),
    kind="ssda903_sw_episodes",
    happened="began_on",
    check=ends_before_it_begins("began_on", "ended_on", "social worker's time"),
)


def _not_kept(heading: str, **more: Any) -> Column:
    return Column(f"_{heading.lower()}", (heading,), **more)


ADOPTION_DECISIONS = _table(
    "adoption decisions",
    _not_kept("DOB"),
    _day("on", "DATE_INT", key=True),
    _not_kept("DATE_MATCH"),
    _not_kept("FOSTER_CARE"),
    _not_kept("NB_ADOPTR"),
    _not_kept("SEX_ADOPTR"),
    _not_kept("LS_ADOPTR"),
    record_id=("source_id", "on"),
    kind="ssda903_adoption",
    keeps_raw=False,
)
PLACED_FOR_ADOPTION = _table(
    "placed for adoption",
    _not_kept("DOB"),
    _day("on", "DATE_PLACED", key=True),
    _not_kept("DATE_PLACED_CEASED"),
    _not_kept("REASON_PLACED_CEASED", codes=codes("RD1 RD2 RD3 RD4")),
    record_id=("source_id", "on"),
    kind="ssda903_adoption",
    keeps_raw=False,
)

SOURCES = (
    HEADER,
    EPISODE_ROWS,
    MISSING,
    REVIEWS,
    UASC,
    OC2,
    OC3,
    PREVIOUS_PERMANENCE,
    SW_EPISODES,
    ADOPTION_DECISIONS,
    PLACED_FOR_ADOPTION,
)
