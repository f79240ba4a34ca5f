"""The pages of sharing, for the visit of every page: address, path, who looks, and how."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.records.attachments import attach
from rowan.sharing.actions import begin_draft, decide, set_up_standing
from rowan.sharing.actions.agreements import end_agreement, record_agreement
from rowan.sharing.actions.approvals import ask_for_two
from rowan.sharing.actions.deleting import ask_to_delete
from rowan.sharing.actions.requests import ask
from rowan.sharing.actions.service_consents import record_answer
from rowan.sharing.rules.agreements import Agreed
from rowan.sharing.rules.deciding import Said
from rowan.sharing.rules.service_consents import Answer
from tests import people_in_tests as invented
from tests.acceptance.conftest import World

# Addresses that only take a form.
NO_PAGE_OF_SHARING = {"sharing:begin", "sharing:correct", "sharing:delete_document"}
SHARING_RESTS_ON_NO_FILE = {
    "sharing:can_i_share": "guidance",
    "sharing:register": "people's own decisions; names no child",
    "sharing:approvals": "who asked for what",
    "sharing:approval": "who asked for what",
    **dict.fromkeys(
        [
            "sharing:agreements",
            "sharing:agreement",
            "sharing:record_agreement",
            "sharing:new_version",
            "sharing:look_again",
            "sharing:end_agreement",
        ],
        "what agencies agreed, about no child",
    ),
    "sharing:ask_to_delete": "a document somebody added",
    "sharing:laws": "the law",
    "sharing:date_law": "the law",
    "sharing:standing": "people's own decisions, about no child",
    "sharing:one_standing": "people's own decision, about no child",
    "sharing:set_up_standing": "nothing",
}


def share_something(world: World, now) -> None:
    """A standing decision, one to share, one not to, and one half typed."""
    police, girl, worker = world.agencies[invented.POLICE], world.girl.id, world.worker
    world.standing = set_up_standing(
        Said(**invented.WHOLE), token=uuid4(), name="Daily huddle", kind="meeting", agreement=None, recipient_agency=police,
        families_told="At the first visit", from_on=now.date(), until_on=now.date(), by=world.coordinator, now=now,
    )  # fmt: skip
    world.shared = decide(
        Said(**invented.WHOLE), token=uuid4(), person_ids=[girl], recipient_agency=police, by=worker, now=now
    )
    later = Said(**invented.NOT_SHARED, review_on=now.date() + timedelta(days=9))
    world.not_shared = decide(later, token=uuid4(), person_ids=[girl], by=worker, now=now)
    world.asked = ask(
        token=uuid4(), person_id=girl, asked_agency=world.agencies[invented.SCHOOL], what="Her attendance in May", purpose="missing",
        article6="public_task", duty="ca2004_s10", due_on=now.date(), by=worker, now=now,
    )  # fmt: skip
    council = world.agencies[invented.COUNCIL]
    governance = Practitioner.objects.get(username="governance")
    invented.practitioner("second-person", Role.APPROVING_MANAGER, council, "Pat Lowe")
    world.act_of_two = ask_for_two(
        "bulk_export", token=uuid4(), about_kind="register of decisions", about_id="", particulars={"to": "The partnership"},
        why="Yearly look", by=governance, now=now,
    )  # fmt: skip
    world.letter = attach(
        name="a letter.txt", content=b"Invented", by=worker, now=now, today=now.date(), person_id=girl
    )
    world.to_delete = ask_to_delete(
        world.letter.pk, why="The wrong record", token=uuid4(), by=worker, now=now
    )
    invented.practitioner("exploitation-team", Role.POLICE_EXPLOITATION_TEAM, police, "Bea Lunn")
    _agree(world, now)
    yes = Answer(
        "A mentor from Alder Mentoring", "core", "Somebody to talk to after school", "given", "both", "Her mother", "Likes him",
        "competent", "no", "", now.date(),
    )  # fmt: skip
    about = {"person_id": girl, "by": worker, "now": now}
    world.agreeing = record_answer(yes, token=uuid4(), **about)
    no_more = replace(yes, said="withdrawn", childs_view="Wants her evenings", why="Started football")
    world.agreeing = record_answer(no_more, token=uuid4(), follows=world.agreeing, **about)
    world.draft = begin_draft(person_id=girl, by=worker, now=now, typed={"decided": ["part"]})


def _agree(world: World, now) -> None:
    """One agreement with two versions and a standing decision, one due for review, one that has ended."""
    council, police = world.agencies[invented.COUNCIL], world.agencies[invented.POLICE]
    said = Agreed(
        name="Missing children, every morning", parties=frozenset({council.pk, police.pk}), purpose="To find missing children sooner",
        what="Reports of the last day", article6="public_task", condition="safeguarding_children", duty="ca2004_s10",
        document_reference="Shared drive, ISA 7", from_on=now.date() - timedelta(days=100), review_on=now.date() + timedelta(days=200),
        owners_agency=council.pk,
    )  # fmt: skip
    who = {"owner": world.coordinator, "by": world.coordinator}
    first = record_agreement(said, token=uuid4(), now=now, **who)
    second = replace(
        said, what="Reports of the last day, and where each child was found", why="The police asked"
    )
    world.agreed = record_agreement(second, token=uuid4(), replaces=first, now=now, **who)
    set_up_standing(
        Said(**invented.WHOLE), token=uuid4(), name="Morning list", kind="agreement", agreement=world.agreed, recipient_agency=police,
        families_told="At the first visit", from_on=now.date(), until_on=now.date() + timedelta(days=90), by=world.coordinator, now=now,
    )  # fmt: skip
    long_ago = now - timedelta(days=90)
    due = replace(said, name="Schools and the hub", review_on=now.date() - timedelta(days=5))
    record_agreement(due, token=uuid4(), now=long_ago, **who)
    over = record_agreement(replace(said, name="A pilot of last year"), token=uuid4(), now=long_ago, **who)
    end_agreement(over, why="The pilot is over", by=world.coordinator, now=now)


def visits_of_sharing(world: World) -> list[tuple]:
    girl, draft = world.girl.id, world.draft.pk
    return [
        ("sharing:can_i_share", "/sharing/can-i-share/", None, "before signing in"),
        ("sharing:can_i_share", "/sharing/can-i-share/", "school-lead"),
        ("sharing:child", f"/sharing/children/{girl}/", "social-worker"),
        ("sharing:child", f"/sharing/children/{girl}/", "school-lead", "of a school"),
        ("sharing:share", f"/sharing/children/{girl}/share/", "social-worker"),
        ("sharing:not_share", f"/sharing/children/{girl}/not-share/", "social-worker"),
        ("sharing:service_consent", f"/sharing/children/{girl}/services/", "social-worker"),
        (
            "sharing:service_consent",
            f"/sharing/children/{girl}/services/?after={world.agreeing.pk}&correcting=1",
            "social-worker",
            "corrected",
        ),
        ("sharing:laws", "/sharing/laws/", "governance"),
        ("sharing:date_law", "/sharing/laws/ca2004_s16la/", "governance"),
        ("sharing:agreements", "/sharing/agreements/", "coordinator"),
        ("sharing:agreements", "/sharing/agreements/?show=past", "coordinator", "past"),
        ("sharing:agreement", f"/sharing/agreements/{world.agreed.series}/", "coordinator"),
        ("sharing:record_agreement", "/sharing/agreements/new/", "coordinator"),
        ("sharing:new_version", f"/sharing/agreements/{world.agreed.series}/new-version/", "coordinator"),
        ("sharing:look_again", f"/sharing/agreements/{world.agreed.series}/review/", "coordinator"),
        ("sharing:end_agreement", f"/sharing/agreements/{world.agreed.series}/end/", "coordinator"),
        *[
            ("sharing:draft", f"/sharing/drafts/{draft}/{step}/", "social-worker", step)
            for step in ("what", "why", "told", "safely")
        ],
        ("sharing:check", f"/sharing/drafts/{draft}/check/", "social-worker"),
        ("sharing:decision", f"/sharing/decisions/{world.shared.pk}/", "social-worker"),
        ("sharing:decision", f"/sharing/decisions/{world.not_shared.pk}/", "social-worker", "not"),
        ("sharing:withdraw", f"/sharing/decisions/{world.shared.pk}/withdraw/", "social-worker"),
        ("sharing:file", f"/sharing/decisions/{world.shared.pk}/file/", "social-worker"),
        ("sharing:register", "/sharing/register/", "governance"),
        ("sharing:approvals", "/sharing/two-people/", "governance"),
        ("sharing:approval", f"/sharing/two-people/{world.act_of_two.pk}/", "governance", "hers"),
        ("sharing:approval", f"/sharing/two-people/{world.act_of_two.pk}/", "second-person", "to decide"),
        ("sharing:ask_to_delete", f"/sharing/documents/{world.letter.pk}/delete/", "social-worker"),
        ("sharing:approval", f"/sharing/two-people/{world.to_delete.pk}/", "second-person", "to delete"),
        ("sharing:requests", "/sharing/requests/", "social-worker"),
        ("sharing:requests", "/sharing/requests/", "missing", "with none"),
        ("sharing:ask", f"/sharing/children/{girl}/ask/", "social-worker"),
        ("sharing:request", f"/sharing/requests/{world.asked.pk}/", "social-worker"),
        ("sharing:request", f"/sharing/requests/{world.asked.pk}/", "school-lead", "of the agency asked"),
        *[
            ("sharing:close_request", f"/sharing/requests/{world.asked.pk}/{how}/", "social-worker", how)
            for how in ("answer", "refuse", "withdraw")
        ],
        ("sharing:standing", "/sharing/standing/", "coordinator"),
        ("sharing:set_up_standing", "/sharing/standing/new/", "coordinator"),
        ("sharing:set_up_standing", "/sharing/standing/new/", "missing", "not hers"),
        ("sharing:one_standing", f"/sharing/standing/{world.standing.pk}/", "coordinator"),
        ("sharing:share_under", f"/sharing/standing/{world.standing.pk}/share/{girl}/", "social-worker"),
    ]
