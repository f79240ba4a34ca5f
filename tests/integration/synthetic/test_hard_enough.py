"""The county is hard enough to teach, and holds the ordinary reasons that look like signs."""

from collections import defaultdict
from datetime import datetime

import pytest

from rowan.synthetic.school_years import term_days
from rowan.synthetic.troubled_marks import hard_time

from .conftest import Written

pytestmark = pytest.mark.one_database

NAMED = (
    ("schools/*/roll.csv", "AdmissionNumber", ("Forename", "Surname", "DOB", "Postcode")),
    ("council/case_list.csv", "LAchildID", ("Forename", "Surname", "Date of birth", "Postcode")),
    ("police/*.csv", "PersonRef", ("Forename", "Surname", "DOB", "HomePostcode")),
)


def day(text: str) -> str:
    form = "%d/%m/%Y" if "/" in text else "%Y-%m-%d"
    return datetime.strptime(text, form).date().isoformat()


def named_records(county: Written) -> dict[str, dict[tuple[str, str], set[tuple[str, ...]]]]:
    """For each child, what every agency has written of her under each of its numbers."""
    people = {(row["file"], row["line"]): row["person"] for row in county.rows("truth/records.csv")}
    records: dict = defaultdict(lambda: defaultdict(set))
    for pattern, number, columns in NAMED:
        for row in county.all(pattern):
            first, surname, born, postcode = (row[column] for column in columns)
            agency = row["file"].rpartition("/")[0]
            records[people[(row["file"], row["line"])]][(agency, row[number])].add(
                (first.casefold(), surname.casefold(), day(born), postcode.replace(" ", "").upper())
            )
    return records


def test_name_birth_date_and_postcode_find_at_most_three_pairs_in_four(larger_county):
    pairs, found = 0, 0
    for records in named_records(larger_county).values():
        held = list(records.items())
        for place, ((agency, _), said) in enumerate(held):
            for (other_agency, _), other_said in held[:place]:
                if agency != other_agency:
                    pairs += 1
                    found += any(one[3] for one in said & other_said)
    assert pairs > 500
    assert 0.5 < found / pairs <= 0.75


def test_every_tradition_of_names_is_in_the_truth_and_none_is_the_only_one_that_is_hard(larger_county):
    traditions = {row["person"]: row["names"] for row in larger_county.rows("truth/people.csv")}
    alike: dict[str, list[bool]] = defaultdict(list)
    for person, records in named_records(larger_county).items():
        spelled = {(first, surname) for said in records.values() for first, surname, *_ in said}
        if len(records) > 1:
            alike["british" if traditions[person] == "british" else "other"].append(len(spelled) == 1)
    assert len(set(traditions.values())) > 12
    british, other = (sum(alike[key]) / len(alike[key]) for key in ("british", "other"))
    assert 0.4 < other < british < 0.95


def test_hard_times_come_to_a_few_and_to_brothers_and_sisters_together():
    from datetime import date

    from rowan.synthetic.children import Families
    from rowan.synthetic.land import Land

    children = Families(5, 0, Land(5, 1), date(2026, 7, 17), date(2024, 9, 1), 1).draw(2000)
    hard = {child: time for child in children if (time := hard_time(5, child, 2025))}
    assert 0.01 < len(hard) / len(children) < 0.06
    assert {time.about for time in hard.values()} == {"Bullying", "Bereavement", "Family breakdown"}
    assert all(term_days(2025)[0] <= time.from_on < time.to_on for time in hard.values())
    homes = [child.household for child, time in hard.items() if time.about != "Bullying"]
    assert len(set(homes)) < len(homes)


def test_rises_and_patterns_of_absence_are_mostly_no_story(larger_county):
    """Of children with many more sessions away in some six weeks than in the six before, most have no story."""
    signs = {(row["file"], int(row["line"])) for row in larger_county.rows("truth/signs.csv")}
    weeks: dict = defaultdict(lambda: defaultdict(int))
    of_story = set()
    for file, line, cells in larger_county.each_mark():
        if cells[5] in {"O", "I", "U", "N", "C"}:
            on = datetime.strptime(cells[3], "%d/%m/%Y").date().toordinal() // 42
            weeks[(cells[0], cells[1])][on] += 1
            if (file, line) in signs:
                of_story.add((cells[0], cells[1]))
    risen = {
        pupil
        for pupil, often in weeks.items()
        if any(often[week] >= often[week - 1] + 8 for week in list(often))
    }
    assert len(risen - of_story) > 5 * len(risen & of_story) > 0


def test_numbers_of_somebody_else_are_as_many_as_asked_for(tmp_path):
    from rowan.synthetic.county import Asked, write_county

    from .conftest import UNTIL

    folder = tmp_path / "county"
    county = Written(folder, write_county(folder, Asked(400, 8, UNTIL, 2, wrong_identifiers=0.1)))
    assert "identifiers of somebody else: 0.1" in (folder / "INVENTED").read_text(encoding="utf-8")
    people = {(row["file"], row["line"]): row["person"] for row in county.rows("truth/records.csv")}
    whose = defaultdict(set)
    for row in county.all("schools/*/roll.csv"):
        whose[row["UPN"]].add(people[(row["file"], row["line"])])
    shared = sum(len(people) > 1 for number, people in whose.items() if number)
    assert 0.05 < shared / len(whose) < 0.2
