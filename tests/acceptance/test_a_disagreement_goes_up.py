"""Given a disagreement that two practitioners do not resolve, when it goes up two stages while the lead and the deputy are away, then the
chief officer has it, the page says why, and it ends with what was learnt."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.agencies.models import Absence, LeadPlace, Post
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.escalation.models import Disagreement
from tests import people_in_tests as invented

RAISE = "Raise a disagreement"
BETWEEN = "Invented Council disagrees with Larch Hill School"


@pytest.fixture
def away(world):
    """A manager who is there, a lead and a deputy who are not, and a chief officer."""
    council, today = world.agencies[invented.COUNCIL], timezone.localdate()
    invented.practitioner("manager", Role.APPROVING_MANAGER, council, "Mark Osei")
    chief = invented.practitioner("chief", Role.EXPLOITATION_COORDINATOR, council, "Aldous Merchant")
    for place, title in enumerate(["Head of Community Services", "Children’s Centre Manager"], 1):
        lead = invented.practitioner(f"lead-{place}", Role.SAFEGUARDING_LEAD, council)
        post = Post.objects.create(kind=PostKind.LEAD.value, agency=council, title=title)
        post.holdings.create(practitioner=lead, order=0, from_on=today - timedelta(days=50))
        LeadPlace.objects.create(post=post, place=place, from_on=today - timedelta(days=50))
        Absence.objects.create(
            practitioner=lead, from_on=today, until_on=today + timedelta(days=20), entered_by=lead, entered_at=timezone.now()
        )  # fmt: skip
    invented.post(PostKind.CHIEF_OFFICER, council, chief)
    return world


@pytest.mark.django_db(transaction=True)
def test_up_two_stages_while_the_lead_and_the_deputy_are_away(journey, away):
    page = journey.page
    journey.as_("social-worker")
    journey.go(f"/children/{away.girl.pk}/", "Amina Larkfield")
    journey.follow("Disagreements between agencies", "Disagreements between agencies")
    journey.read()
    journey.follow(RAISE, RAISE)
    journey.type("What you disagree about, and why", "The school says she may go home alone")
    journey.press("Raise it", RAISE)
    journey.sees("Say what is done now to keep the child safe")
    journey.read("escalation-raise-error")
    assert page.get_by_label("What you disagree about, and why").input_value() == "The school says she may go home alone"  # fmt: skip
    journey.pick("No")
    journey.pick("A threshold")
    journey.choose("Which agency you disagree with", "Larch Hill School")
    journey.type("What you want to happen", "Somebody walks with her")
    journey.type("What is done now to keep the child safe", "Her aunt collects her")
    journey.press("Raise it", BETWEEN)
    journey.read()

    journey.press("Take it up a stage", "Take it up a stage")
    journey.type("Why it is not resolved at this stage", "They will not")
    journey.press("Take it up", BETWEEN)
    journey.sees("Manager: Mark Osei")

    journey.as_("manager")
    journey.go("/escalation/", "Gone up to me")
    journey.read("escalation-mine")
    journey.follow("Amina Larkfield: a threshold", BETWEEN)
    journey.press("Take it up a stage", "Take it up a stage")
    journey.read()
    journey.type("Why it is not resolved at this stage", "Their manager is of the same view")
    journey.press("Take it up", BETWEEN)
    journey.sees("Safeguarding lead: Aldous Merchant")
    journey.sees("is away until")
    journey.sees("Head of service: nobody can be asked today")
    journey.sees("he chief officer")
    journey.read("escalation-disagreement")

    journey.as_("school-lead")
    journey.go(f"/escalation/disagreements/{Disagreement.objects.get().pk}/", BETWEEN)
    journey.press("Answer", "Answer")
    journey.type("What you answer", "We will send somebody with her")
    journey.press("Record your answer", BETWEEN)

    journey.as_("chief")
    journey.go("/escalation/", "Gone up to me")
    journey.follow("Amina Larkfield: a threshold", BETWEEN)
    journey.sees("We will send somebody with her")
    journey.press("It is resolved", "How was it resolved?")
    journey.pick("What was sought is done")
    journey.type("What was agreed, and what happens now", "Somebody walks with her from Monday")
    journey.press("Record: resolved", BETWEEN)
    journey.press("Write what was learnt", "What was learnt?")
    journey.type("What was learnt", "Ring each other on the first day")
    journey.press("Record the learning", BETWEEN)
    journey.read()
    row = Disagreement.objects.get()
    assert (row.step, row.how, row.resolved_by.username) == ("learnt", "agreed", "chief")
    assert [stage.level for stage in row.stages.all()] == ["practitioner", "manager", "safeguarding_lead"]
