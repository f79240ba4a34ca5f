"""A page hands over a file by `sharing.sending.as_download` and nowhere else; what stands apart says why it may."""

import re
from pathlib import Path

import pytest

ROWAN = Path(__file__).resolve().parents[2] / "rowan"
HANDS_OVER = re.compile(
    r"content-disposition|content_disposition_header|FileResponse|as_attachment", re.IGNORECASE
)
GATE = "sharing/sending.py"
APART = {
    "records/downloads.py": "a document back to a reader of what it is attached to, for nobody else",
}
# Each opens the document by the same decision as the record or the report it belongs to, and leaves a line.
HANDS_BACK = {"records/views.py", "concerns/views/sent_files.py", "missing/views/photographs.py"}


def handing_over() -> set[str]:
    return {
        str(path.relative_to(ROWAN))
        for path in ROWAN.rglob("*.py")
        if HANDS_OVER.search(path.read_text(encoding="utf-8"))
    }


def test_only_the_gate_hands_over_a_file():
    assert handing_over() == {GATE, *APART}


@pytest.mark.parametrize(
    "name", ["FileResponse(x)", 'response["Content-Disposition"] = y', "f(as_attachment=True)"]
)
def test_another_way_would_be_found(name):
    assert HANDS_OVER.search(name)


def test_what_goes_through_the_gate_was_made_by_the_one_function_that_signs_and_leaves_a_line():
    callers = {
        str(path.relative_to(ROWAN))
        for path in ROWAN.rglob("*.py")
        if "as_download(" in path.read_text("utf-8")
    }
    assert callers == {GATE, "sharing/views/files.py"}
    views = (ROWAN / "sharing" / "views" / "files.py").read_text("utf-8")
    assert views.count("as_download(") == views.count("make_childs_record(") + views.count("make_register(")


def test_a_document_goes_back_from_those_views_that_ask_who_may_see_it():
    callers = {
        str(path.relative_to(ROWAN))
        for path in ROWAN.rglob("*.py")
        if "as_a_download(" in path.read_text("utf-8")
    }
    assert callers == {"records/downloads.py", *HANDS_BACK}
