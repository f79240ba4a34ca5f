"""A format is told by its columns, whatever the file is called and however its headings are dressed."""

import pytest

from rowan.records.sources.recognise import SOURCES, NotRecognised, Recognised, recognise, repeated_heading


def named(headings: str) -> str:
    found = recognise(headings.split(","))
    return found.source.format if isinstance(found, Recognised) else found.why


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.format)
def test_every_format_is_recognised_by_its_own_headings(source):
    headings = [column.heading.removeprefix("re:").replace(r"\d\d", "25") for column in source.columns]
    found = recognise(headings)
    assert isinstance(found, Recognised)
    assert found.source is source


def test_case_space_marks_and_odd_dashes_in_headings_do_not_count():
    found = recognise(["\ufeffchild", " DOB ", "Missing", "MIS–START", "mis_end"])
    assert isinstance(found, Recognised)
    assert found.source.format == "ssda903 missing"
    assert found.headings["source_id"] == "child"


def test_an_unknown_extra_column_is_kept_and_named():
    found = recognise(["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END", "TEST_COLUMN"])
    assert isinstance(found, Recognised)
    assert found.unknown == ("TEST_COLUMN",)


def test_an_unnamed_first_column_does_no_harm():
    assert named(",LAchildID,Ethnicity") == "cin census child characteristics"


def test_a_missing_key_column_is_named():
    assert named("CHILD,DOB,MISSING,MIS_END") == (
        "this looks like ssda903 missing, but the column MIS_START is missing"
    )


def test_a_column_renamed_between_years_is_the_same_column():
    for heading in ("Sex", "GenderCurrent", "Gender"):
        found = recognise(["LAchildID", "UPN", "PersonBirthDate", heading])
        assert isinstance(found, Recognised)
        assert found.headings["sex"] == heading


@pytest.mark.parametrize(
    "headings",
    [
        (
            "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,"
            "ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,nuts,lsoa11,msoa11,oa21,lsoa21,msoa21,lat,long"
        ),
        (
            "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,"
            "ctry25cd,rgn25cd,pcon24cd,lsoa21cd,msoa21cd,lat,long,imd20ind"
        ),
        "pcd7,pcds,dointr,doterm,east1m,north1m,lad27cd,wd27cd,lsoa21cd,lat,long",
    ],
    ids=["the older names", "the newer names", "the names of a release to come"],
)
def test_the_postcode_directory_is_recognised_through_its_changing_names(headings):
    found = recognise(headings.split(","))
    assert isinstance(found, Recognised)
    assert found.source.kind == "postcodes"
    assert found.headings["postcode"] == "pcds"
    assert found.headings["authority"] in {"oslaua", "lad25cd", "lad27cd"}


@pytest.mark.parametrize(
    "headings",
    [
        (
            "ClinicID,PatientID,Episode_Activity,Gender_Identity,Age,Sex_Ori,Ethnicity,Country_Birth,LA,LSOA,"
            "First_Attendance,AttendanceDate"
        ),
        "LocalPatientID,Age,Ethnicity",
        "Ref,SHHAPT,Date",
    ],
)
def test_a_clinics_return_is_recognised_to_be_refused_with_the_reason(headings):
    found = recognise(headings.split(","))
    assert isinstance(found, NotRecognised)
    assert found.settled
    assert "takes no clinic feed" in found.why


@pytest.mark.parametrize(
    "headings", ["a,b,c", "CHILD,DOB", "Forename,Surname,DOB", "Crime ID,Month,LSOA code"]
)
def test_what_is_no_format_of_ours_is_not_taken_for_one(headings):
    assert named(headings) == "the columns are those of no format Rowan reads"


def test_a_heading_that_stands_twice_is_noticed():
    headings = ["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END", "Dob"]
    found = recognise(headings)
    assert isinstance(found, Recognised)
    assert repeated_heading(found, headings) == "DOB"
