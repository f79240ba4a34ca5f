"""Files as they really come. Some are refused whole in one plain line; the rest are read and their bad rows put aside."""

import gzip
import io
import json
import random
import zipfile

import pytest

from rowan.records.keeping import delta_tables

HEADINGS = "CHILD,DOB,MISSING,MIS_START,MIS_END"
GOOD = "100,12/03/2012,M,13/11/2025,25/11/2025"
TABLE = f"{HEADINGS}\n{GOOD}\n101,12/03/2012,A,13/11/2025,25/11/2025\n"
CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails>
<Source><LEA>899</LEA></Source></Header><Children>
<Child><ChildIdentifiers><LAchildID>A1</LAchildID><PersonBirthDate>2012-03-12</PersonBirthDate></ChildIdentifiers></Child>
<Child><ChildIdentifiers><LAchildID>A2</LAchildID><PersonBirthDate>2013-03-12</PersonBirthDate></ChildIdentifiers></Child>
</Children></Message>"""
LAUGHS = '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def zipped(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


REFUSED = {
    "an empty file": (b"", "the file is empty"),
    "only a byte-order mark": (b"\xef\xbb\xbf", "the file is empty"),
    "only line ends": (b"\r\n\r\n", "the file is empty"),
    "unknown columns": (b"a,b,c\n1,2,3\n", "the columns are those of no format Rowan reads"),
    "a missing key column": (
        b"CHILD,DOB,MISSING,MIS_END\n1,12/03/2012,M,25/11/2025\n",
        "this looks like ssda903 missing, but the column MIS_START is missing",
    ),
    "a column twice": ((HEADINGS + ",dob\n").encode(), "the column DOB stands twice"),
    "a workbook": (zipped("xl/workbook.xml", b"<workbook/>"), "a workbook or zip archive"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old workbook"),
    "a zip bomb": (zipped("bomb.csv", bytes(20_000_000)), "a workbook or zip archive"),
    "a gzip archive": (gzip.compress(TABLE.encode()), "a gzip archive"),
    "a PDF": (b"%PDF-1.7\n" + bytes(100), "a PDF"),
    "a line of ten megabytes": (
        f"{HEADINGS}\n{'x' * 10_000_000}\n".encode(),
        "one line of the file is longer than a million characters",
    ),
    "noise": (random.Random(7).randbytes(40_000), "not text"),
    "noise without noughts": (
        bytes(random.Random(8).choices(range(1, 256), k=40_000)),
        "the file is noise, not text",
    ),
    "truncated XML": (CENSUS[: len(CENSUS) * 2 // 3].encode(), "the XML is cut short"),
    "XML that is not well formed": (
        CENSUS.replace("</ChildIdentifiers>", "</Child>", 1).encode(),
        "the XML cannot be read beyond line 3",
    ),
    "XML of something else": (b"<feed><entry/></feed>", "that of no return Rowan reads"),
    "another census": (CENSUS.replace("CIN<", "SWC<").encode(), "that of no return Rowan reads"),
    "an entity bomb": ((LAUGHS + CENSUS).encode(), "declares a document type or entities"),
    "an outside entity": (
        b'<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message>&x;</Message>',
        "declares a document type or entities",
    ),
    "a document type alone": (b"<!DOCTYPE Message>" + CENSUS.encode(), "declares a document type"),
    "a web page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "declares a document type"),
    "XML nested too deeply": (
        b"<Message>" + b"<a>" * 200 + b"</a>" * 200 + b"</Message>",
        "nested too deeply",
    ),
    "looked-after children as XML": (b"<EXPSSDA903><CHILD/></EXPSSDA903>", "export the CSV tables"),
    "a clinic's return": (
        b"ClinicID,PatientID,Episode_Activity,Gender_Identity,Age,Sex_Ori,AttendanceDate\n1,2,3,4,15,1,2025-01-01\n",
        "takes no clinic feed",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_one_plain_line_and_nothing_is_kept(case, write, rowan, home):
    content, why = REFUSED[case]
    file = write("sent.dat", content)
    status, out, err = rowan("records", "import", file, "--from", "council-899", "--json")
    assert status == 1
    report = json.loads(out)["files"][0]
    assert why in report["refused"]
    assert (report["rows"], report["kept"]) == (0, 0)
    last_line = err.strip().splitlines()[-1]
    assert last_line.startswith("rowan: sent.dat was refused: ")
    assert "Traceback" not in err
    assert delta_tables.rows_of(home, "imports") == []
    assert delta_tables.rows_of(home, "quarantine") == []
    assert delta_tables.rows_of(home, "cin_children") == []


def test_a_folder_that_is_not_one_is_refused(rowan, tmp_path):
    status, _, err = rowan("records", "import", tmp_path / "nowhere")
    assert status == 1
    assert "there is no such file or folder" in err


def test_an_empty_folder_is_refused(rowan, tmp_path):
    (tmp_path / "empty").mkdir()
    status, _, err = rowan("records", "import", tmp_path / "empty")
    assert (status, err.strip()) == (1, "rowan: There is no file to take in.")


def test_no_path_at_all_is_wrong_usage(rowan):
    assert rowan("records", "import")[0] == 2


def test_a_day_that_is_none_is_wrong_usage(rowan, write):
    assert rowan("records", "import", write("a.csv", TABLE), "--received-on", "yesterday")[0] == 2


def aside(*rows: str) -> str:
    return f"{HEADINGS}\n{GOOD}\n" + "\n".join(rows)


# What was sent, in which encoding; how many rows are kept and put aside; a reason that is given.
READ = {
    "UTF-8 with a byte-order mark": (TABLE, "utf-8-sig", 2, 0, None),
    "UTF-16 with its mark": (TABLE.replace(",", "\t"), "utf-16", 2, 0, None),
    "UTF-16 without its mark": (TABLE, "utf-16-le", 2, 0, None),
    "Windows-1252": (
        TABLE.replace("MIS_END", "MIS_END,Note").replace("25/11/2025", "25/11/2025,Zoë’s – note"),
        "cp1252", 2, 0, None,
    ),
    "line ends of Windows": (TABLE.replace("\n", "\r\n"), "utf-8", 2, 0, None),
    "line ends of old Macs": (TABLE.replace("\n", "\r"), "utf-8", 2, 0, None),
    "no line end at the end": (TABLE.rstrip(), "utf-8", 2, 0, None),
    "a trailing comma on every line": (TABLE.replace("\n", ",\n"), "utf-8", 2, 0, None),
    "quotes round every cell": (
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in TABLE.splitlines()),
        "utf-8", 2, 0, None,
    ),
    "headings with spaces and another case": (TABLE.replace("DOB", " dob "), "utf-8", 2, 0, None),
    "a title above the headings": ("Missing children, November\n\n" + TABLE, "utf-8", 2, 0, None),
    "semicolons": (TABLE.replace(",", ";"), "utf-8", 2, 0, None),
    "headings and no row": (HEADINGS + "\n", "utf-8", 0, 0, None),
    "cut in the middle of a row": (aside("102,12/03/2012,M,13/1"), "utf-8", 1, 1, "the file stops in the middle"),
    "cut in the middle of a quoted cell": (aside('102,12/03/2012,M,"13/1'), "utf-8", 1, 1, "quotes"),
    "dates in two styles": (aside("102,2012-03-12,M,13/11/2025,\n"), "utf-8", 1, 1, "written yyyy-mm-dd"),
    "a spreadsheet's day number": (aside("102,41000,M,13/11/2025,\n"), "utf-8", 1, 1, "day number"),
    "a formula for a date": (aside("102,12/03/2012,M,=TODAY(),\n"), "utf-8", 1, 1, "not a date"),
    "a formula for an id": (aside('"=""102""",12/03/2012,M,13/11/2025,\n'), "utf-8", 2, 0, None),
    "a short row": (aside("102,12/03/2012\n"), "utf-8", 1, 1, "the row has 2 cells where the headings have 5"),
    "a row too long": (aside("102,12/03/2012,M,13/11/2025,,x,y\n"), "utf-8", 1, 1, "the row has 7 cells"),
    "a row of commas": (aside(",,,,\n"), "utf-8", 1, 1, "the row is empty"),
    "a key that is empty": (aside(",12/03/2012,M,13/11/2025,\n"), "utf-8", 1, 1, "CHILD: empty"),
    "a quote never closed": (
        aside('102,"12/03/2012,M,13/11/2025,', *[f"{n},12/03/2012,M,13/11/2025," for n in range(103, 400)]),
        "utf-8", 298, 1, "quotes",
    ),
    "the headings again in the middle": (aside(HEADINGS, "102,12/03/2012,M,13/11/2025,\n"), "utf-8", 2, 1, "DOB"),
    "a day that does not exist": (aside("102,12/03/2012,M,31/02/2025,\n"), "utf-8", 1, 1, "no such day"),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_read_and_only_the_bad_rows_are_put_aside(case, write, take_in, rowan):
    content, encoding, kept, quarantined, reason = READ[case]
    report = take_in(write("sent.csv", content, encoding))[0]
    assert report["format"] == "ssda903 missing"
    assert (report["kept"], report["quarantined"]) == (kept, quarantined)
    assert report["rows"] == report["kept"] + report["quarantined"] + report["repeated"]
    listed = json.loads(rowan("records", "quarantine", "--json")[1])["rows"]
    assert len(listed) == quarantined
    if reason:
        assert reason in listed[0]["reason"]
        assert listed[0]["file"] == "sent.csv"


def test_what_is_put_aside_is_named_by_line_and_column_and_its_value_is_masked(write, take_in, rowan):
    take_in(write("sent.csv", aside("102,12/03/2012,M,2025-11-13,\n")))
    listed = json.loads(rowan("records", "quarantine", "--json")[1])["rows"]
    assert listed == [
        {
            "file": "sent.csv",
            "line": 3,
            "column": "MIS_START",
            "reason": "MIS_START: the date is written yyyy-mm-dd in a column of dd/mm/yyyy",
            "masked": "2… (6 to 10 characters)",
        }
    ]
    assert "sent.csv line 3: MIS_START:" in rowan("records", "quarantine")[1]


def test_windows_1252_is_proposed_in_the_report_and_its_letters_are_right(write, rowan, home):
    text = TABLE.replace("MIS_END", "MIS_END,Note").replace("25/11/2025", "25/11/2025,Zoë’s – note")
    out = rowan("records", "import", write("sent.csv", text, "cp1252"), "--from", "council-899")[1]
    assert "read as Windows-1252" in out
    raw = json.loads(delta_tables.rows_of(home, "ssda903_missing")[0]["raw"])
    assert raw["Note"] == "Zoë’s – note"


def test_xml_says_us_ascii_and_holds_more(write, take_in, home):
    text = '<?xml version="1.0" encoding="us-ascii"?>' + CENSUS.replace("A1", "Zoë1")
    assert take_in(write("sent.xml", text))[0]["kept"] == 2
    assert "Zoë1" in {row["source_id"] for row in delta_tables.rows_of(home, "cin_children")}


def test_xml_in_utf_16_is_read(write, take_in):
    text = '<?xml version="1.0" encoding="utf-16"?>' + CENSUS
    assert take_in(write("sent.xml", text, "utf-16"))[0]["kept"] == 2


def test_a_child_of_the_census_without_an_id_is_put_aside_and_the_others_kept(write, take_in, rowan):
    text = CENSUS.replace("<LAchildID>A1</LAchildID>", "")
    report = take_in(write("sent.xml", text))[0]
    assert (report["rows"], report["kept"], report["quarantined"]) == (2, 1, 1)
    listed = json.loads(rowan("records", "quarantine", "--json")[1])["rows"]
    assert [(row["line"], row["column"], row["reason"]) for row in listed] == [
        (3, "LAchildID", "LAchildID: empty")
    ]


def test_lines_are_told_apart_far_down_a_long_census(write, take_in, home):
    child = (
        "<Child>\n<ChildIdentifiers>\n<LAchildID>C{0}</LAchildID>\n"
        "<PersonBirthDate>2012-03-12</PersonBirthDate>\n</ChildIdentifiers>\n</Child>\n"
    )
    head, _, tail = CENSUS.partition("<Child>")
    text = head + "".join(child.format(number) for number in range(12_000)) + "</Children></Message>"
    assert tail
    take_in(write("sent.xml", text))
    lines = {row["source_id"]: row["line"] for row in delta_tables.rows_of(home, "cin_children")}
    first = head.count("\n") + 1
    assert lines["C11999"] == first + 11_999 * 6 > 65_535


def test_dates_that_do_not_prove_their_style_are_read_by_the_format_and_the_report_says_so(write, rowan):
    file = write("sent.csv", f"{HEADINGS}\n1,01/02/2012,M,03/04/2025,05/06/2025\n")
    out = rowan("records", "import", file, "--from", "council-899")[1]
    assert "does not prove its own style: read as dd/mm/yyyy" in out


def test_a_folder_is_well_when_any_file_in_it_was_taken(write, take_in):
    folder = write("good.csv", TABLE).parent
    write("bad.csv", "a,b\n1,2\n")
    reports = {report["file"]: report for report in take_in(folder)}
    assert reports["good.csv"]["kept"] == 2
    assert reports["bad.csv"]["refused"] == "the columns are those of no format Rowan reads"
    assert reports["bad.csv"]["format"] is None
