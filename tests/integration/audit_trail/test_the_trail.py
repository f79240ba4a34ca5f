"""The trail is added to, never changed, and outlives what it names."""

import pytest

from rowan.agencies.models import Agency, Practitioner
from rowan.audit_trail.actions import OPERATOR, ROWAN, record, record_list_shown
from rowan.audit_trail.models import Entry


@pytest.mark.django_db
def test_a_line_says_who_did_what_about_whom():
    agency = Agency.objects.create(code="council-899", name="Council", kind="council")
    by = Practitioner.objects.create_user("tam", display_name="Tam Ode", agency=agency, role="triage_officer")
    record(by=by, did="answered a question", about_person="c" * 32, about_kind="question", about_id=7)
    line = Entry.objects.get()
    assert (line.by_name, line.by_role, line.by_agency, line.about_id) == (
        "Tam Ode",
        "triage_officer",
        "council-899",
        "7",
    )


@pytest.mark.django_db
def test_a_list_leaves_one_line_and_one_for_each_child():
    record_list_shown(by=ROWAN, did="saw a list", person_ids=["a" * 32, "b" * 32, "a" * 32])
    assert Entry.objects.count() == 3
    assert Entry.objects.order_by("id").first().particulars == {"children": 2}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [lambda line: line.save(), lambda line: line.delete(), lambda line: Entry.objects.update(why="")],
)
def test_a_line_is_never_changed_or_taken_away(change):
    line = record(by=OPERATOR, did="made an account")
    with pytest.raises(TypeError, match="never changed"):
        change(line)
    with pytest.raises(TypeError, match="never changed"):
        Entry.objects.filter(pk=line.pk).delete()


@pytest.mark.django_db
def test_nobody_in_particular_cannot_act():
    with pytest.raises(ValueError, match="practitioner, Rowan itself"):
        record(by="somebody", did="something")
