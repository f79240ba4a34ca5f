"""`rowan matching try`: one file of somebody's own is linked as the night links, nothing is kept, and what is wrong with it is said."""

import csv
import io

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
        call_command("matching", "try", str(file), out=out)
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
