"""A question about looks is answered in a place of the chain of leads where nobody of information governance is there to."""

import pytest
from django.utils import timezone

from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry as Line
from rowan.single_view import actions
from rowan.single_view.models import LooksQuestion
from rowan.single_view.rules.patterns import Pattern
from tests import people_in_tests as invented
from tests.acting_as import page

DID = "answered a question about looks"


class Hub:
    def __init__(self):
        invented.finished_run()
        council = invented.three_agencies()[invented.COUNCIL]
        self.subject = invented.practitioner("joan", Role.LEAD_PROFESSIONAL, council, "Joan Eccles")
        self.deputy = invented.practitioner("femi", Role.SAFEGUARDING_LEAD, council, "Femi Rowntree")
        self.governance = invented.practitioner("gwen", Role.INFORMATION_GOVERNANCE, council, "Gwen Farrow")
        self.words = invented.acting_lead(self.deputy)
        self.now = timezone.now()

    def answered(self, by) -> LooksQuestion:
        asked = actions.put(
            pattern=Pattern.OWN_NAME, practitioner_id=self.subject.pk, about_person="", figures={"name": "Joan Eccles"},
            settings_used={}, due_in=5, now=self.now,
        )  # fmt: skip
        asked.asked_of = by
        asked.save()
        return actions.answer(
            asked, kind="explained", words="Her manager says it was her own file", by=by, now=self.now
        )


@pytest.fixture
def hub(db) -> Hub:
    return Hub()


def acting_on_the_trail(did: str) -> bool:
    return Line.objects.get(did=did, refused_because="", why__gt="").particulars["acting"]


def test_an_answer_says_it_and_so_do_its_page_and_the_list(hub):
    question = hub.answered(hub.deputy)
    assert question.answered_acting_as == hub.words
    assert acting_on_the_trail(DID) is True
    for path in (f"/questions-about-looks/{question.pk}/", "/questions-about-looks/"):
        assert f"Femi Rowntree ({hub.words})" in page(hub.governance, path)


def test_answered_by_information_governance_it_is_in_nobodys_place(hub):
    assert hub.answered(hub.governance).answered_acting_as == ""
    assert acting_on_the_trail(DID) is False
