"""The pages of raising a concern, for the visit of every page: address, path, who looks, and how."""

from uuid import uuid4

from rowan.concerns.actions.drafts import begin_draft
from rowan.concerns.actions.links import make_link
from rowan.concerns.actions.raising import Door, raise_concern
from rowan.concerns.rules.told import HeardName, Told
from tests.acceptance.conftest import World

# Addresses that only take a form.
NO_PAGE_OF_CONCERNS = {
    "concerns:begin",
    "concerns:begin_from",
    "concerns:public_begin",
    "concerns:public_form",
    "concerns:end_link",
    "concerns:sent_file",
    "concerns:api",
    "concerns:api_one",
}
CONCERNS_REST_ON_NO_FILE = {
    "concerns:start": "nothing",
    "concerns:draft": "what somebody types",
    "concerns:check": "what somebody typed",
    "concerns:join_from": "concerns that somebody told",
    "concerns:raised": "what somebody told",
    "concerns:one_raised": "what somebody told",
    "concerns:tell_us": "nothing",
    "concerns:come_back": "nothing",
    "concerns:by_link": "a link",
    "concerns:links": "links that somebody made",
}
TOKEN = "an-invented-one-time-link"
BOXES = {
    "about": ["child"],
    "about_a_professional": ["yes"],
    "what_worries": ["Late home, and new shoes"],
    "detail_name": ["Amina"],
    "noticed_i": ["GAIN-01"],
    "name_1_as_said": ["Jay"],
    "professionals_name": ["The coach"],
}


def worry_about_something(world: World, now) -> None:
    """One concern that was raised, one half typed, and a link."""
    told = Told(
        about="child", raises="school_lead", details=(("name", "Amina"), ("age", "14")), what_worries="Late home, and new shoes",
        childs_words="“He is only a friend.”", names=(HeardName("Jay", "Amina’s friend"),), noticed=("GAIN-01",),
    )  # fmt: skip
    world.concern = raise_concern(told, token=uuid4(), door=Door("practitioner"), by=world.lead, now=now)
    world.concern_draft = begin_draft(by=world.lead, now=now, typed=BOXES)
    make_link(
        token=TOKEN, agency=None, for_whom="The leisure centre", raises="business", by=world.triage, now=now
    )


def visits_of_concerns(world: World) -> list[tuple]:
    draft, concern = world.concern_draft.pk, world.concern.pk
    return [
        ("concerns:start", "/concerns/", "school-lead"),
        ("concerns:start", "/concerns/", "missing", "with none begun"),
        *[
            ("concerns:draft", f"/concerns/drafts/{draft}/{step}/", "school-lead", step)
            for step in ("about", "what", "who", "professional", "noticed", "names", "known")
        ],
        ("concerns:join_from", f"/concerns/begin/from-question/{world.about_boy.pk}/join/", "youth-justice"),
        ("concerns:check", f"/concerns/drafts/{draft}/check/", "school-lead"),
        ("concerns:raised", "/concerns/raised/", "school-lead"),
        ("concerns:raised", "/concerns/raised/", "missing", "with none"),
        ("concerns:one_raised", f"/concerns/raised/{concern}/", "school-lead"),
        ("concerns:tell_us", "/concerns/tell-us/", None),
        ("concerns:come_back", "/concerns/tell-us/come-back/", None),
        ("concerns:by_link", f"/concerns/by-link/{TOKEN}/", None),
        ("concerns:by_link", "/concerns/by-link/no-such-link/", None, "refused"),
        ("concerns:links", "/concerns/links/", "triage"),
    ]
