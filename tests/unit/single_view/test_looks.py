"""What kind of look a line is, by what right it opened a record, and who may ask who has looked."""

import pytest

from rowan.access.rules.seeing import NOTHING_THERE, Through, what_is_seen
from rowan.agencies.rules.roles import Role
from rowan.single_view.rules.looks import Look, how_opened, kind_of, reads_the_whole_trail, refusal_to_ask


@pytest.mark.parametrize(
    ("did", "through", "kind"),
    [
        ("looked at a child's record", "part", Look.RECORD),
        ("looked at a child's record", "emergency", Look.EMERGENCY),
        ("opened a record in an emergency", "", Look.EMERGENCY),
        ("looked at questions for me: child shown", "", Look.LIST),
        ("searched: found: child shown", "", Look.SEARCH),
        ("downloaded a document", "part", Look.TAKEN),
        ("made a file", "", Look.TAKEN),
        ("decided not to share", "", Look.SHARED),
        ("sent by letter against safe contact", "", Look.SHARED),
        ("gave a reason to look at a child", "", Look.RECORD),
        ("recorded safe contact", "", Look.DID),
    ],
)
def test_a_line_says_itself_what_kind_of_look_it_is(did, through, kind):
    assert kind_of(did, refused=False, through=through) is kind
    assert kind_of(did, refused=True, through=through) is Look.REFUSED


def test_a_line_opened_a_record_by_a_part_an_emergency_or_a_reason_or_was_refused():
    for through in Through:
        assert how_opened({"through": through.name.lower()}, "") == through.name.lower()
    assert how_opened({}, NOTHING_THERE) == "refused"


def test_a_form_filled_in_badly_is_no_refusal_of_access_and_an_act_no_opening():
    assert how_opened({}, "Say why, in a few words that somebody else will understand.") == ""
    assert how_opened({"way": "letter"}, "") == ""


def test_information_governance_and_those_who_answer_for_the_record_may_ask():
    may = {role for role in Role if refusal_to_ask(what_is_seen(role, "council", "council")) is None}
    assert may == {
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.APPROVING_MANAGER,
        Role.INFORMATION_GOVERNANCE,
    }
    assert {role for role in Role if reads_the_whole_trail(role)} == {Role.INFORMATION_GOVERNANCE}


@pytest.mark.parametrize("through", [Through.EMERGENCY, Through.REASON])
def test_an_emergency_or_a_reason_opens_the_record_and_not_who_looked(through):
    assert refusal_to_ask(what_is_seen(Role.LEAD_PROFESSIONAL, "council", "council", through))


def test_a_school_is_not_told_who_at_other_agencies_looked():
    assert refusal_to_ask(what_is_seen(Role.APPROVING_MANAGER, "school-1", "school"))
