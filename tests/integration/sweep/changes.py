"""Every change the site can make: what it is to two people at once, and one of it, made by somebody who may.

An address that takes a form and is not declared here fails the build.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rowan.access.models import KeptOut, LetIn, Opening, OpeningKind, Restriction, Why
from rowan.access.taking_part import begin_part
from rowan.agencies.models import (
    Absence,
    AgencyKind,
    AwaitedRole,
    Post,
    PostHolding,
    Practitioner,
    SecondFactorReset,
)
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.assessments.actions import ask_to_step_down, write
from rowan.assessments.models import Strand
from rowan.assessments.rules.step_down import Asked as StepDownAsked
from rowan.assessments.rules.written import Said as Assessed
from rowan.concerns.actions.deciding import Deciding, decide
from rowan.concerns.actions.drafts import begin_draft as begin_concern
from rowan.concerns.actions.telling import tell_referrer
from rowan.concerns.models import Concern
from rowan.escalation.actions.disagreements import resolve as resolve_disagreement
from rowan.escalation.models import Place
from rowan.matching.actions import answer as answer_pair
from rowan.meetings.actions import end as end_meeting
from rowan.meetings.actions import write_minutes
from rowan.meetings.models import Item, Meeting
from rowan.missing.actions import say_returned
from rowan.missing.models import Episode
from rowan.people.models import SafeContact
from rowan.questions.actions import answer
from rowan.records.models import ImportedFile
from rowan.sharing.actions import begin_draft
from rowan.sharing.actions.approvals import ask_for_two
from rowan.sharing.actions.requests import ask
from rowan.sharing.models import DecisionDraft
from tests import people_in_tests as invented
from tests.pairs_in_tests import unsure

from .addresses import ADDRESSES, at_midnight, day, somebody
from .world import HERS, Record, World, said_of_harm

A, B = "A", "B"


class Second(StrEnum):
    """What a change is to the second of two who opened the same form."""

    ADDS = "adds"  # both stand, beside each other
    EDITS = "edits"  # the second sees both versions, and may put hers in its place on purpose
    ONCE = "once"  # the second is told who was first and what was said, and keeps her own words
    OWN = "own"  # nobody else can open it


@dataclass(frozen=True)
class Change:
    name: str
    second: Second
    # Why no two people and no fifty presses are tried here, and where it is tried.
    elsewhere: str = ""
    by: Role | None = None
    # What the address names, made for the purpose; where not given, as ADDRESSES says.
    names: Callable[[World], dict] | None = None
    sends: Callable[[World, str], dict] | None = None
    # What has to stand before anybody opens the form.
    before: Callable[[World], None] | None = None
    page: Callable[[World], str] | None = None  # where its form stands, if not at its own address
    words: tuple[str, ...] = ()  # the boxes that hold words of her own
    shows: str = ""  # what the second must read where the first typed no words
    quiet: bool = False  # nothing is typed, and what the second wanted has happened: nobody is stopped
    again: bool = False  # sent again, it is meant to happen again
    also: str = ""  # tells two changes of one address apart

    def __str__(self):
        return self.name + (f" ({self.also})" if self.also else "")


@dataclass
class Made:
    """One change, ready to be sent by A and by B."""

    change: Change
    path: str
    page: str
    people: dict[str, Practitioner]
    world: World
    said: dict[str, list[str]] = field(default_factory=dict)

    def data(self, who: str) -> dict:
        data = _sends(self.change, self.world, who)
        self.said[who] = [data[name] for name in self.change.words if data.get(name)]
        return data


def make(change: Change, world: World) -> Made:
    if change.before:
        change.before(world)
    here = next(a for a in ADDRESSES if a.name == change.name and (a.sends or change.sends or change.names))
    path = reverse(change.name, kwargs=change.names(world)) if change.names else here.paths(world, HERS)[0]
    role = change.by or here.changed_by or min(here.opens_to)
    people = {A: world.near.people[role]}
    people[B] = people[A] if change.second == Second.OWN else colleague(world, role)
    return Made(change, path, change.page(world) if change.page else path, people, world)


def _sends(change: Change, world: World, who: str) -> dict:
    if change.sends:
        return change.sends(world, who)
    here = next(a for a in ADDRESSES if a.name == change.name and a.sends)
    data = here.sends(world)
    return data | {name: f"{data[name]}, says {who}" for name in change.words}


def colleague(world: World, role: Role) -> Practitioner:
    """Another of the same role and agency, with the same part in her life and in the same posts."""
    user_name = f"{role.value}-colleague"
    if found := Practitioner.objects.filter(username=user_name).first():
        return found
    first = world.near.people[role]
    made = invented.practitioner(user_name, role, first.agency, name=f"Colleague of {first.display_name}")
    invented.involve(hers(world).child, first.agency, Why.WORKING_WITH, made.display_name, practitioner=made)
    for holding in PostHolding.objects.filter(practitioner=first):
        PostHolding.objects.create(
            post=holding.post, practitioner=made, order=holding.order + 1, from_on=holding.from_on
        )
    return made


def hers(world: World) -> Record:
    return world.records[HERS]


def her_id(world: World) -> dict:
    return {"person_id": hers(world).child.id}


def an_opening(role: Role):
    def opening(world: World) -> dict:
        made = Opening.objects.create(
            kind=OpeningKind.EMERGENCY,
            person_id=hers(world).child.id,
            practitioner=world.near.people[role],
            why="A reason",
            opened_at=world.now,
            until_at=world.now + timedelta(hours=8),
        )
        return {"opening_id": made.pk}

    return opening


def a_reset(world: World) -> dict:
    asked = SecondFactorReset.objects.create(
        practitioner=world.near.people[Role.MENTOR],
        asked_by=world.far.people[Role.ADMINISTRATOR],
        asked_at=world.now,
        why="Lost",
    )
    return {"reset_id": asked.pk}


def a_role_that_waits(world: World) -> dict:
    mentor = world.near.people[Role.MENTOR]
    waits = AwaitedRole.objects.get_or_create(
        practitioner=mentor,
        decided_at=None,
        defaults={
            "role": Role.APPROVING_MANAGER.value,
            "before": mentor.role,
            "asked_by": world.far.people[Role.ADMINISTRATOR],
            "asked_at": world.now,
            "why": "Manages the mentors now",
        },
    )[0]
    return {"awaited_id": waits.pk}


def three_leads(world: World) -> list[Post]:
    council = world.near.agencies[AgencyKind.COUNCIL]
    return [
        Post.objects.get_or_create(agency=council, kind=PostKind.LEAD.value, title=title)[0]
        for title in ("Head of Services", "Centre Manager", "Deputy Head")
    ]


def a_lead(world: World) -> dict:
    return {"post_id": three_leads(world)[0].pk}


def a_seat(world: World) -> dict:
    sitter = world.near.people[Role.APPROVING_MANAGER]
    made = PostHolding.objects.create(
        post=three_leads(world)[0], practitioner=sitter, from_on=world.today - timedelta(days=100)
    )
    return {"holding_id": made.pk}


def an_absence(world: World) -> dict:
    officer = world.near.people[Role.TRIAGE_OFFICER]
    on = world.today + timedelta(days=30)
    made = Absence.objects.create(
        practitioner=officer, from_on=on, until_on=on, entered_by=officer, entered_at=world.now
    )
    return {"absence_id": made.pk}


def somebody_kept_out(world: World) -> dict:
    kept = KeptOut.objects.create(
        person_id=hers(world).child.id,
        practitioner=world.far.people[Role.MENTOR],
        why="A neighbour",
        set_by="operator",
    )
    return {**her_id(world), "kept_id": kept.pk}


def a_restriction(world: World) -> None:
    manager = world.near.people[Role.APPROVING_MANAGER]
    made = Restriction.objects.create(
        person_id=hers(world).child.id, why="staff family", owner=manager, set_by="operator"
    )
    for let_in in (manager, colleague(world, Role.APPROVING_MANAGER)):
        LetIn.objects.create(restriction=made, practitioner=let_in, by="operator")


def a_flag(world: World) -> dict:
    made = SafeContact.objects.create(
        person=hers(world).child,
        flag="preferred_name",
        words="Ash",
        said_by="She herself",
        said_on=world.today,
        recorded_by=world.near.people[Role.MENTOR],
        recorded_at=world.now,
    )
    return {**her_id(world), "flag_id": made.pk}


def an_old_sign(world: World) -> None:
    """One that came with a file of the police's first day: it stands on the list of older signs."""
    police = world.near.agencies[AgencyKind.POLICE]
    ImportedFile.objects.filter(agency=police).update(received_on=world.today)
    invented.happened(
        hers(world).child,
        invented.days_ago(400),
        "sign_of_harm",
        "Found far away once",
        by=police.code,
        compartment="police",
        observed="S",
        record_kind="police_missing",
        known_on=world.today,
    )


def a_request(how: str):
    def request(world: World) -> dict:
        made = ask(
            token=uuid4(),
            person_id=hers(world).child.id,
            asked_agency=world.near.agencies[AgencyKind.POLICE],
            what="Reports of May",
            purpose="protect_from_exploitation",
            article6="public_task",
            duty="ca1989_s47",
            due_on=world.today,
            by=world.near.people[Role.LEAD_PROFESSIONAL],
            now=world.now,
        )
        return {"request_id": made.pk, "how": how}

    return request


def an_approval(world: World) -> dict:
    made = ask_for_two(
        "bulk_export", token=uuid4(), about_kind="register", about_id="1", particulars={"to": "Somebody"}, why="The yearly look",
        by=world.near.people[Role.EXPLOITATION_COORDINATOR], now=world.now,
    )  # fmt: skip
    return {"approval_id": made.pk}


# Every box of a decision to share, as the pages of its draft keep them.
WHOLE_BOXES = {name: [value] for name, value in invented.WHOLE.items() if isinstance(value, str)} | {
    "items": ["name_and_birth_date"]
}


def a_whole_draft(world: World) -> dict:
    police = world.near.agencies[AgencyKind.POLICE]
    boxes = {**WHOLE_BOXES, "recipient_agency": [str(police.pk)]}
    draft = begin_draft(
        person_id=hers(world).child.id,
        by=world.near.people[Role.LEAD_PROFESSIONAL],
        now=world.now,
        typed=boxes,
    )
    return {"draft_id": draft.pk}


def a_draft(world: World) -> dict:
    draft = DecisionDraft.objects.filter(pk=hers(world).more["draft"].pk).get()
    return {"draft_id": draft.pk, "step": "what"}


def a_question_answered_concern(world: World) -> dict:
    asked = hers(world).hub_question
    answer(
        asked,
        kind="concern",
        text="It worries us.",
        by=world.near.people[Role.MISSING_COORDINATOR],
        now=world.now,
    )
    return {"question_id": asked.id}


def a_concern_begun(world: World) -> dict:
    return {"draft_id": begin_concern(by=world.near.people[Role.MENTOR], now=world.now).pk, "step": "what"}


def a_whole_concern(world: World) -> dict:
    boxes = {
        "about": ["place"],
        "about_a_professional": ["no"],
        "what_worries": ["Cars at night"],
        "detail_name": ["The mill"],
    }
    return {"draft_id": begin_concern(by=world.near.people[Role.MENTOR], now=world.now, typed=boxes).pk}


def as_declared(name: str):
    """What ADDRESSES sends there; the form's own token comes from its page, as for anybody who opens it."""

    def sends(world: World, who: str) -> dict:
        here = next(address for address in ADDRESSES if address.name == name and address.sends)
        return {box: value for box, value in here.sends(world).items() if box not in {"token", "based_on"}}

    return sends


# ---- missing
def as_declared_without_token(name: str):
    """And without the version: both stand on the page, and come from it."""

    def sends(world: World, who: str) -> dict:
        data = {box: value for box, value in as_declared(name)(world, who).items() if box != "opened_on"}
        return data | {box: f"{data[box]}, says {who}" for box in ("words", "worry", "what") if box in data}

    return sends


def somebody_working_with(world: World) -> dict:
    part = begin_part(
        person_id=hers(world).child.id, practitioner=world.far.people[Role.MENTOR], from_on=world.today - timedelta(days=9),
        discreet=False, by=world.near.people[Role.LEAD_PROFESSIONAL], now=world.now,
    )  # fmt: skip
    return {"person_id": hers(world).child.id, "part_id": part.pk}


def gone_since_yesterday(world: World) -> None:
    Episode.objects.filter(pk=hers(world).more["missing"].pk).update(began_at=world.now - timedelta(days=1))


def back_since_yesterday(world: World) -> None:
    gone_since_yesterday(world)
    say_returned(
        Episode.objects.get(pk=hers(world).more["missing"].pk), token=uuid4(), opened_on=1, at=world.now - timedelta(days=1),
        by=world.near.people[Role.LEAD_PROFESSIONAL], now=world.now,
    )  # fmt: skip


def a_pair(world: World) -> dict:
    twin = invented.child("Twin", "Larkfield", sex="F", age=14, school=world.near.agencies[AgencyKind.SCHOOL])
    waits = unsure(hers(world).child, twin)
    return {"left_rid": waits.left_rid, "right_rid": waits.right_rid}


def a_judgement(world: World) -> dict:
    said = {"verdict": "not_same", "why": "Two girls of one class", "by": world.near.people[Role.ANALYST]}
    return {"judgement_id": answer_pair(**a_pair(world), **said, now=world.now).pk}


OF_ONES_OWN = "of one's own session or second factor: tests/integration/agencies"
NOT_SIGNED_IN = "before signing in: tests/integration/agencies/test_signing_in.py"
INSIDE = "only from inside a restricted record: tests/integration/access/test_restricted.py"
OF_AN_AGENCYS_OWN = "where an agency has its own sign-in: tests/integration/agencies/test_own_sign_in.py"
C = Change
CHANGES = [
    # access
    C("access:emergency", Second.ADDS, by=Role.COMMUNITY_SAFETY_OFFICER, sends=lambda w, who: {"why": f"She is in danger now, {who}"}, words=("why",)),
    C("access:look", Second.ADDS, by=Role.TRIAGE_OFFICER, sends=lambda w, who: {"why": f"A report names her, {who}"}, words=("why",)),
    C("access:end", Second.OWN, by=Role.MENTOR, names=an_opening(Role.MENTOR), page=lambda w: "/", sends=lambda w, who: {}),
    C("access:review", Second.ONCE, by=Role.INFORMATION_GOVERNANCE, names=an_opening(Role.MENTOR),
      sends=lambda w, who: {"justified": "yes", "words": f"She rang the home first, says {who}"}, words=("words",)),
    C("access:restrict", Second.ONCE, by=Role.EXPLOITATION_COORDINATOR,
      sends=lambda w, who: {
          "kind": "staff_family", "why": f"Her aunt works here, says {who}",
          "owner": "exploitation_coordinator-near", "let_in": "exploitation_coordinator-colleague",
      }, words=("why",)),
    C("access:lift", Second.ONCE, by=Role.APPROVING_MANAGER, before=a_restriction,
      sends=lambda w, who: {"why": f"The aunt has left, says {who}"}, words=("why",)),
    *(C(name, Second.EDITS, elsewhere=INSIDE) for name in ("access:let_in", "access:take_off", "access:hand_over")),
    C("access:keep_out", Second.ONCE, words=("why",)),
    C("access:works_with", Second.ONCE, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {"called": "mentor-far"} | day("from_on", w.today - timedelta(days={A: 0, B: 3}[who]))),
    C("access:end_part", Second.ONCE, by=Role.LEAD_PROFESSIONAL, names=somebody_working_with,
      sends=lambda w, who: day("until_on", w.today + timedelta(days={A: 0, B: 3}[who]))),
    C("access:let_back", Second.ONCE, by=Role.APPROVING_MANAGER, names=somebody_kept_out,
      sends=lambda w, who: {"why": f"They have moved away, says {who}"}, words=("why",)),
    # accounts
    C("agencies:new_account", Second.ADDS, by=Role.ADMINISTRATOR,
      sends=lambda w, who: {
          "username": f"new-{who.lower()}", "display_name": f"Newcomer {who}", "role": Role.ANALYST.value,
          "agency": w.near.agencies[AgencyKind.COUNCIL].pk,
      }, words=("display_name",)),
    C("agencies:change_details", Second.EDITS, names=somebody, words=("display_name",),
      sends=lambda w, who: {
          "display_name": f"Moira Vane, says {who}", "phone": "01632 960199", "agency": w.near.agencies[AgencyKind.COUNCIL].pk,
      }),
    C("agencies:change_role", Second.EDITS,
      sends=lambda w, who: {"role": {A: Role.ANALYST, B: Role.TRIAGE_OFFICER}[who].value, "why": f"Has moved, says {who}"}, words=("why",)),
    C("agencies:end_account", Second.ONCE, words=("why",)),
    C("agencies:give_starting_password", Second.EDITS, by=Role.ADMINISTRATOR, sends=lambda w, who: {},
      page=lambda w: f"/accounts/{w.near.people[Role.MENTOR].pk}/", shows="changed since you opened the page"),
    C("agencies:ask_for_reset", Second.ADDS, words=("why",)),
    C("agencies:awaited_role", Second.ONCE, by=Role.INFORMATION_GOVERNANCE, names=a_role_that_waits, sends=lambda w, who: {}, shows="decided already"),
    C("agencies:turn_down_role", Second.ONCE, by=Role.INFORMATION_GOVERNANCE, names=a_role_that_waits, sends=lambda w, who: {},
      page=lambda w: f"/accounts/roles/{a_role_that_waits(w)['awaited_id']}/", shows="decided already"),
    C("agencies:confirm_reset", Second.ONCE, by=Role.INFORMATION_GOVERNANCE, names=a_reset, sends=lambda w, who: {}, shows="confirmed already"),
    C("agencies:sign_out", Second.OWN, elsewhere=OF_ONES_OWN),
    C("agencies:end_session", Second.OWN, elsewhere=OF_ONES_OWN),
    C("agencies:typed_text", Second.OWN, elsewhere=OF_ONES_OWN),
    *(C(name, Second.OWN, elsewhere=OF_ONES_OWN) for name in (
        "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_change_password",
        "mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn",
        "mfa_edit_webauthn", "mfa_remove_webauthn",
    )),
    *(C(name, Second.OWN, elsewhere=NOT_SIGNED_IN) for name in ("account_login", "mfa_authenticate", "mfa_login_webauthn", "agencies:sign_in_by_link")),
    C("agencies:api_token", Second.OWN, elsewhere="a system's own: test_every_system.py"),
    *(C(name, Second.ONCE, elsewhere=OF_AN_AGENCYS_OWN) for name in ("agencies:unlink", "agencies:end_own_sign_in", "openid_connect_login")),
    # absences
    C("timescales:absences", Second.OWN,
      sends=lambda w, who: {
          "practitioner": w.near.people[Role.TRIAGE_OFFICER].pk, **day("from_on", w.today), **day("until_on", w.today),
          "stands_in": w.near.people[{A: Role.LEAD_PROFESSIONAL, B: Role.APPROVING_MANAGER}[who]].pk,
      }),
    C("timescales:come_back", Second.OWN, by=Role.TRIAGE_OFFICER, names=an_absence, page=lambda w: "/absences/", sends=lambda w, who: {}, quiet=True),
    # posts and leads
    C("timescales:new_post", Second.ADDS, by=Role.ADMINISTRATOR,
      sends=lambda w, who: {"kind": "lead", "title": f"Manager of area {who}"}, words=("title",)),
    C("timescales:seat", Second.ADDS, names=a_lead, sends=lambda w, who: {
        "practitioner": w.near.people[{A: Role.LEAD_PROFESSIONAL, B: Role.APPROVING_MANAGER}[who]].pk, **day("from_on", w.today),
    }),
    C("timescales:end_seat", Second.EDITS, names=a_seat, shows="changed this since you opened the page",
      sends=lambda w, who: day("from_on", w.today + timedelta(days={A: 3, B: 5}[who]))),
    C("timescales:deputy", Second.EDITS, names=a_lead, shows="changed this since you opened the page",
      sends=lambda w, who: {"deputy": three_leads(w)[{A: 1, B: 2}[who]].pk}),
    C("timescales:chain_of_leads", Second.EDITS, before=three_leads, shows="changed this since you opened the page",
      sends=lambda w, who: {f"place_{three_leads(w)[{A: 1, B: 2}[who]].pk}": "1", **day("from_on", w.today)}),
    C("notices:read", Second.OWN, by=Role.TRIAGE_OFFICER, page=lambda w: "/notices/", sends=lambda w, who: {}, quiet=True,
      before=lambda w: w.near.people[Role.TRIAGE_OFFICER].notices.create(about="A question", path="/questions/", made_at=w.now)),
    # settings
    C("timescales:setting", Second.EDITS, words=("why",), sends=lambda w, who: {
        "value": {A: "4", B: "5"}[who], "untried": "on", **day("from_on", w.today), "why": f"Agreed by the panel, says {who}",
    }),
    C("timescales:try_setting", Second.ADDS, sends=lambda w, who: {"value": {A: "4", B: "5"}[who]}),
    # questions
    C("questions:switch", Second.ONCE, words=("why",)),
    C("questions:answer", Second.EDITS, words=("plan_text",)),
    C("questions:not_this_child", Second.ONCE, words=("why",)),
    C("questions:strategy", Second.EDITS, words=("reason", "manager")),
    C("questions:older_signs", Second.ONCE, by=Role.TRIAGE_OFFICER, before=an_old_sign,
      sends=lambda w, who: {"held": "yes", "reason": f"Known since May, says {who}", "manager": f"Manager {who}"}, words=("reason",),
      shows="This list has changed"),
    C("questions:settle", Second.ONCE, words=("outcome",)),
    C("questions:feed", Second.ONCE, elsewhere="of a feed that fell silent: tests/integration/questions/test_silent_feeds.py"),
    # sharing
    C("sharing:begin", Second.ADDS, page=lambda w: f"/sharing/children/{hers(w).child.id}/", again=True),
    C("sharing:not_share", Second.ADDS, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {
          "recipient_agency": w.near.agencies[AgencyKind.HEALTH].pk, "reason_not": "more_detrimental",
          "why_not": f"Her stepfather works there, says {who}", **day("review_on", w.today + timedelta(days=14)),
      }, words=("why_not",)),
    C("sharing:ask", Second.ADDS, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {
          "asked_agency": w.near.agencies[AgencyKind.POLICE].pk, "what": f"Reports of May, says {who}", "purpose": "protect_from_exploitation",
          "article6": "public_task", "duty": "ca1989_s47", **day("due_on", w.today),
      }, words=("what",)),
    C("sharing:close_request", Second.ONCE, by=Role.LEAD_PROFESSIONAL, names=a_request("answer"), also="answer",
      sends=lambda w, who: {"words": f"They sent them, says {who}"}, words=("words",)),
    C("sharing:close_request", Second.ONCE, by=Role.LEAD_PROFESSIONAL, names=a_request("refuse"), also="refuse",
      sends=lambda w, who: {"ground": "not_held", "words": f"They have none, says {who}"}, words=("words",)),
    C("sharing:close_request", Second.ONCE, by=Role.LEAD_PROFESSIONAL, names=a_request("withdraw"), also="withdraw",
      sends=lambda w, who: {"words": f"Not needed any more, says {who}"}, words=("words",)),
    C("sharing:register", Second.ADDS, by=Role.INFORMATION_GOVERNANCE, sends=lambda w, who: {"to": f"The board, {who}", "purpose": "The yearly look"}),
    C("sharing:approval", Second.ONCE, by=Role.INFORMATION_GOVERNANCE, names=an_approval,
      sends=lambda w, who: {"decided": "refuse", "reason": f"Too wide, says {who}"}, words=("reason",)),
    C("sharing:file", Second.ADDS, by=Role.LEAD_PROFESSIONAL, sends=lambda w, who: {}),
    C("sharing:one_standing", Second.ONCE, by=Role.EXPLOITATION_COORDINATOR, sends=lambda w, who: {}, quiet=True),
    C("sharing:correct", Second.ADDS, by=Role.LEAD_PROFESSIONAL, page=lambda w: f"/sharing/decisions/{hers(w).more['decision'].pk}/",
      sends=lambda w, who: {}, again=True),
    C("sharing:withdraw", Second.ONCE, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {"words": f"It was wrong, says {who}", "how_told": f"By telephone, says {who}"}, words=("words", "how_told")),
    C("sharing:draft", Second.OWN, by=Role.LEAD_PROFESSIONAL, names=a_draft,
      sends=lambda w, who: {"decided": "share", "recipient_person": f"Sergeant {who}"}, words=("recipient_person",), also="two windows"),
    C("sharing:check", Second.OWN, by=Role.LEAD_PROFESSIONAL, names=a_whole_draft, sends=lambda w, who: {}),
    C("sharing:share_under", Second.ADDS, by=Role.EXPLOITATION_COORDINATOR, sends=lambda w, who: {}),
    C("sharing:set_up_standing", Second.ADDS, by=Role.EXPLOITATION_COORDINATOR,
      sends=lambda w, who: {
          **{name: value for name, value in invented.WHOLE.items() if isinstance(value, str)}, "items": ["name_and_birth_date"],
          "recipient_agency": w.near.agencies[AgencyKind.POLICE].pk, "name": f"Huddle of {who}", "kind": "meeting",
          "families_told": "At the first visit", **day("from_on", w.today), **day("until_on", w.today),
      }, words=("name",)),
    C("sharing:record_agreement", Second.ADDS, elsewhere="tests/integration/sharing/test_agreements.py"),
    C("sharing:share", Second.ADDS, sends=as_declared("sharing:share")),
    C("sharing:service_consent", Second.ADDS, sends=as_declared("sharing:service_consent")),
    C("sharing:new_version", Second.EDITS, sends=lambda w, who: as_declared("sharing:new_version")(w, who) | {"what": f"Where they were found, says {who}"}, words=("what",)),
    C("sharing:look_again", Second.ONCE, sends=as_declared("sharing:look_again")),
    C("sharing:end_agreement", Second.ONCE, words=("why",)),
    C("sharing:date_law", Second.ONCE, words=("why",)),
    C("looks:question", Second.ONCE, words=("words",)),
    C("who_is_who:pair", Second.ONCE, by=Role.TRIAGE_OFFICER, names=a_pair,
      sends=lambda w, who: {"verdict": "not_same", "why": f"Two girls of one class, says {who}"}, words=("why",)),
    C("who_is_who:take_back", Second.ONCE, by=Role.TRIAGE_OFFICER, names=a_judgement,
      sends=lambda w, who: {"why": f"The wrong file, says {who}"}, words=("why",)),
    # raising a concern
    C("concerns:begin", Second.ADDS, by=Role.MENTOR, page=lambda w: "/concerns/", sends=lambda w, who: {}, again=True),
    C("concerns:begin_from", Second.ADDS, by=Role.LEAD_PROFESSIONAL, names=a_question_answered_concern,
      page=lambda w: f"/questions/{hers(w).hub_question.id}/", sends=lambda w, who: {}),
    C("concerns:join_from", Second.ONCE, elsewhere="joined by two: tests/integration/concerns/test_joining.py"),
    C("concerns:draft", Second.OWN, by=Role.MENTOR, names=a_concern_begun, words=("what_worries",), also="two windows",
      sends=lambda w, who: {"what_worries": f"Late home, says {who}"}),
    C("concerns:check", Second.OWN, by=Role.MENTOR, names=a_whole_concern, sends=lambda w, who: {}),
    C("concerns:one_raised", Second.OWN, elsewhere="added to by whoever raised it: tests/integration/concerns/test_the_form.py"),
    C("concerns:links", Second.ADDS, by=Role.TRIAGE_OFFICER, sends=lambda w, who: {"for_whom": f"The leisure centre, {who}", "raises": "business"}),
    C("concerns:end_link", Second.OWN, by=Role.TRIAGE_OFFICER, page=lambda w: "/concerns/links/", sends=lambda w, who: {}, quiet=True),
    *(C(name, Second.OWN, elsewhere="without an account: tests/integration/concerns/test_the_public_page.py")
      for name in ("concerns:public_begin", "concerns:public_form", "concerns:come_back", "concerns:by_link")),
    C("concerns:api", Second.OWN, elsewhere="a system's own: tests/integration/concerns/test_links_and_systems.py"),
    # ---- missing
    C("missing:report", Second.ADDS, sends=as_declared_without_token("missing:report")),
    C("missing:report_nobody_known", Second.ADDS, by=Role.MISSING_COORDINATOR,
      sends=lambda w, who: {**at_midnight(w), "called": f"Jo {who}", "known_by": f"A green coat, says {who}"}),
    C("missing:who", Second.EDITS, elsewhere="said by two: tests/integration/missing/test_nobody_known.py"),
    C("missing:step", Second.ONCE, words=("words",), sends=as_declared_without_token("missing:step")),
    C("missing:step", Second.ONCE, by=Role.MISSING_COORDINATOR, names=lambda w: {"episode_id": hers(w).more["missing"].pk, "how": "grade"}, also="grade",
      sends=lambda w, who: {**at_midnight(w), "grade": "high", "words": f"They ring at six, says {who}"}, words=("words",), before=gone_since_yesterday),
    C("missing:step", Second.ONCE, by=Role.MISSING_COORDINATOR, names=lambda w: {"episode_id": hers(w).more["missing"].pk, "how": "returned"}, also="returned",
      sends=lambda w, who: {**at_midnight(w), "words": f"By bus, says {who}"}, words=("words",), before=gone_since_yesterday),
    C("missing:interview", Second.ONCE, by=Role.MISSING_COORDINATOR, before=back_since_yesterday,
      sends=lambda w, who: {**at_midnight(w), "independent": "yes", "told_of_harm": "no", "childs_words": f"Fed up, she said to {who}"},
      shows="Interview held in time"),
    C("missing:add_action", Second.ADDS, sends=as_declared_without_token("missing:add_action")),
    C("missing:action_done", Second.ONCE, words=("outcome",)),
    C("missing:fill_in", Second.EDITS, by=Role.MISSING_COORDINATOR, sends=lambda w, who: {"places": f"The canal, says {who}"}, words=("places",)),
    C("missing:print_sheet", Second.ADDS, by=Role.LEAD_PROFESSIONAL, sends=as_declared_without_token("missing:print_sheet")),
    C("missing:photograph", Second.ADDS, elsewhere="a file, replaced by the next: tests/integration/missing/test_a_photograph.py"),
    C("missing:take_off_photograph", Second.ONCE, elsewhere="pressed twice: tests/integration/missing/test_a_photograph.py"),
    # safe contact, documents
    C("people:safe_contact", Second.EDITS, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {"flag": "preferred_name", "words": f"Ash, says {who}", "said_by": f"She herself to {who}", **day("said_on", w.today)},
      words=("words", "said_by")),
    C("people:end_safe_contact", Second.ONCE, by=Role.LEAD_PROFESSIONAL, names=a_flag, sends=lambda w, who: {"why": f"She said so, says {who}"}, words=("why",)),
    C("sharing:ask_to_delete", Second.ADDS, by=Role.LEAD_PROFESSIONAL, sends=lambda w, who: {"why": f"The wrong record, says {who}"}),
    C("sharing:delete_document", Second.ONCE, elsewhere="only whoever asked: tests/integration/sharing/test_deleting_a_document.py"),
    C("concerns:source", Second.ONCE, elsewhere="only whoever asked: tests/integration/concerns/test_who_a_source_is.py"),
    C("concerns:ask_who_a_source_is", Second.ADDS, by=Role.POLICE_EXPLOITATION_TEAM,
      sends=lambda w, who: {"reference": hers(w).more["decided"].reference, "why": f"Somebody is in danger, says {who}"}),
    C("single_view:documents", Second.ADDS, by=Role.LEAD_PROFESSIONAL, again=True,
      sends=lambda w, who: {"compartment": "social_care", "file": SimpleUploadedFile(f"letter-{who}.txt", f"A letter of {who}.".encode())}),
]  # fmt: skip


# ---- concerns, at triage
def _as_received(world: World) -> None:
    Concern.objects.filter(pk=hers(world).more["concern"].pk).update(step="received")


def _decide(world: World, concern: Concern) -> None:
    said = Deciding("no_further_action", "The phone is her cousin's")
    decide(concern.pk, said, token=uuid4(), by=world.near.people[Role.TRIAGE_OFFICER], now=world.now)


def _decided(world: World) -> None:
    _decide(world, hers(world).more["concern"])


def _told(world: World) -> None:
    """The school's own concern, and the school is told what was decided."""
    _decide(world, world.at_triage)
    tell_referrer(
        world.at_triage.pk, how="in_rowan", by=world.near.people[Role.TRIAGE_OFFICER], now=world.now
    )


def her_concern(world: World) -> str:
    return reverse("concerns:triage_one", args=[hers(world).more["concern"].pk])


def the_concern(world: World) -> str:
    return reverse("concerns:triage_one", args=[world.at_triage.pk])


AT_THE_DESK = {"by": Role.TRIAGE_OFFICER}
AT_SCHOOL = {"by": Role.SCHOOL_SAFEGUARDING_LEAD}
A_LOOK = "a look: it is sent by POST so that no address holds a name"
CHANGES += [
    C("concerns:begin_screening", Second.ONCE, **AT_THE_DESK, before=_as_received, page=her_concern, sends=lambda w, who: {}, quiet=True),
    C("concerns:acknowledge", Second.ONCE, elsewhere="only the worker it was passed to: tests/integration/concerns/triage/test_acknowledging.py"),
    C("concerns:urgency", Second.EDITS, **AT_THE_DESK,
      sends=lambda w, who: {"urgency": {A: "red", B: "green"}[who], "why": f"She is out tonight, says {who}"}, words=("why",)),
    C("concerns:say_who", Second.EDITS, **AT_THE_DESK,
      sends=lambda w, who: her_id(w) | {"how_known": f"Her head of year named her to {who}"}, words=("how_known",)),
    C("concerns:nobody_known", Second.EDITS, **AT_THE_DESK,
      sends=lambda w, who: {"first_name": f"Nia {who}", "how_known": f"She moved here, says {who}"}, words=("first_name", "how_known")),
    C("concerns:ask_for_check", Second.ONCE, **AT_THE_DESK,
      sends=lambda w, who: {"agency": w.near.agencies[AgencyKind.POLICE].pk, "asks": f"Whose phone is it, asks {who}"}, words=("asks",)),
    C("concerns:agency_check", Second.ONCE, **AT_SCHOOL,
      sends=lambda w, who: {"nothing_known": "no", "answer": f"A cousin gave it to her, says {who}"}, words=("answer",)),
    C("concerns:part_known", Second.ONCE, **AT_THE_DESK, page=the_concern, sends=lambda w, who: {}, quiet=True),
    C("concerns:resolve", Second.EDITS, **AT_THE_DESK,
      sends=lambda w, who: {"then": "choose", "into": hers(w).child.id, "how_known": f"The number plate, says {who}"}, words=("how_known",)),
    C("concerns:decide", Second.ONCE, **AT_THE_DESK,
      sends=lambda w, who: {"decided": {A: "advice", B: "no_further_action"}[who], "reason": f"A cousin's phone, says {who}"}, words=("reason",)),
    C("concerns:statutory_fact", Second.ADDS, **AT_THE_DESK,
      sends=lambda w, who: {"fact": "contact", "reference": f"CSC {who}", **day("on", w.today)}),
    C("concerns:statutory_fact", Second.ONCE, **AT_THE_DESK, also="the same fact",
      sends=lambda w, who: {"fact": "contact", "reference": "CSC 1", "words": f"By telephone, says {who}", **day("on", w.today)}, words=("words",)),
    C("concerns:tell_referrer", Second.ONCE, **AT_THE_DESK, before=_decided,
      sends=lambda w, who: {"how": {A: "in_rowan", B: "by_telephone"}[who]}, shows="By telephone, or face to face"),
    C("concerns:write_reply", Second.ADDS, **AT_THE_DESK, sends=lambda w, who: {"words": f"Thank you, says {who}"}),
    C("concerns:licensing", Second.ADDS, **AT_THE_DESK,
      sends=lambda w, who: {
          "register": "drivers", "kept_by": "The city", "sought": "Taz", "why": f"Two children named the car, says {who}", "found": "not_found", **day("looked_on", w.today),
      }, words=("why",)),
    C("concerns:challenge", Second.ONCE, **AT_SCHOOL, before=_told,
      sends=lambda w, who: {"why": f"She has no cousin, says {who}", "sought": f"A visit, says {who}"}, words=("why", "sought")),
    C("concerns:protections", Second.ADDS, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {"about": "duty_to_report", "words": f"She told {who}", "entry_key": ""}),
    C("concerns:protections", Second.ONCE, by=Role.LEAD_PROFESSIONAL, also="of an arrest", quiet=True,
      sends=lambda w, who: {"about": "section_45"}),
    C("concerns:protection", Second.ONCE, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {"to": "not_referred", "words": f"She is safe at home, says {who}", **day("on", w.today)}, words=("words",)),
    *(C(f"concerns:{name}", Second.ADDS, elsewhere=A_LOOK) for name in ("who", "search", "reach_referrer")),
]  # fmt: skip
# ---- assessments: where a child stands


def _closed(world: World) -> None:
    Strand.objects.filter(person=hers(world).child).update(step="closed")


def _watched(world: World) -> None:
    Strand.objects.filter(person=hers(world).child).update(step="watched")


def a_version(world: World) -> dict:
    made = write(
        Assessed(**said_of_harm(world.today)), token=uuid4(), person_id=hers(world).child.id, now=world.now,
        second=world.near.people[Role.APPROVING_MANAGER], by=world.near.people[Role.LEAD_PROFESSIONAL],
    )  # fmt: skip
    return {"version_id": made.pk}


def a_step_down(world: World) -> dict:
    asked = StepDownAsked("watched", "significant_concern", "Home every night", "Glad", world.today + timedelta(days=60))  # fmt: skip
    made = ask_to_step_down(
        asked, token=uuid4(), person_id=hers(world).child.id, second=world.near.people[Role.APPROVING_MANAGER],
        by=world.near.people[Role.LEAD_PROFESSIONAL], now=world.now,
    )  # fmt: skip
    return {"step_down_id": made.pk}


CHANGES += [
    C("assessments:begin", Second.ONCE, by=Role.LEAD_PROFESSIONAL, before=_closed,
      sends=lambda w, who: {"why": f"He is back, says {who}", "lead": w.near.people[Role.LEAD_PROFESSIONAL].pk}, words=("why",)),
    C("assessments:hand_over", Second.EDITS, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {"why": f"She moves teams, says {who}", "lead": w.near.people[{A: Role.TRIAGE_OFFICER, B: Role.EXPLOITATION_COORDINATOR}[who]].pk},
      words=("why",)),
    C("assessments:write", Second.EDITS, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: as_declared("assessments:write")(w, who) | {"narrative": f"An adult waits for her, says {who}"}, words=("narrative",)),
    C("assessments:look_at", Second.ONCE, by=Role.APPROVING_MANAGER, names=a_version,
      sends=lambda w, who: {"approved": "no", "words": f"Ask her school, says {who}"}, words=("words",)),
    C("assessments:ask_to_step_down", Second.ONCE, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: as_declared("assessments:ask_to_step_down")(w, who) | {"evidence": f"Home every night, says {who}"}, words=("evidence",)),
    C("assessments:step_down", Second.ONCE, by=Role.APPROVING_MANAGER, names=a_step_down,
      sends=lambda w, who: {"agreed": "no", "words": f"Too soon, says {who}"}, words=("words",)),
    C("assessments:look_back", Second.EDITS, by=Role.LEAD_PROFESSIONAL, before=_watched,
      sends=lambda w, who: {"found": f"Well, says {who}", "works_again": "no", **day("again_on", w.today + timedelta(days=9))}, words=("found",)),
    *(C(f"assessments:{name}", Second.ADDS, sends=as_declared(f"assessments:{name}")) for name in ("seen", "dissent", "statutory", "transition")),
]  # fmt: skip
# plans
CHANGES += [
    C("plans:add", Second.ADDS, sends=as_declared("plans:add")),
    C("plans:action", Second.ONCE, by=Role.LEAD_PROFESSIONAL,
      sends=lambda w, who: {"to": "done", "words": f"Rang her, says {who}"}, words=("words",)),
]  # fmt: skip


# ---- meetings
def _two_run_it(world: World) -> None:
    """One arranges the meeting; her colleague chairs it."""
    chair = colleague(world, Role.EXPLOITATION_COORDINATOR)
    Meeting.objects.filter(pk=hers(world).more["meeting"].pk).update(chair=chair)


def _to_be_held(world: World) -> None:
    _two_run_it(world)
    Meeting.objects.filter(pk=hers(world).more["meeting"].pk).update(step="planned", began_at=None)


def _not_decided(world: World) -> None:
    _two_run_it(world)
    Item.objects.filter(pk=hers(world).more["item"].pk).update(
        decision="", reason="", childs_view="", review_on=None, decided_by=None, decided_at=None
    )


def _held(world: World) -> None:
    meeting, organiser = hers(world).more["meeting"], world.near.people[Role.EXPLOITATION_COORDINATOR]
    write_minutes(meeting, words="Lighting at the park", by=organiser, now=world.now)
    end_meeting(meeting, by=organiser, now=world.now)


def the_meeting(world: World) -> str:
    return reverse("meetings:meeting", args=[hers(world).more["meeting"].pk])


def a_series(world: World, who: str) -> dict:
    people = world.near.people
    return {
        "name": f"Weekly panel of {who}", "kind": "panel", "rhythm": "weekly", **day("first_on", world.today + timedelta(days=7)),
        "chair": people[Role.PANEL_CHAIR].pk, "organiser": people[Role.EXPLOITATION_COORDINATOR].pk, "members": [people[Role.PANEL_MEMBER].pk],
    }  # fmt: skip


def an_action(world: World, who: str) -> dict:
    owner = world.near.people[Role.LEAD_PROFESSIONAL]
    return {"what": f"See her at school, says {who}", "owner": owner.pk, **day("due_on", world.today)}


RUNS_IT = {"by": Role.EXPLOITATION_COORDINATOR, "before": _two_run_it}
CHANGES += [
    C("meetings:set_up", Second.ADDS, by=Role.EXPLOITATION_COORDINATOR, sends=a_series),
    C("meetings:change_series", Second.EDITS, **RUNS_IT, words=("place",),
      sends=lambda w, who: a_series(w, who) | {"place": f"Room {who} at the town hall"}),
    C("meetings:add_child", Second.ONCE, **RUNS_IT,
      sends=lambda w, who: {"meeting": hers(w).more["meeting"].pk, "why": f"She was away twice, says {who}"}, words=("why",)),
    C("meetings:draw_up", Second.ONCE, **RUNS_IT, page=the_meeting, sends=lambda w, who: {}, quiet=True),
    C("meetings:who_came", Second.EDITS, **RUNS_IT,
      sends=lambda w, who: {"came": [w.near.people[{A: Role.PANEL_CHAIR, B: Role.PANEL_MEMBER}[who]].pk]}, shows="Who is here"),
    C("meetings:end", Second.ONCE, **RUNS_IT, page=the_meeting, sends=lambda w, who: {}, quiet=True),
    C("meetings:minutes", Second.EDITS, **RUNS_IT, sends=lambda w, who: {"words": f"Lighting at the park, says {who}"}, words=("words",)),
    C("meetings:approve", Second.OWN, by=Role.PANEL_CHAIR, before=_held, page=the_meeting, sends=lambda w, who: {}),
    C("meetings:cancel", Second.ONCE, by=Role.EXPLOITATION_COORDINATOR, before=_to_be_held,
      sends=lambda w, who: {"why": f"The hall is shut, says {who}"}, words=("why",)),
    C("meetings:decide", Second.EDITS, **RUNS_IT,
      sends=lambda w, who: as_declared_without_token("meetings:decide")(w, who) | {"reason": f"She was seen, says {who}"}, words=("reason",)),
    C("meetings:dissent", Second.ADDS, **RUNS_IT, sends=as_declared_without_token("meetings:dissent")),
    C("meetings:set_action", Second.ADDS, **RUNS_IT, sends=an_action),
    C("meetings:outcome", Second.ONCE, **RUNS_IT, sends=lambda w, who: {"to": "done", "words": f"Rang her aunt, says {who}"}, words=("words",)),
    C("meetings:take_off", Second.ONCE, by=Role.EXPLOITATION_COORDINATOR, before=_not_decided,
      sends=lambda w, who: {"why": f"She has moved, says {who}"}, words=("why",)),
]  # fmt: skip


# ---- escalation
def a_place(world: World) -> dict:
    post = world.near.posts[PostKind.MISSING_COORDINATOR]
    made = Place.objects.create(
        level="head_of_service", post=post, order=1, from_on=world.today - timedelta(days=9), at=world.now,
        by=world.near.people[Role.EXPLOITATION_COORDINATOR],
    )  # fmt: skip
    return {"place_id": made.pk}


def a_post_at_a_level(world: World, who: str) -> dict:
    post = world.near.posts[PostKind.MISSING_COORDINATOR]
    return {"level": "head_of_service", "post": post.pk, "order": "1", **day("from_on", world.today)}


def _two_may_move_it(world: World) -> None:
    """Whoever raised it, and a colleague who has it at this stage."""
    raised = hers(world).more["disagreement"]
    raised.stages.update(owner=colleague(world, Role.LEAD_PROFESSIONAL))


def _resolved(world: World) -> None:
    _two_may_move_it(world)
    resolve_disagreement(
        hers(world).more["disagreement"], how="agreed", words="They walk with her", now=world.now,
        by=world.near.people[Role.LEAD_PROFESSIONAL],
    )  # fmt: skip


MOVES_IT = {"by": Role.LEAD_PROFESSIONAL, "before": _two_may_move_it}
CHANGES += [
    C("escalation:ladder", Second.ADDS, by=Role.EXPLOITATION_COORDINATOR, sends=a_post_at_a_level),
    C("escalation:end_place", Second.ONCE, by=Role.EXPLOITATION_COORDINATOR, names=a_place, page=lambda w: reverse("escalation:ladder"),
      sends=lambda w, who: {}, quiet=True),
    C("escalation:overdue", Second.OWN, elsewhere="of whoever has it at its level alone: tests/integration/escalation"),
    C("escalation:raise", Second.ADDS, sends=as_declared("escalation:raise")),
    C("escalation:respond", Second.ADDS, sends=as_declared("escalation:respond")),
    C("escalation:go_up", Second.ONCE, **MOVES_IT, sends=lambda w, who: {"why": f"They will not, says {who}"}, words=("why",)),
    C("escalation:resolve", Second.ONCE, **MOVES_IT,
      sends=lambda w, who: {"how": "agreed", "words": f"They walk with her, says {who}"}, words=("words",)),
    C("escalation:learn", Second.ONCE, by=Role.LEAD_PROFESSIONAL, before=_resolved,
      sends=lambda w, who: {"words": f"Ask sooner, says {who}"}, words=("words",)),
]  # fmt: skip
TRIED = [change for change in CHANGES if not change.elsewhere]
