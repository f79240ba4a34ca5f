"""Somebody without an account may disagree where their kind is told of the decision; a system reads where its concern stands and no more."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from rowan.concerns.actions import deciding, telling, triage
from rowan.concerns.actions.deciding import Deciding
from rowan.concerns.actions.telling import NOT_TOLD_ENOUGH, challenge_with_code
from rowan.concerns.models import Challenge, Concern
from rowan.refusals import NotAllowed
from rowan.timescales.models import Clock
from tests.strangers import CODE, COME_BACK

from .test_links_and_systems import API, link_for, raised_by, send, token, told  # noqa: F401

CODE_OF_ONE, WHY = "0" * 20, "She has no cousin of that name"


def decided(hub, concern: Concern, *, tell: bool = True) -> Concern:
    desk = {"by": hub.triage, "now": hub.now}
    triage.begin_screening(concern.pk, **desk)
    deciding.decide(concern.pk, Deciding("advice", "It is her cousin’s phone"), token=uuid4(), **desk)
    if tell:
        telling.tell_referrer(concern.pk, how="by_code", **desk)
    concern.refresh_from_db()
    return concern


def by_a_link(hub, raises: str) -> tuple[Concern, str]:
    _, link = link_for(hub, raises=raises)
    code = CODE.search(raised_by(link).content.decode())[0]
    return decided(hub, Concern.objects.get()), code


def disagrees(code: str, **more):
    return Client().post(
        COME_BACK, {"receipt": code, "then": "disagree", "token": uuid4(), "why": WHY, **more}
    )


def test_a_nurse_by_a_link_disagrees_and_another_looks_at_it_with_a_clock(hub):
    concern, code = by_a_link(hub, "health")
    shown = Client().post(COME_BACK, {"receipt": code}).content.decode()
    assert "You disagree with what was decided" in shown and "It is her cousin’s phone" in shown
    again = uuid4()
    for _ in range(2):
        answer = disagrees(code, token=again, sought="A visit").content.decode()
    made = Challenge.objects.get()
    assert (made.by, made.why, made.sought) == (None, WHY, "A visit")
    concern.refresh_from_db()
    clock = Clock.objects.running().get(about_kind="concern", about_id=str(concern.pk))
    assert (concern.step, clock.owner) == ("challenged", hub.officer), "an approving manager, not who decided"
    assert hub.officer.notices.filter(about__startswith="A referrer disagrees").count() == 1
    assert "Somebody else than whoever decided looks at it again" in answer and WHY not in answer
    desk = Client()
    desk.force_login(hub.officer)
    page = desk.get(reverse("concerns:triage_one", args=[concern.pk])).content.decode()
    assert WHY in page and "Whoever raised it" in page


def test_the_decision_anew_is_read_with_the_code_and_the_report_never(hub):
    concern, code = by_a_link(hub, "health")
    challenge_with_code(code, token=uuid4(), why=WHY, sought="", now=hub.now)
    manager = {"by": hub.officer, "now": hub.now}
    deciding.decide(
        concern.pk, Deciding("no_further_action", "We looked again", "Ruth Amos"), token=uuid4(), **manager
    )
    telling.tell_referrer(concern.pk, how="by_code", **manager)
    shown = Client().post(COME_BACK, {"receipt": code}).content.decode()
    assert "We looked again" in shown
    assert "Injuries she did not explain" not in shown and WHY not in shown


@pytest.mark.parametrize("raises", ["taxi_driver", "business", "resident"])
def test_whoever_is_told_nothing_of_the_decision_is_offered_no_disagreement(hub, raises):
    concern, code = by_a_link(hub, raises)
    assert "You disagree" not in Client().post(COME_BACK, {"receipt": code}).content.decode()
    assert "You disagree" not in disagrees(code).content.decode()
    with pytest.raises(NotAllowed, match=NOT_TOLD_ENOUGH):
        challenge_with_code(code, token=uuid4(), why=WHY, sought="", now=hub.now)
    concern.refresh_from_db()
    assert (concern.step, Challenge.objects.count()) == ("referrer_told", 0)


def test_somebody_on_the_public_page_who_says_they_are_a_nurse_is_not_believed(hub):
    decided(hub, hub.raised_by_a_stranger(hub.told(raises="health"), code=CODE_OF_ONE))
    assert "You disagree" not in Client().post(COME_BACK, {"receipt": CODE_OF_ONE}).content.decode()
    with pytest.raises(NotAllowed):
        challenge_with_code(CODE_OF_ONE, token=uuid4(), why=WHY, sought="", now=hub.now)


def test_without_a_reason_it_is_said_beside_the_box_and_what_was_typed_stays(hub):
    _, code = by_a_link(hub, "health")
    answer = disagrees(code, why=" ", sought="A visit").content.decode()
    assert "Say why you disagree." in answer and "A visit" in answer
    assert not Challenge.objects.exists()


def where(token, concern_id):  # noqa: F811
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get(f"{API}{concern_id}/", headers=headers)


def test_a_system_reads_back_as_much_as_the_table_says_for_its_kind(hub, token):  # noqa: F811
    said = told(raises="taxi_driver", noticed=[])
    send(token, said)
    waits = where(token, said["id"]).json()
    assert set(waits) == {"id", "reference", "received_at", "says", "referral", "next_read_at"}
    assert waits["says"] == ["It has been received and is not read yet."]
    decided(hub, Concern.objects.get())
    nothing = where(token, said["id"]).json()
    assert "cousin" not in str(nothing) and "dvice" not in str(nothing)
    assert "had not received a referral" in nothing["referral"]
    Concern.objects.update(raises="health")
    assert "cousin" not in str(where(token, said["id"]).json()), "what was told then is not told anew"


def test_a_clinic_reads_the_decision_of_its_own_and_nothing_that_was_told(hub, token):  # noqa: F811
    said = told(noticed=[])
    send(token, said)
    decided(hub, Concern.objects.get())
    answer = where(token, said["id"])
    assert "It is her cousin’s phone" in answer.json()["says"][0]
    assert "Injuries" not in answer.content.decode() and "Amina" not in answer.content.decode()


def test_of_a_concern_about_a_professional_a_system_learns_only_that_it_came(hub, token):  # noqa: F811
    said = told(about_a_professional=True, professionals_name="Nia Frost")
    send(token, said)
    answer = where(token, said["id"]).json()
    assert answer["next_read_at"] is None and "designated officer" in answer["says"][0]


def test_anothers_concern_none_and_one_by_an_account_answer_alike_and_without_a_token_nothing(hub, token):  # noqa: F811
    by_account = hub.raised(by=hub.nurse)
    others = [where(token, each) for each in (uuid4(), by_account.pk, hub.raised_by_a_stranger().pk)]
    assert {(answer.status_code, answer.content) for answer in others} == {(404, others[0].content)}
    assert where("", by_account.pk).status_code == 401
