"""Without the trail the act fails: nothing is changed of which there is no line. What tries each act is itself tried here."""

import pytest
from django.urls import path

from rowan.agencies.models import Agency
from rowan.audit_trail.actions import ROWAN, record
from rowan.refusals import NotAllowed
from tests.without_the_trail import CALLS, TRIES, Tried, _named_acts, acts, try_each_first_without_the_trail

pytestmark = pytest.mark.django_db


def add_agency(code: str) -> None:
    Agency.objects.create(code=code, name="Council", kind="council")


def silent(code, *, by):
    add_agency(code)


def too_early(code, *, by):
    add_agency(code)
    record(by=by, did="added an agency")


def shrugs(code, *, by):
    try:
        record(by=by, did="added an agency")
    except Exception:  # noqa: BLE001 (that is what it does wrong)
        return


def good(code, *, by):
    record(by=by, did="added an agency")
    add_agency(code)


def refuses(code, *, by):
    raise NotAllowed("Not for you.")


urlpatterns = [path("agencies/add/", good)]
ACTS = {"silent": silent, "too_early": too_early, "shrugs": shrugs, "good": good, "refuses": refuses}


@pytest.fixture
def tried():
    tried = Tried()
    replaced = try_each_first_without_the_trail(ACTS, tried)
    yield tried
    for module, name, act in replaced:
        setattr(module, name, act)


def test_acts_are_found_on_every_shelf_of_every_room():
    assert {
        "access.hiding.restrict",
        "agencies.accounts.end_account",
        "people.safe_contact.heed",
        "questions.actions.answering.answer",
        "records.attachments.attach",
        "sharing.actions.decisions.decide",
        "sharing.actions.requests.chase_late",
        "timescales.passing_on.pass_on",
    } <= set(acts())


def test_a_function_that_takes_by_or_leaves_a_line_is_an_act():
    assert _named_acts("def close(case, *, by):\n    case.save()\n") == ["close"]
    assert _named_acts("def chase(now):\n    _line()\ndef _line():\n    record(by=ROWAN)\n") == ["chase"]
    assert _named_acts("def _close(case, *, by):\n    case.save()\ndef shown(case):\n    return case\n") == []


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("silent", r"changed .*agencies_agency.* without a line"),
        ("too_early", r"changed .*agencies_agency.* without a line"),
        ("shrugs", "went on though its line could not be written"),
    ],
)
def test_an_act_that_changes_something_without_a_line_or_goes_on_without_one_is_found(tried, act, said):
    with pytest.raises(AssertionError, match=said):
        globals()[act]("council-899", by=ROWAN)


def test_an_act_that_fails_without_its_line_is_done_once_after_it_was_tried(tried):
    for number in range(TRIES + 2):
        globals()["good"](f"council-{number}", by=ROWAN)
    assert Agency.objects.count() == TRIES + 2
    assert tried.failed["good"] == TRIES
    assert tried.calls["good"] < CALLS


def test_an_act_that_was_listed_among_the_addresses_before_is_tried_where_it_answers(tried):
    """Whichever test is collected first loads the addresses, and they keep the act itself."""
    urlpatterns[0].callback("council-899", by=ROWAN)
    assert tried.failed["good"] == 1


def test_a_test_full_of_refusals_leaves_the_next_one_its_own_tries(tried):
    for _ in range(CALLS + 1):
        with pytest.raises(NotAllowed):
            globals()["refuses"]("council-899", by=ROWAN)
    globals()["good"]("council-899", by=ROWAN)
    assert tried.enough("refuses") and tried.calls["refuses"] == CALLS
    tried.begin_test()
    assert not tried.enough("refuses")
    assert tried.calls["good"] == 1, "what has failed once is not begun again"
