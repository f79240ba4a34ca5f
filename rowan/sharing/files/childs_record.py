"""One child's record for a named recipient: no more than the decision covers, and no more than its maker may see."""

from datetime import date
from html import escape

from rowan.access.involved import who_works_with
from rowan.access.rules.matrix import Kind
from rowan.access.rules.seeing import Seen
from rowan.agencies.in_words import NO_AGENCY
from rowan.agencies.models import Agency
from rowan.chronology.models import AttendanceTerm, Entry
from rowan.chronology.rules.attendance_week import in_order
from rowan.people.called import called
from rowan.people.models import Address, Identifier, Name, Person, SchoolPlace
from rowan.people.where_they_live import home_is_withheld

from ..rules.items import item_of_line
from ..rules.leaving import Covering
from .packing import Sheet

PAGE_STYLE = (
    "body{font-family:Arial,sans-serif;margin:2em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #888;"
    "padding:.3em;text-align:left;vertical-align:top}.given{font-weight:bold;border:2px solid;padding:.5em}"
    "@media print{.given{position:fixed;bottom:0;left:0;right:0}}"
)


def sheets(person: Person, covering: Covering, seen: Seen, today: date) -> list[Sheet]:
    made = [
        _who(person, covering, seen, today),
        _timeline(person, covering, seen),
        _attendance(person, covering, seen),
    ]
    return [sheet for sheet in made if sheet.rows]


def _who(person: Person, covering: Covering, seen: Seen, today: date) -> Sheet:
    names = _agency_names()
    rows: list[list] = []
    if "name_and_birth_date" in covering.items:
        child = called({person.id: seen}, today)[person.id]
        rows.append(["Called", child.name, "", ""])
        if seen.birth_date:
            rows.append(["Date of birth", child.birth_date or "not known", "", ""])
    parts = (
        (Name, "name_and_birth_date", Kind.CORE, "Name", lambda row: f"{row.first_name} {row.middle_names} {row.surname}"),
        (Address, "address", Kind.ADDRESSES, "Address", lambda row: row.in_words),
        (Identifier, "identifiers", Kind.CORE, "Reference number", lambda row: f"{row.kind}: {row.value}"),
        (SchoolPlace, "school_and_year", Kind.CORE, "School", lambda row: f"{row.school_name}, year {row.year_group}"),
    )  # fmt: skip
    # A withheld address leaves only with somebody who sees addresses whole, whatever the decision covers.
    untold = home_is_withheld(person.id) and not seen.whole(Kind.ADDRESSES)
    for model, item, kind, what, words in parts:
        if model is Address and untold:
            continue
        for row in model.objects.current().filter(person=person).order_by("agency_code", "key"):
            if covering.covers_line(item, row.agency_code) and seen.tells(row.agency_code, kind):
                dates = f"{row.first_on or ''} to {row.last_on or ''}"
                rows.append(
                    [what, " ".join(words(row).split()), names.get(row.agency_code, row.agency_code), dates]
                )
    if "who_works_with_her" in covering.items:
        for worker in who_works_with({person.id: seen}, today)[person.id]:
            rows.append(["Works with the child", worker.who, worker.where, f"from {worker.opened_on}"])
    return Sheet("who.csv", "Who the child is", ["What", "Value", "From", "Dates"], rows, _filters(covering))


def _timeline(person: Person, covering: Covering, seen: Seen) -> Sheet:
    names = _agency_names()
    found = Entry.objects.current().about(person.id).order_by("happened_on", "id")
    rows = [
        [row.happened_on, row.kind.replace("_", " "), row.title, row.text, names.get(row.agency_code, row.agency_code), "yes" if row.confirmed else "no"]
        for row in found
        if covering.covers_line(item_of_line(row.kind, row.compartment), row.agency_code)
        and seen.tells(row.agency_code, row.compartment)
    ]  # fmt: skip
    headings = ["Date", "Kind", "What happened", "In words", "Agency", "Confirmed"]
    return Sheet("timeline.csv", "What happened", headings, rows, _filters(covering))


def _attendance(person: Person, covering: Covering, seen: Seen) -> Sheet:
    names = _agency_names()
    weeks = in_order(
        week
        for term in AttendanceTerm.objects.current().filter(person=person)
        if covering.covers_line("attendance", term.agency_code)
        and seen.tells(term.agency_code, Kind.EDUCATION)
        for week in term.by_week(with_codes=False)
    )
    rows = [
        [week.week_on, names.get(week.agency_code, week.agency_code), week.possible, week.absent, week.authorised, week.unauthorised]
        for week in weeks
    ]  # fmt: skip
    headings = ["Week from", "School", "Half days", "Missed", "Authorised", "Not authorised"]
    return Sheet("attendance.csv", "Attendance by week", headings, rows, _filters(covering))


def as_page(title: str, made: list[Sheet], watermark: str) -> bytes:
    """The same to read and print, on one page without scripts; the recipient's name stands on every printed sheet."""
    tables = "".join(
        f"<h2>{escape(sheet.title)}</h2><table><caption>{escape(sheet.title)}</caption><thead><tr>"
        + "".join(f'<th scope="col">{escape(heading)}</th>' for heading in sheet.headings)
        + "</tr></thead><tbody>"
        + "".join(
            "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in sheet.rows
        )
        + "</tbody></table>"
        for sheet in made
    )
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{PAGE_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f'<p class="given">{escape(watermark)}</p>{tables}</body></html>'
    ).encode()


def _agency_names() -> dict[str, str]:
    return {**dict(Agency.objects.values_list("code", "name")), "": NO_AGENCY}


def _filters(covering: Covering) -> str:
    whose = "every agency" if covering.whose == "joint" else covering.agency
    return f"Items: {', '.join(sorted(covering.items))}. Held by: {whose}. Only what its maker may see."
