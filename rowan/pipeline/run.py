"""The overnight run, to be read from the top like a contents page: each step uses only what stands above it. Knows no Django."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from rowan.chronology.rules import settings as chronology_settings
from rowan.chronology.tables.arrests import arrests
from rowan.chronology.tables.attendance_terms import attendance_terms
from rowan.chronology.tables.chronology_entries import chronology_entries, chronology_entry_sources
from rowan.chronology.tables.council_entries import (
    assessment_entries,
    case_entries,
    enquiry_entries,
    placement_entries,
    plan_entries,
    referral_entries,
    review_entries,
)
from rowan.chronology.tables.council_facts import council_facts
from rowan.chronology.tables.held_by_returns import with_still_held
from rowan.chronology.tables.missing_entries import missing_entries, missing_entry_sources
from rowan.chronology.tables.missing_episodes import (
    missing_episode_sources,
    missing_episodes,
    missing_reports_together,
)
from rowan.chronology.tables.missing_reports import missing_reports
from rowan.chronology.tables.placements import placements
from rowan.chronology.tables.police_entries import arrest_entries
from rowan.chronology.tables.purged_sums import counted_once, sums_to_purge
from rowan.chronology.tables.school_entries import log_entries, roll_entries
from rowan.chronology.tables.school_leavings import school_leavings
from rowan.chronology.tables.school_week_sums import school_week_sums
from rowan.chronology.tables.signs_of_harm import (
    found_far_away,
    overnight_repeatedly,
    sign_sources,
    signs_of_harm,
)
from rowan.matching.kept import Keeping
from rowan.matching.rules.identity import SamePlace
from rowan.matching.rules.settings import FULL_EVERY_DAYS
from rowan.people.tables.addresses import homes, people_addresses, withheld_people
from rowan.people.tables.identifiers import people_identifiers
from rowan.people.tables.known_as import known_as
from rowan.people.tables.names import people_names
from rowan.people.tables.open_cases import open_cases
from rowan.people.tables.schools import people_schools, school_moves
from rowan.places.tables.coordinates import coordinates
from rowan.questions.rules import absence_risen, missing_and_absent, same_days_missed
from rowan.questions.tables.feeds_late import calendar_rows, feeds_late
from rowan.questions.tables.feeds_silent import feeds_silent, school_days
from rowan.questions.tables.occasions import Keep, occasions_and_evidence
from rowan.questions.tables.published_occasions import (
    held_back_occasions,
    judged_occasions,
    published_occasions,
)
from rowan.records.keeping import delta_tables
from rowan.records.rules.sealing import said_of_a_place
from rowan.records.sources.kinds import ATTENDANCE_MARKS, KINDS, REFERENCE, RESTRICTED
from rowan.records.tables.current_rows import MARK, current_rows
from rowan.records.tables.feed_reaches import feed_reaches
from rowan.records.tables.identities import identity_records, row_rids, source_rids
from rowan.records.tables.kept_rows import (
    kept_children,
    own_watch_agencies,
    pupils_to_purge,
    waiting_children,
)
from rowan.records.tables.whose_rows import (
    marks_of_people,
    note_rids,
    notes_of_others,
    pupils_on_roll,
    row_links,
    rows_of_pupils,
    taken_again,
    with_person,
)

from .by_school import weeks_by_school
from .dusk import Dusk, Settings
from .engine import Engine
from .purge import PURGED_SUMS
from .steps import Steps
from .store import read_kind, read_small
from .who_is_who import link_tonight


@dataclass
class Night:
    """What a run found. Everything is a relation in the engine; publishing reads them in batches."""

    tables: dict[str, Table]
    purge_id: str
    steps: Steps
    # What the rules read: a dry run asks them again with another number.
    told_to_rules: Mapping[str, Table]

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]


def run(
    engine: Engine,
    home: Path,
    dusk: Dusk,
    *,
    as_of: date,
    key: bytes,
    now: datetime,
    scratch: Path,
    same_place: SamePlace = said_of_a_place,
    steps: Steps | None = None,
    matching_kept: Path | None = None,
    everybody: bool = False,
) -> Night:
    step = steps or Steps(engine)
    night: dict[str, Table] = {}
    # Sorts by age: of two purges over the same days the later one stands.
    purge_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"

    # What we were told, as it stood that night
    imports = step("imports", lambda: _received(read_small(engine, home, delta_tables.IMPORTS), as_of))
    kinds = {
        kind: step(f"rows_{kind}", lambda kind=kind: _told(engine, home, kind, imports, as_of))  # type: ignore[misc]
        for kind in KINDS
        if kind != ATTENDANCE_MARKS
    }
    about_people = {kind: rows for kind, rows in kinds.items() if kind not in REFERENCE}
    # Marks are read where they lie: they are too many to be kept twice.
    marks = current_rows(read_kind(engine, home, ATTENDANCE_MARKS), imports, as_of, MARK)
    agreements = engine.take("agreements", dusk.agreements)

    # Who is who
    unrestricted = {kind: rows for kind, rows in about_people.items() if kind not in RESTRICTED}
    roll, log = kinds["school_pupils"], kinds["school_log"]
    say_who = unrestricted | {"school_log": step("notes_of_others", lambda: notes_of_others(log, roll))}
    records = night["identity_records"] = step("identity_records", lambda: identity_records(say_who))
    rids = step("source_rids", lambda: source_rids(say_who))
    rows_by_record = step("row_rids", lambda: row_rids(say_who))
    note_records = step("note_rids", lambda: note_rids(log, roll, rows_by_record))
    every = 0 if everybody else _whole(dusk.settings, FULL_EVERY_DAYS.name)
    keeping = Keeping(matching_kept, as_of, every) if matching_kept else None
    linked = link_tonight(
        engine, step, records, kinds["ssda903_adoption"], dusk, key, scratch, same_place, keeping
    )
    links = linked.links
    row_people = step("row_links", lambda: row_links(rows_by_record.union(note_records), links))
    told = {
        kind: step(f"about_{kind}", lambda kind=kind, rows=rows: with_person(rows, kind, row_people))  # type: ignore[misc]
        for kind, rows in unrestricted.items()
    }

    # Where
    points = step("coordinates", lambda: coordinates(kinds["postcodes"]))

    # People, with every name, number, address and school they have had
    night["people_names"] = step("people_names", lambda: people_names(records, links))
    night["people_identifiers"] = step("people_identifiers", lambda: people_identifiers(records, links))
    withheld = night["withheld_people"] = step(
        "withheld_people",
        lambda: withheld_people(
            engine.take("withheld", dusk.withheld),
            told["council_cases"],
            told["school_pupils"],
            told["police_missing"],
            told["police_arrests"],
        ),
    )
    addresses = night["people_addresses"] = step(
        "people_addresses", lambda: people_addresses(records, links, withheld)
    )
    schools = night["people_schools"] = step(
        "people_schools", lambda: people_schools(told["school_pupils"], kinds["schools"])
    )
    night["known_as"] = step("known_as", lambda: known_as(records, links, schools, told["cin_children"]))
    lived_at = step("homes", lambda: homes(addresses))
    moves = step("school_moves", lambda: school_moves(schools))
    cases = night["open_cases"] = step("open_cases", lambda: open_cases(told["council_cases"]))
    known_to_hub = step(
        "known_to_hub", lambda: _known_to_hub(cases, engine.take("involved", dusk.involved), as_of)
    )

    # What happened
    held = read_small(engine, home, delta_tables.HELD_BY_RETURNS)
    council_missing = step(
        "council_missing",
        lambda: with_still_held(told["ssda903_missing"], held, imports, "ssda903_missing", as_of),
    )
    reports = step(
        "missing_reports",
        lambda: missing_reports_together(
            engine.keep("reports_apart", missing_reports(told["police_missing"], council_missing))
        ),
    )
    episodes = step(
        "missing_episodes",
        lambda: missing_episodes(reports, _whole(dusk.settings, chronology_settings.OVERNIGHT_HOUR.name)),
    )
    episode_sources = step("missing_episode_sources", lambda: missing_episode_sources(reports))
    arrested = step("arrests", lambda: arrests(told["police_arrests"]))
    leavings = step("school_leavings", lambda: school_leavings(told["school_pupils"]))
    placed = step("placements", lambda: placements(told["ssda903_episodes"]))
    of_council = step(
        "council_facts",
        lambda: council_facts(
            placed,
            told["council_cases"],
            told["cin_referrals"],
            told["cin_assessments"],
            told["cin_section47"],
            told["cin_plans"],
            told["cin_protection_plans"],
        ),
    )
    signs = step(
        "signs",
        lambda: overnight_repeatedly(
            episodes,
            _whole(dusk.settings, chronology_settings.OVERNIGHT_EPISODES.name),
            _whole(dusk.settings, chronology_settings.OVERNIGHT_WITHIN_DAYS.name),
        ).union(
            found_far_away(
                episodes,
                lived_at,
                placed,
                points,
                float(dusk.settings[chronology_settings.FOUND_FAR_KM.name]),
            )
        ),
    )

    # Whose marks and notes may be kept (promise 9)
    known_children = read_small(engine, home, delta_tables.KNOWN_CHILDREN)
    waiting = step(
        "waiting_children",
        lambda: waiting_children(rids, linked.unsure, engine.take("judged", dusk.judged)),
    )
    kept = night["kept_children"] = step(
        "kept_children",
        lambda: kept_children(
            rids, links, known_to_hub, own_watch_agencies(agreements, as_of), known_children
        ),
    )
    log_kept = step("log_kept", lambda: told["school_log"].semi_join(kept, ["source", "source_id"]))

    # Attendance, by week
    pupils = step("pupils", lambda: pupils_on_roll(told["school_pupils"], rids, links))
    began = time.perf_counter()
    marks_of_schools = weeks_by_school(engine, home, imports, kept, as_of)
    step.say("pupil_weeks", engine.count(marks_of_schools.pupil_weeks), began)
    weeks = engine.see("attendance_weeks", marks_of_schools.with_people(pupils))
    going = night["pupils_to_purge"] = step(
        "pupils_to_purge",
        lambda: pupils_to_purge(
            marks_of_schools.pupil_numbers.select("agency", "source", "source_id").union(
                told["school_log"].select("agency", "source", "source_id")
            ),
            kept,
            waiting,
        ),
    )
    tonight = night["sums_to_purge"] = step("sums_to_purge", lambda: sums_to_purge(weeks, going, purge_id))
    purged = step("purged_sums", lambda: counted_once(read_small(engine, home, PURGED_SUMS).union(tonight)))
    staying = weeks.anti_join(going, ["source", "source_id"])
    again = step("taken_again", lambda: taken_again(imports))
    some_again = again if engine.count(again) else None
    week_sums = step("school_week_sums", lambda: school_week_sums(staying, purged, some_again))
    night["attendance_terms"] = step(
        "attendance_terms",
        lambda: attendance_terms(weeks.semi_join(kept, ["source", "source_id"]), marks_of_schools.codes),
    )

    # The chronology
    lines = step(
        "chronology_lines",
        lambda: ibis.union(
            arrest_entries(arrested),
            placement_entries(placed, as_of),
            referral_entries(told["cin_referrals"]),
            assessment_entries(told["cin_assessments"]),
            enquiry_entries(told["cin_section47"]),
            plan_entries(told["cin_plans"], told["cin_protection_plans"]),
            case_entries(told["council_cases"]),
            review_entries(told["ssda903_reviews"]),
            roll_entries(told["school_pupils"], kinds["schools"]),
            log_entries(log_kept),
        ),
    )
    went_missing = step("missing_entries", lambda: missing_entries(episodes, episode_sources))
    harm = step("signs_of_harm", lambda: signs_of_harm(signs, episode_sources))
    entries = night["chronology_entries"] = step(
        "chronology_entries", lambda: chronology_entries(lines, went_missing, harm)
    )
    night["chronology_entry_sources"] = step(
        "chronology_entry_sources",
        lambda: chronology_entry_sources(
            entries, lines, missing_entry_sources(episode_sources), sign_sources(signs, episode_sources)
        ),
    )

    # What is asked, of whom it may be asked, and what is held back
    reaches = night["feed_reaches"] = step(
        "feed_reaches", lambda: feed_reaches(imports, read_small(engine, home, delta_tables.PURGES))
    )
    days_open = step("school_days", lambda: school_days(week_sums))
    night["feeds_silent"] = step(
        "feeds_silent", lambda: feeds_silent(days_open, reaches, agreements, dusk.settings, as_of=as_of)
    )
    calendar = engine.take("calendar", pa.Table.from_pylist(calendar_rows(dusk.settings, as_of)))
    night["feeds_late"] = step(
        "feeds_late",
        lambda: feeds_late(imports, reaches, agreements, days_open, calendar, dusk.settings, as_of=as_of),
    )
    told_to_rules = {
        "missing_episodes": episodes,
        "missing_episode_sources": episode_sources,
        "arrests": arrested,
        "placements": placed,
        "homes": lived_at,
        "coordinates": points,
        "attendance_weeks": weeks,
        "school_week_sums": week_sums,
        "attendance_marks_current": marks_of_people(marks, pupils),
        "school_moves": moves,
        "school_leavings": leavings,
        "council_facts": of_council,
        "school_log": log_kept,
        "agreements": agreements,
        "open_cases": cases,
        "known_to_hub": known_to_hub,
    }
    occasions, evidence, not_measured = occasions_with(
        engine, told_to_rules, dusk.settings, lambda name, relation: step(name, lambda: relation)
    )
    judged = step(
        "judged_occasions",
        lambda: judged_occasions(
            occasions, evidence, reaches, known_to_hub, as_of=as_of, values=dusk.settings
        ),
    )
    night["published_occasions"] = step("published_occasions", lambda: published_occasions(judged))
    night["published_evidence"] = step(
        "published_evidence", lambda: evidence.semi_join(night["published_occasions"], "occasion")
    )
    night |= {
        "links": links,
        "unsure_pairs": linked.unsure,
        "joined": linked.joined,
        "not_measured": not_measured,
        "held_back": held_back_occasions(judged),
        "occasions": judged,
        "occasion_evidence": evidence,
        "imports": imports,
        "source_rids": rids,
        "row_links": row_people,
        "pupils": pupils,
        "school_moves": moves,
        "rows_of_pupils": step(
            "rows_of_pupils", lambda: marks_of_schools.rows.union(rows_of_pupils(log, "school_log"))
        ),
        "about_people": step("row_people", lambda: _row_people(about_people, row_people)),
    }
    return Night(night, purge_id, step, told_to_rules)


def occasions_with(
    engine: Engine, told_to_rules: Mapping[str, Table], values: Settings, keep: Keep
) -> tuple[Table, Table, Table]:
    """What every rule finds in the same tables with these numbers: a night asks once, a dry run twice."""
    tests: dict[str, list[dict[str, int | float]]] = {
        "critical_values": absence_risen.critical_rows(values),
        "easily_critical_values": missing_and_absent.critical_rows(values),
        "critical_day_values": same_days_missed.critical_day_rows(values),
    }
    critical = {name: engine.take(name, pa.Table.from_pylist(rows)) for name, rows in tests.items()}
    return occasions_and_evidence(**told_to_rules, **critical, values=values, keep=keep)


def _told(engine: Engine, home: Path, kind: str, imports: Table, as_of: date) -> Table:
    return current_rows(read_kind(engine, home, kind), imports, as_of)


def _received(imports: Table, as_of: date) -> Table:
    return imports.filter(imports.received_on <= as_of)


def _row_people(about_people: dict[str, Table], row_links: Table) -> Table:
    """Each row that names a person, by file and line, with the person its record was linked to: what evaluation reads."""
    parts = []
    for kind, rows in sorted(about_people.items()):
        mine = row_links.filter(row_links.record_kind == kind)
        parts.append(
            rows.select("source", "record_id", "file", "line")
            .join(mine, ["source", "record_id"])
            .select("rid", "person_id", "record_kind", "source", "record_id", "file", "line")
        )
    return ibis.union(*parts)


def _known_to_hub(open_cases: Table, involved: Table, as_of: date) -> Table:
    """The council works with her, or somebody of the hub has a part in her life."""
    now = open_cases.filter(
        (open_cases.opened_on <= as_of) & (open_cases.closed_on.isnull() | (open_cases.closed_on >= as_of))
    )
    return now.select("person_id").union(involved.select("person_id")).distinct()


def _whole(settings: Settings, name: str) -> int:
    return int(settings[name])
