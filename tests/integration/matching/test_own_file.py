"""`rowan matching try`: one file of somebody's own is linked as the night links, nothing is kept, and what is wrong with it is said."""

import csv
import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from rowan.refusals import NotPossible

pytestmark = pytest.mark.one_database
HEADINGS = "record_id,agency,first_name,surname,date_of_birth,sex,postcode,address,nhs_number,upn"
ONE_OF_TWO_AGENCIES = (
    "c1,council,Amelia,Thornbury,2010-04-03,F,ZQ1 2AB,3 Invented Row,,\n"
    "p1,police,Amelia,Thornbury,2010-04-03,F,ZQ1 2AB,3 Invented Row,,\n"
)


@pytest.fixture
def tried(tmp_path, capsys):
    """Clusters by record id, in the order written, and what was said on standard error."""

    def run(content, encoding="utf-8"):
        file, out = tmp_path / "persons.csv", tmp_path / "clusters.csv"
        file.write_bytes(content.encode(encoding))
        call_command("matching", "try", str(file), out=out, replace=True)
        with out.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        return {row["record_id"]: row["cluster_id"] for row in rows}, capsys.readouterr().err

    return run


def test_two_records_of_one_person_are_one_cluster_and_a_twin_is_another(tried):
    clusters, said = tried(
        f"{HEADINGS}\n{ONE_OF_TWO_AGENCIES}t1,council,George,Thornbury,2010-04-03,M,ZQ1 2AB,3 Invented Row,,\n"
    )
    assert clusters == {"c1": "1", "p1": "1", "t1": "2"}
    assert "3 records, 2 people" in said


def test_sex_is_not_read(tried):
    """Promise 3: the same file with every sex changed gives the same clusters."""
    changed = ONE_OF_TWO_AGENCIES.replace(",F,", ",M,", 1)
    assert tried(f"{HEADINGS}\n{changed}")[0] == tried(f"{HEADINGS}\n{ONE_OF_TWO_AGENCIES}")[0]


@pytest.mark.parametrize("born", ["2010-04-03", "03/04/2010", "20100403"])
def test_a_birth_date_may_be_written_in_three_ways(tried, born):
    clusters, _ = tried(f"{HEADINGS}\n{ONE_OF_TWO_AGENCIES.replace('2010-04-03', born, 1)}")
    assert clusters["c1"] == clusters["p1"]


def test_any_of_the_columns_will_do_in_any_order(tried):
    clusters, said = tried(
        "Surname;First name;favourite colour;Date of birth;Postcode\nThornbury;Amelia;red;2010-04-03;ZQ1 2AB\nRaman;Priya;blue;2011-01-02;ZQ1 3AB\n"
    )
    assert clusters == {"1": "1", "2": "2"}
    assert "favourite colour" in said


def test_a_byte_order_mark_and_windows_letters_are_read(tried):
    body = "record_id,first_name,surname,date_of_birth\n1,Zoë,Ní Bhriain,2010-04-03\n"
    assert tried("\ufeff" + body)[0] == {"1": "1"}
    assert tried(body, encoding="cp1252")[0] == {"1": "1"}


def test_what_cannot_be_read_is_counted_and_its_lines_named(tried):
    clusters, said = tried(
        'record_id,first_name,surname,date_of_birth\n1,Amelia,Thornbury,2010-13-03\n2,"Priya,Raman,2011-01-02\n'
    )
    assert clusters == {"1": "1"}
    assert "1 birth date (line 2)" in said
    assert "1 row (line 3)" in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "the file is empty"),
        ("colour,size\nred,3\n", "names none of"),
        ("surname,surname\nThornbury,Raman\n", "stands twice"),
        (
            "record_id,surname\n7,Thornbury\n8,Raman\n7,Okafor\n",
            "record_id 7 stands on lines 2 and 4",
        ),
    ],
)
def test_a_file_that_cannot_be_linked_is_refused_in_words_and_writes_nothing(tmp_path, content, why):
    file, out = tmp_path / "persons.csv", tmp_path / "clusters.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(NotPossible, match=why):
        call_command("matching", "try", str(file), out=out)
    assert not out.exists()


def test_one_number_may_stand_in_two_agencies(tried):
    clusters, _ = tried(
        "record_id,agency,first_name,surname,date_of_birth\n7,council,Amelia,Thornbury,2010-04-03\n7,police,George,Raman,2012-08-09\n"
    )
    assert clusters == {"7": "2"}  # both stand in the file; a dictionary keeps the last


def test_without_a_file_to_write_it_goes_to_standard_output(tmp_path):
    file = tmp_path / "persons.csv"
    file.write_text(f"{HEADINGS}\n{ONE_OF_TWO_AGENCIES}", encoding="utf-8")
    out = io.StringIO()
    call_command("matching", "try", str(file), stdout=out)
    assert out.getvalue() == "record_id,cluster_id\nc1,1\np1,1\n"


def test_columns_of_another_name_are_asked_about_and_not_guessed(tried):
    _, said = tried("record_id,forename,Last name,DOB,date_of_birth\n1,Amelia,Thornbury,,2010-04-03\n")
    assert "'Last name' was not read. Did you mean surname?" in said
    assert "'forename' was not read. Did you mean first_name?" in said
    # The file has that column already: there is nothing to ask.
    assert "'DOB' was not read.\n" in said
    assert "Columns that are read: record_id, agency, first_name" in said


def test_where_nothing_says_who_somebody_is_the_refusal_asks_what_was_meant(tmp_path):
    file = tmp_path / "persons.csv"
    file.write_text("id,Last name,DOB\n1,Thornbury,2010-04-03\n", encoding="utf-8")
    with pytest.raises(
        NotPossible, match=r"'Last name': did you mean surname\? 'DOB': did you mean date_of_birth\?"
    ):
        call_command("matching", "try", str(file))


def test_a_row_with_more_cells_than_columns_is_refused_with_its_line(tried):
    clusters, said = tried(
        "record_id,surname,date_of_birth\n1,Thornbury,2010-04-03,,\n2,Raman, Priya,2011-01-02\n3,Okafor,2012-08-09\n"
    )
    assert set(clusters) == {"1", "3"}
    assert "more cells than there are columns: 1 row (line 3)" in said


def test_unsure_pairs_are_named_by_their_rows_with_why(tried, tmp_path, capsys):
    unsure = (
        "a,council,Amelia,Thornbury,2010-04-03,F,ZQ1 2AB,3 Invented Row,,\n"
        "b,police,Amelia,Thornbury,2010-04-30,F,,,,\n"
    )
    _, said = tried(f"{HEADINGS}\n{unsure}")
    assert "1 pair unsure and not linked" in said
    assert "lines 2 and 3 (record_id a and b): same name, " in said
    pairs = tmp_path / "pairs.csv"
    call_command("matching", "try", str(tmp_path / "persons.csv"), unsure=pairs)
    [pair] = csv.DictReader(io.StringIO(pairs.read_text(encoding="utf-8")))
    assert (pair["line"], pair["record_id"], pair["other_line"], pair["other_record_id"]) == (
        "2",
        "a",
        "3",
        "b",
    )
    assert pair["why"].startswith("same name")


def _itself(file: Path, place: Path) -> Path:
    return file


def _by_a_link(file: Path, place: Path) -> Path:
    place.symlink_to(file)
    return place


def _by_a_second_name(file: Path, place: Path) -> Path:
    os.link(file, place)
    return place


@pytest.mark.parametrize("named", [_itself, _by_a_link, _by_a_second_name])
@pytest.mark.parametrize("option", ["out", "unsure"])
def test_the_file_that_is_read_is_never_written_over(tmp_path, named, option):
    file = tmp_path / "persons.csv"
    content = f"{HEADINGS}\n{ONE_OF_TWO_AGENCIES}"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(NotPossible, match="is the file to be read"):
        call_command(
            "matching", "try", str(file), replace=True, **{option: named(file, tmp_path / "other.csv")}
        )
    assert file.read_text(encoding="utf-8") == content


def test_a_file_that_exists_is_written_over_only_when_told(tmp_path):
    file, out = tmp_path / "persons.csv", tmp_path / "clusters.csv"
    file.write_text(f"{HEADINGS}\n{ONE_OF_TWO_AGENCIES}", encoding="utf-8")
    out.write_text("last week's work", encoding="utf-8")
    with pytest.raises(NotPossible, match="--replace"):
        call_command("matching", "try", str(file), out=out)
    assert out.read_text(encoding="utf-8") == "last week's work"
    call_command("matching", "try", str(file), out=out, replace=True)
    assert out.read_text(encoding="utf-8").startswith("record_id,cluster_id")


def test_one_place_for_both_lists_and_a_folder_are_refused(tmp_path):
    file, out = tmp_path / "persons.csv", tmp_path / "clusters.csv"
    file.write_text(f"{HEADINGS}\n{ONE_OF_TWO_AGENCIES}", encoding="utf-8")
    with pytest.raises(NotPossible, match="named twice"):
        call_command("matching", "try", str(file), out=out, unsure=out)
    with pytest.raises(NotPossible, match="is a folder"):
        call_command("matching", "try", str(file), out=tmp_path)
