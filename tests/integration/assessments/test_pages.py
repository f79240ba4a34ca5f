"""The list and the pages: who sees how much, in which order, in how many queries, and what a form does with what is missing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rowan.access.models import KeptOut, LetIn, Restriction, Why
from rowan.assessments.actions import approve, open_strand, record_dissent, record_seen, record_statutory
from rowan.assessments.models import Assessment, StepDown, Strand
from rowan.audit_trail.models import Entry as Trail
from rowan.timescales.actions import change_setting, start_clock
from rowan.timescales.declared import setting_named
from tests import people_in_tests as invented

from .conftest import HARM, SAYS

LIST = "/assessments/"


def client_of(somebody) -> Client:
    client = Client()
    client.force_login(somebody)
    return client


def page(somebody, path: str) -> str:
    answer = client_of(somebody).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def day(name, on) -> dict:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def typed(hub, **more) -> dict:
    boxes = SAYS | {"token": str(uuid4()), "second": hub.manager.pk, **day("review_on", hub.today + timedelta(days=20))}  # fmt: skip
    return boxes | more


def test_the_list_says_of_each_child_what_is_owed_when_and_by_whom(hub):
    strand = hub.assessed(state="experiencing_harm", **HARM)
    record_seen(token=uuid4(), person_id=hub.girl.pk, on=hub.today, seen_by="Joan", by=hub.worker, now=hub.now)  # fmt: skip
    strategy = hub.today - timedelta(days=4)
    record_statutory(token=uuid4(), person_id=hub.girl.pk, fact="strategy", on=strategy, reference="L1", by=hub.worker, now=hub.now)  # fmt: skip
    overdue = hub.today - timedelta(days=2)
    for what, due_on in (("a return home interview", hub.today), ("an action of a plan", overdue)):
        start_clock(what=what, about_kind="x", about_id="1", about_person=hub.girl.pk, due_on=due_on, now=hub.now, owner=hub.worker)  # fmt: skip
    words = page(hub.worker, LIST)
    for said in (
        "Amina Larkfield, 14",
        "Experiencing harm",
        "Joan Eccles",
        f"Asked: due {hub.today.day} {hub.today:%B %Y}",
        f"Held {strategy.day} {strategy:%B %Y}",
        f"An action of a plan, due {overdue.day} {overdue:%B %Y}",
        f"{strand.due_on.day} {strand.due_on:%B %Y}",
    ):
        assert said in words, said
    assert Trail.objects.about(hub.girl.pk).filter(did__contains="children open to exploitation: child shown").exists()  # fmt: skip


def test_the_list_is_in_the_order_of_dates_or_names_and_in_no_other(hub):
    hub.begin()
    hub.begin(hub.boy)
    hub.write(child=hub.boy, state="experiencing_harm", **HARM)
    Strand.objects.filter(person=hub.girl).update(due_on=hub.today + timedelta(days=99))

    def order(path):
        words = page(hub.worker, path)
        return words.index("Amina") < words.index("Kacper")

    assert [order(LIST), order(f"{LIST}?order=name"), order(f"{LIST}?order=state")] == [False, True, False]


def test_who_is_hidden_is_on_no_list_and_in_no_count(hub):
    hub.begin()
    hub.begin(hub.boy)
    assert "2 children" in page(hub.worker, LIST)
    made = Restriction.objects.create(person_id=hub.girl.pk, why="x", owner=hub.manager, set_by="operator")
    LetIn.objects.create(restriction=made, practitioner=hub.manager, by="operator")
    words = page(hub.worker, LIST)
    assert "Amina" not in words and "1 child," in words
    KeptOut.objects.create(person_id=hub.boy.pk, practitioner=hub.worker, why="x", set_by="operator")
    assert "No child whose record you may see" in page(hub.worker, LIST)
    assert "Amina" in page(hub.manager, LIST)
    # To the school, which reads its own rows only, nobody is on it; to a stranger neither.
    for nobody in (hub.lead, hub.stranger):
        assert "No child whose record you may see" in page(nobody, LIST)


def test_the_list_takes_as_many_queries_for_thirty_children_as_for_two(hub):
    def queries() -> int:
        client = client_of(hub.worker)
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get(LIST)
        return len(counted)

    hub.begin()
    hub.begin(hub.boy)
    few = queries()
    for number in range(28):
        child = invented.child(f"Child{number}", "Many", sex="F", age=13, school=hub.school)
        invented.involve(child, hub.council, Why.ALLOCATED_WORKER, "Joan", practitioner=hub.worker)
        open_strand(token=uuid4(), person_id=child.pk, lead=hub.worker, why="x", by=hub.worker, now=hub.now)
    assert queries() == few
    assert few <= 40
    words = page(hub.worker, f"{LIST}?page=2")
    assert words.count("/assessments/children/") == 5


def test_her_page_says_where_she_stands_with_its_date_and_author_and_what_the_area_calls_it(hub):
    hub.assessed()
    change_setting(
        setting_named("assessments.label_significant_concern"), "GET SAFE amber", by=hub.manager, from_on=hub.today, why="Agreed",
    )  # fmt: skip
    for path in (f"/children/{hub.girl.pk}/", f"/assessments/children/{hub.girl.pk}/"):
        words = page(hub.worker, path)
        for said in ("Significant concern", "GET SAFE amber", "Joan Eccles", "Within days", "Not known yet"):
            assert said in words, (path, said)
        assert "Not approved yet" not in words


def test_each_reads_as_much_as_the_matrix_gives_them(hub):
    strand = hub.assessed(narrative="A man called Dee waits for her")
    own = record_dissent(token=uuid4(), person_id=hub.girl.pk, words="She is harmed now", by=hub.lead, now=hub.now)  # fmt: skip
    version = strand.versions.last()
    path = f"/assessments/children/{hub.girl.pk}/"
    assert "A man called Dee" in page(hub.worker, f"/assessments/versions/{version.pk}/")
    # The police see where she stands and not the words; her school neither, but what it said itself.
    assert "Significant concern" in page(hub.police, path)
    assert client_of(hub.police).get(f"/assessments/versions/{version.pk}/").status_code == 404
    words = page(hub.lead, path)
    assert "Significant concern" not in words and own.words in words
    assert client_of(hub.lead).get(f"/assessments/versions/{version.pk}/").status_code == 404
    assert client_of(hub.stranger).get(path).status_code == 404


def test_versions_stand_side_by_side_with_what_differs(hub):
    hub.begin()
    hub.write(narrative="First words", noticed=("FAM-01",))
    hub.write(narrative="Second words", noticed=("FAM-02",))
    words = page(hub.worker, f"/assessments/children/{hub.girl.pk}/compare/")
    for said in ("First words", "Second words", "Past abuse or neglect", "Differs", "Same"):
        assert said in words, said
    assert "not two versions" in page(hub.police, f"/assessments/children/{hub.girl.pk}/compare/")


def test_what_is_missing_is_said_beside_its_box_with_everything_typed_still_there(hub):
    hub.begin()
    path = f"/assessments/children/{hub.girl.pk}/write/"
    answer = client_of(hub.worker).post(path, typed(hub, state="", child_view="", narrative="He waits for her by the gate"))  # fmt: skip
    words = answer.content.decode()
    for said in ("Choose where the child stands", "or why it was not sought", "He waits for her by the gate"):
        assert said in words, said
    assert not Assessment.objects.exists()


def test_a_screen_over_a_sign_of_harm_is_refused_beside_the_state(hub):
    hub.begin()
    path = f"/assessments/children/{hub.girl.pk}/write/"
    boxes = typed(hub, state="emerging_concern", noticed_S=["ADU-05"], harm_words="A hotel", **day("harm_seen_on", hub.today))  # fmt: skip
    words = client_of(hub.worker).post(path, boxes).content.decode()
    assert "never filed as a concern" in words
    assert not Assessment.objects.exists()
    boxes |= {"over_a_sign_why": "A wedding", "second": hub.coordinator.pk}
    assert client_of(hub.manager).post(path, boxes).status_code == 302
    assert Assessment.objects.get().over_a_sign_why == "A wedding"


def test_the_next_version_begins_with_what_the_last_one_said(hub):
    hub.begin()
    hub.write(narrative="Written in May", noticed=("FAM-01",))
    words = page(hub.worker, f"/assessments/children/{hub.girl.pk}/write/")
    assert "Written in May" in words
    assert 'value="FAM-01"' in words and "checked" in words


def test_a_step_down_without_evidence_is_refused_beside_its_box(hub):
    hub.assessed()
    path = f"/assessments/children/{hub.girl.pk}/step-down/"
    boxes = {"token": str(uuid4()), "to": "watched", "state": "emerging_concern", "childs_view": "Glad", "second": hub.manager.pk,
             **day("look_back_on", hub.today + timedelta(days=30))}  # fmt: skip
    words = client_of(hub.worker).post(path, boxes).content.decode()
    assert "evidence, not time that has passed" in words and "Glad" in words
    assert not StepDown.objects.exists()
    assert client_of(hub.worker).post(path, boxes | {"evidence": "Home every night"}).status_code == 302


@pytest.mark.parametrize(
    "name", ["begin", "write", "step-down", "look-back", "seen", "statutory", "move-at-18", "hand-over"]
)
def test_whoever_may_not_write_is_told_so_instead_of_being_shown_a_form(hub, name):
    hub.begin()
    words = page(hub.police, f"/assessments/children/{hub.girl.pk}/{name}/")
    assert "written by those at the hub" in words
    assert 'name="token"' not in words


def test_the_second_person_looks_at_it_and_the_writer_cannot(hub):
    hub.begin()
    version = hub.write()
    path = f"/assessments/versions/{version.pk}/look-at/"
    assert "Somebody other than who wrote it" in page(hub.worker, path)
    words = client_of(hub.manager).post(path, {"approved": "no"}).content.decode()
    assert "Say what is missing or wrong" in words
    assert client_of(hub.manager).post(path, {"approved": "yes", "words": ""}).status_code == 302
    version.refresh_from_db()
    assert version.approval.approved
    assert client_of(hub.manager).get(path).status_code == 302


def test_a_look_back_is_asked_for_in_words_and_moves_nothing_by_itself(hub):
    hub.assessed()
    hub.stepped_down()
    path = f"/assessments/children/{hub.girl.pk}/look-back/"
    boxes = {"token": str(uuid4()), "found": "Well", "works_again": "no"}
    assert "A look back closes nothing" in client_of(hub.worker).post(path, boxes).content.decode()
    assert client_of(hub.worker).post(path, boxes | day("again_on", hub.today + timedelta(days=9))).status_code == 302  # fmt: skip


def test_a_joined_childs_work_is_hers_under_her_id_of_now(hub):
    from rowan.access.actions import join_records

    hub.begin(hub.boy)
    approve(hub.write(child=hub.boy), approved=True, by=hub.manager, now=hub.now)
    hub.boy.now = hub.girl
    hub.boy.save(update_fields=["now"])
    join_records([(hub.boy.pk, hub.girl.pk)])
    assert "Significant concern" in page(hub.worker, f"/assessments/children/{hub.girl.pk}/")
    assert f"/assessments/children/{hub.girl.pk}/" in page(hub.worker, LIST)
    assert client_of(hub.worker).get(f"/assessments/children/{hub.boy.pk}/").status_code == 302


def test_where_two_records_of_one_child_were_both_open_she_stands_on_the_list_once(hub):
    from rowan.access.actions import join_records

    first = hub.begin()
    hub.begin(hub.boy)
    hub.write(child=hub.boy, state="experiencing_harm", **HARM)
    Strand.objects.filter(pk=first.pk).update(
        due_on=hub.today - timedelta(days=3), opened_at=hub.now - timedelta(days=9)
    )
    hub.boy.now = hub.girl
    hub.boy.save(update_fields=["now"])
    join_records([(hub.boy.pk, hub.girl.pk)])
    words = page(hub.worker, LIST)
    assert "1 child," in words and words.count("/assessments/children/") == 1
    # She stands there as on her own page, and what was due first is not lost.
    assert "Experiencing harm" in words and "Experiencing harm" in page(
        hub.worker, f"/children/{hub.girl.pk}/"
    )
    due_first = hub.today - timedelta(days=3)
    assert f"{due_first.day} {due_first:%B %Y}" in words


def test_what_cannot_be_asked_for_now_is_said_beside_the_choice(hub):
    hub.assessed()
    hub.stepped_down()
    path = f"/assessments/children/{hub.girl.pk}/step-down/"
    boxes = {"token": str(uuid4()), "to": "watched", "state": "emerging_concern", "evidence": "Home", "childs_view": "Glad",
             "second": hub.manager.pk, **day("look_back_on", hub.today + timedelta(days=30))}  # fmt: skip
    answer = client_of(hub.worker).post(path, boxes)
    assert answer.status_code == 200
    assert "This cannot be done at the step where the work stands now" in answer.content.decode()
    assert client_of(hub.worker).post(path, boxes | {"to": "closed"}).status_code == 302
