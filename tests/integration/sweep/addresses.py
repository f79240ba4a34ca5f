"""Every address the site knows: to whom it opens, what object it names, whose words it shows, and what it changes.

An address that is not declared here fails the build. To whom it opens is typed here from the design, not read from the code.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from tests import people_in_tests as invented

from .canaries import within
from .who_may_read import CONTACTS, OPENS_NO_RECORD, PACKS, PLAN
from .world import NO_SUCH_PERSON, WHERE_THEY_WORK, Record, World, said_of_harm

EVERYBODY = frozenset(Role)
NO_ROLE: frozenset[Role] = frozenset()
OPENS_RECORDS = EVERYBODY - OPENS_NO_RECORD
KEEPS_THE_FEEDS = frozenset({Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE, Role.ANALYST})
AT_THE_HUB = frozenset(
    {
        Role.EDUCATION_WELFARE_OFFICER,
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.MISSING_COORDINATOR,
        Role.YOUTH_JUSTICE_WORKER,
        Role.POLICE_EXPLOITATION_TEAM,
        Role.HEALTH_LEAD,
        Role.APPROVING_MANAGER,
        Role.ANALYST,
    }
)
POLICE_WORDS = frozenset(
    {
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.MISSING_COORDINATOR,
        Role.RETURN_INTERVIEW_WORKER,
        Role.YOUTH_JUSTICE_WORKER,
        Role.POLICE_EXPLOITATION_TEAM,
        Role.APPROVING_MANAGER,
        Role.ANALYST,
    }
)
SOCIAL_CARE_WORDS = frozenset(
    {
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.MISSING_COORDINATOR,
        Role.APPROVING_MANAGER,
    }
)
DECISIONS = frozenset({Role.TRIAGE_OFFICER, Role.EXPLOITATION_COORDINATOR, Role.APPROVING_MANAGER})
# Those whom the matrix lets read decisions. The agency that decided is the council, where nobody else reads them.
DECIDES_AND_READS = DECISIONS | {Role.LEAD_PROFESSIONAL}
AT_THE_COUNCIL = frozenset(role for role in Role if role not in WHERE_THEY_WORK)

RESTRICTS = frozenset(
    {
        Role.LEAD_PROFESSIONAL,
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.APPROVING_MANAGER,
    }
)
MAKES_LINKS = frozenset(
    {
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.MISSING_COORDINATOR,
        Role.APPROVING_MANAGER,
        Role.POLICE_EXPLOITATION_TEAM,
        Role.HEALTH_LEAD,
    }
)
LIFTS = frozenset({Role.EXPLOITATION_COORDINATOR, Role.APPROVING_MANAGER})
APPROVES_FOR_TWO = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.INFORMATION_GOVERNANCE,
        Role.APPROVING_MANAGER,
        Role.SAFEGUARDING_LEAD,
        Role.EXPLOITATION_COORDINATOR,
        Role.POLICE_EXPLOITATION_TEAM,
    }
)
LOOKS_AT_ACCOUNTS = frozenset({Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE})


# Those who may read decisions, those of the council, which asked, and of the school, which was asked.
READS_REQUESTS = DECIDES_AND_READS | {Role.SCHOOL_SAFEGUARDING_LEAD}
KEEPS_AGREEMENTS = frozenset(
    {
        Role.EXPLOITATION_COORDINATOR,
        Role.SAFEGUARDING_LEAD,
        Role.PANEL_CHAIR,
        Role.INFORMATION_GOVERNANCE,
    }
)
# The district's safeguarding lead keeps agreements, but not one that her district is no part of.
KEEPS_AGREEMENTS_OF_THE_COUNCIL = KEEPS_AGREEMENTS - {Role.SAFEGUARDING_LEAD}


REPORTS_NOBODY_KNOWN = frozenset(
    {
        Role.MISSING_COORDINATOR,
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.APPROVING_MANAGER,
        Role.POLICE_EXPLOITATION_TEAM,
    }
)
# Concerns, at triage.
JUDGES = frozenset({Role.TRIAGE_OFFICER, Role.EXPLOITATION_COORDINATOR, Role.ANALYST})
AT_TRIAGE = frozenset({Role.TRIAGE_OFFICER, Role.EXPLOITATION_COORDINATOR, Role.APPROVING_MANAGER})
SEARCHES = frozenset(
    {Role.TRIAGE_OFFICER, Role.EXPLOITATION_COORDINATOR, Role.LEAD_PROFESSIONAL, Role.ANALYST}
)
# Those at the desk, and those of her own workers whose role sees concerns whole.
CONTACTS_IN_WORDS = frozenset(CONTACTS)
OF_THE_SCHOOL = frozenset({Role.SCHOOL_SAFEGUARDING_LEAD})


def at_the_desk(record: Record, what: str):
    """What stands at triage about this child; of the far child nothing does."""
    return record.more[what].pk if what in record.more else uuid.UUID(int=0)


def of_concern(name: str, **more) -> "Address":
    return Address(
        f"concerns:{name}",
        of_record=lambda record: {"concern_id": at_the_desk(record, "concern")},
        of_nobody={"concern_id": uuid.UUID(int=0)},
        **more,
    )


def concern_of(world: World) -> dict:
    return {"concern_id": world.at_triage.pk}


def agreement(world: World) -> dict:
    return {"series": world.between_agencies.series}


def typed_agreement(world: World) -> dict:
    said = world.between_agencies
    boxes = ("name", "purpose", "article6", "condition", "duty", "document_reference")
    return {
        "token": "00000000-0000-4000-8000-00000000000c",
        "based_on": said.pk,
        **{box: getattr(said, box) for box in boxes},
        "parties": sorted(agency.pk for agency in said.parties.all()),
        "owner": said.owner_id,
        **day("from_on", said.from_on),
        **day("review_on", said.review_on),
    }


def somebody(world: World) -> dict:
    return {"practitioner_id": world.near.people[Role.MENTOR].pk}


def of_the_council(world: World) -> dict:
    return {"agency_id": world.near.agencies[AgencyKind.COUNCIL].pk}


def the_triage_desk(world: World) -> dict:
    return {"post_id": world.near.posts[PostKind.TRIAGE].pk}


def day(name: str, on) -> dict:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@dataclass(frozen=True)
class Address:
    name: str
    opens_to: frozenset[Role] = EVERYBODY
    # The arguments that name an object of a child's record (for nobody's record, of one that is not there).
    of_record: Callable[[Record], dict] | None = None
    of_nobody: dict | None = None
    # Those of a second object of the same record, of another kind.
    also_of_record: Callable[[Record], dict] | None = None
    # Arguments that name no child's object, such as a rule.
    args: Callable[[World], dict] | None = None
    # The tables of whose rows every mark is seen here, about a child they work with; what else stands here is in `glimpses.py`.
    shows: tuple[str, ...] = ()
    pages: tuple[str, ...] = ("",)
    before_signing_in: bool = False
    takes_get: bool = True
    # What to send that would change something, by somebody who may.
    sends: Callable[[World], dict] | None = None
    changed_by: Role | None = None
    asks_everybody: bool = False  # the same page whatever the id leads to: it tells nothing
    # Roles that read the trail and no record: the page shows them no more than that somebody looked at a number.
    reads_the_trail: frozenset[Role] = NO_ROLE
    again: bool = False  # sent again, it is meant to happen again

    @property
    def about_a_child(self) -> bool:
        return self.of_record is not None

    def paths(self, world: World, standing: str) -> list[str]:
        """The addresses of this object, page by page."""
        if self.about_a_child:
            objects = self._objects(world.records.get(standing))
        else:
            objects = [self.args(world) if self.args else {}]
        return [reverse(self.name, kwargs=given or {}) + page for given in objects for page in self.pages]

    def _objects(self, record: Record | None) -> list[dict | None]:
        if record is None:
            return [self.of_nobody]
        return [of_record(record) for of_record in (self.of_record, self.also_of_record) if of_record]


def a_child(name: str, **more) -> Address:
    return Address(
        name,
        of_record=lambda record: {"person_id": record.child.id},
        of_nobody={"person_id": NO_SUCH_PERSON},
        **more,
    )


NO_QUESTION = {"question_id": uuid.UUID(int=0)}
NO_EPISODE = {"episode_id": uuid.UUID(int=0)}


def at_midnight(world: World) -> dict:
    return {**day("at_on", world.today), "at_time": "00:00"}


ADDRESSES = [
    # the doors
    Address("home"),
    *(
        Address(name, before_signing_in=True)
        for name in ("privacy", "privacy_for_children", "who_is_responsible")
    ),
    Address("running", KEEPS_THE_FEEDS),
    Address("components"),
    Address("agencies:who_answers"),
    Address("notices:for_me"),
    Address("notices:read", takes_get=False),
    Address("access:matrix"),
    # emergency access, and hiding a record
    Address("access:reviews", frozenset({Role.INFORMATION_GOVERNANCE})),
    Address("access:review", NO_ROLE, args=lambda world: {"opening_id": 999_999_999}),
    Address("access:end", NO_ROLE, args=lambda world: {"opening_id": 999_999_999}, takes_get=False),
    a_child("access:emergency", asks_everybody=True),
    a_child("access:look", asks_everybody=True),
    a_child("access:restrict", opens_to=OPENS_RECORDS),
    a_child("access:lift", opens_to=LIFTS),
    # Hers is not restricted: these lead on to where she could be. What they show and change has tests of its own.
    a_child("access:restriction", opens_to=OPENS_RECORDS),
    a_child("access:let_in", opens_to=OPENS_RECORDS),
    a_child("access:hand_over", opens_to=OPENS_RECORDS),
    Address(
        "access:take_off",
        OPENS_RECORDS,
        of_record=lambda record: {"person_id": record.child.id, "practitioner_id": 1},
        of_nobody={"person_id": NO_SUCH_PERSON, "practitioner_id": 1},
    ),
    a_child(
        "access:works_with",
        opens_to=OPENS_RECORDS,
        sends=lambda world: {"called": "mentor-far"} | day("from_on", world.today),
        changed_by=Role.LEAD_PROFESSIONAL,
    ),
    Address(
        "access:end_part",
        NO_ROLE,
        of_record=lambda record: {"person_id": record.child.id, "part_id": 999_999_999},
        of_nobody={"person_id": NO_SUCH_PERSON, "part_id": 999_999_999},
    ),
    a_child(
        "access:keep_out",
        opens_to=RESTRICTS,
        sends=lambda world: {"user_name": "mentor-near", "why": "A neighbour of hers"},
        changed_by=Role.TRIAGE_OFFICER,
    ),
    Address(
        "access:let_back",
        NO_ROLE,
        of_record=lambda record: {"person_id": record.child.id, "kept_id": 999_999_999},
        of_nobody={"person_id": NO_SUCH_PERSON, "kept_id": 999_999_999},
    ),
    # signing in, and one's own account; nobody's child is here
    Address("account_login", NO_ROLE, before_signing_in=True),
    Address("agencies:sign_in_by_link", NO_ROLE, args=lambda world: {"token": "x"}, before_signing_in=True),
    Address("agencies:choose_own_sign_in", before_signing_in=True),
    *(
        Address(name, NO_ROLE, args=lambda world: {"provider_id": "no-such-agency"}, before_signing_in=True)
        for name in ("openid_connect_login", "openid_connect_callback")
    ),
    Address("agencies:sign_out", takes_get=False),
    *(
        Address(name)
        for name in (
            "mfa_authenticate",
            "mfa_login_webauthn",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_change_password",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
            "mfa_add_webauthn",
        )
    ),
    *(
        Address(name, NO_ROLE, args=lambda world: {"pk": 999_999_999})
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    ),
    Address("agencies:sessions"),
    Address("agencies:typed_text"),
    # for systems: nobody's session opens them
    Address("agencies:api_token", NO_ROLE, takes_get=False),
    Address("api_feeds", NO_ROLE),
    Address("agencies:end_session", takes_get=False),
    # accounts
    Address("agencies:accounts", LOOKS_AT_ACCOUNTS),
    Address("agencies:new_account", frozenset({Role.ADMINISTRATOR})),
    Address("agencies:account", LOOKS_AT_ACCOUNTS, args=somebody),
    Address("agencies:change_details", frozenset({Role.ADMINISTRATOR}), args=somebody),
    Address(
        "agencies:change_role",
        frozenset({Role.ADMINISTRATOR}),
        args=somebody,
        sends=lambda world: {"role": Role.ANALYST.value, "why": "Has moved to the hub"},
    ),
    Address(
        "agencies:end_account",
        frozenset({Role.ADMINISTRATOR}),
        args=somebody,
        sends=lambda world: {"why": "Has left"},
    ),
    Address(
        "agencies:ask_for_reset",
        frozenset({Role.ADMINISTRATOR}),
        args=somebody,
        sends=lambda world: {"why": "Lost the telephone"},
    ),
    Address("agencies:give_starting_password", args=somebody, takes_get=False),
    Address("agencies:unlink", args=somebody, takes_get=False),
    Address("agencies:own_sign_ins", LOOKS_AT_ACCOUNTS),
    Address("agencies:end_own_sign_in", NO_ROLE, args=lambda world: {"own_id": 999_999_999}),
    Address("agencies:awaited_roles", APPROVES_FOR_TWO),
    Address("agencies:awaited_role", NO_ROLE, args=lambda world: {"awaited_id": 999_999_999}),
    Address(
        "agencies:turn_down_role",
        NO_ROLE,
        args=lambda world: {"awaited_id": 999_999_999},
        takes_get=False,
    ),
    Address("agencies:confirm_reset", NO_ROLE, args=lambda world: {"reset_id": 999_999_999}),
    # Of somebody's own app and codes, and nobody near has any.
    Address("mfa_deactivate_totp", NO_ROLE),
    Address("mfa_view_recovery_codes", NO_ROLE),
    # the absence calendar
    Address(
        "timescales:absences",
        sends=lambda world: {
            "practitioner": world.near.people[Role.TRIAGE_OFFICER].pk,
            **day("from_on", world.today),
            **day("until_on", world.today),
        },
        changed_by=Role.TRIAGE_OFFICER,
    ),
    Address("timescales:come_back", NO_ROLE, args=lambda world: {"absence_id": 999_999_999}, takes_get=False),
    # posts and leads
    Address("timescales:posts", LOOKS_AT_ACCOUNTS),
    Address("timescales:agency_posts", LOOKS_AT_ACCOUNTS, args=of_the_council),
    *(
        Address(f"timescales:{name}", frozenset({Role.ADMINISTRATOR}), args=of_the_council)
        for name in ("new_post", "chain_of_leads")
    ),
    *(
        Address(f"timescales:{name}", frozenset({Role.ADMINISTRATOR}), args=the_triage_desk)
        for name in ("seat", "deputy")
    ),
    Address(
        "timescales:end_seat",
        frozenset({Role.ADMINISTRATOR}),
        args=lambda world: {"holding_id": world.near.posts[PostKind.TRIAGE].holdings.get().pk},
    ),
    # what agencies sent
    Address("records:imports", KEEPS_THE_FEEDS),
    Address("records:imported_file", KEEPS_THE_FEEDS, args=lambda world: {"import_id": "a" * 32}),
    Address("records:quarantine", KEEPS_THE_FEEDS),
    Address("records:feeds"),
    Address("records:feed", args=lambda world: {"agreement_id": world.agreement.pk}),
    # settings
    Address("timescales:settings", pages=("", "?words=working")),
    Address("timescales:settings_of_room", args=lambda world: {"room": "questions"}),
    Address(
        "timescales:setting",
        frozenset({Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE}),
        args=lambda world: {"name": "questions.missing_again.episodes"},
        sends=lambda world: {
            "value": "4",
            "untried": "on",
            **day("from_on", world.today),
            "why": "Agreed by the panel",
        },
    ),
    Address(
        "timescales:try_setting",
        frozenset({Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE}),
        args=lambda world: {"name": "questions.missing_again.episodes"},
        sends=lambda world: {"value": "5"},
    ),
    Address(
        "questions:dry_run",
        frozenset({Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE}),
        args=lambda world: {"number": world.dry_run.pk},
    ),
    # questions
    Address("questions:rules", before_signing_in=True),
    Address("questions:rule", args=lambda world: {"name": "missing_again"}, before_signing_in=True),
    Address("questions:rule_by_group", args=lambda world: {"name": "missing_again"}),
    Address(
        "questions:switch",
        frozenset({Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE}),
        args=lambda world: {"name": "missing_again"},
        sends=lambda world: {"to": "off", "why": "Reviewed"},
    ),
    Address("questions:for_me", shows=("questions.Reason",)),
    Address("questions:older_signs"),
    Address("questions:feed", NO_ROLE, args=lambda world: {"silent_feed_id": uuid.UUID(int=0)}),
    Address(
        "questions:question",
        AT_THE_HUB,
        of_record=lambda record: {"question_id": record.hub_question.id},
        of_nobody=NO_QUESTION,
        shows=("questions.Question", "questions.Reason", "questions.EvidenceRow", "people.SafeContact"),
    ),
    Address(
        "questions:answer",
        AT_THE_HUB,
        of_record=lambda record: {"question_id": record.hub_question.id},
        of_nobody=NO_QUESTION,
        sends=lambda world: {"kind": "in_plan", "plan_text": "The plan of 3 June"},
        changed_by=Role.MISSING_COORDINATOR,
    ),
    Address(
        "questions:not_this_child",
        AT_THE_HUB & POLICE_WORDS,
        of_record=lambda record: {
            "evidence_id": record.hub_question.reasons.get().evidence.order_by("pk").first().pk
        },
        of_nobody={"evidence_id": 999_999_999},
        sends=lambda world: {"why": "Another child of that name"},
        changed_by=Role.MISSING_COORDINATOR,
    ),
    Address(
        "questions:strategy",
        POLICE_WORDS,
        of_record=lambda record: {"entry_key": record.sign.key},
        of_nobody={"entry_key": "0" * 64},
        shows=("questions.StrategyAnswer", "people.SafeContact"),
        sends=lambda world: {
            "held": "yes",
            "reason": "Held today",
            "manager": "A manager",
            "other_children": "None",
        },
        changed_by=Role.TRIAGE_OFFICER,
    ),
    Address(
        "questions:settle",
        AT_THE_HUB | {Role.SCHOOL_SAFEGUARDING_LEAD},
        of_record=lambda record: {"owed_id": record.more["owed"].pk},
        of_nobody={"owed_id": 999_999_999},
        sends=lambda world: {"outcome": "They answered"},
        changed_by=Role.SCHOOL_SAFEGUARDING_LEAD,
    ),
    # a school's own question
    Address(
        "questions:question",
        AT_THE_HUB | {Role.SCHOOL_SAFEGUARDING_LEAD},
        of_record=lambda record: {"question_id": record.school_question.id},
        of_nobody=NO_QUESTION,
        shows=("questions.Question", "questions.Reason", "questions.EvidenceRow", "questions.Answer"),
    ),
    # sharing
    Address("sharing:can_i_share", before_signing_in=True),
    Address("sharing:standing"),
    Address("sharing:set_up_standing"),  # to most it says only that they do not set one up
    Address("sharing:requests"),
    a_child("sharing:ask", opens_to=OPENS_RECORDS),
    Address(
        "sharing:request",
        READS_REQUESTS,
        of_record=lambda record: {"request_id": record.more["request"].pk},
        of_nobody={"request_id": uuid.UUID(int=0)},
        shows=("sharing.Request",),
    ),
    # one that was answered
    Address(
        "sharing:request",
        READS_REQUESTS,
        of_record=lambda record: {"request_id": record.more["closed_request"].pk},
        of_nobody={"request_id": uuid.UUID(int=0)},
        shows=("sharing.Request", "sharing.RequestEvent"),
    ),
    Address(
        "sharing:close_request",
        READS_REQUESTS,
        of_record=lambda record: {"request_id": record.more["request"].pk, "how": "answer"},
        of_nobody={"request_id": uuid.UUID(int=0), "how": "answer"},
        sends=lambda world: {"words": "They answered"},
        changed_by=Role.SCHOOL_SAFEGUARDING_LEAD,
    ),
    # agreements between agencies name no child, and everybody may read what was agreed
    Address("sharing:agreements", pages=("", "?show=past")),
    Address("sharing:agreement", args=agreement),
    Address("sharing:record_agreement", KEEPS_AGREEMENTS),
    Address(
        "sharing:new_version",
        KEEPS_AGREEMENTS_OF_THE_COUNCIL,
        args=agreement,
        sends=lambda world: {
            **typed_agreement(world),
            "what": "And where they were found",
            "why": "The police asked",
        },
        changed_by=Role.EXPLOITATION_COORDINATOR,
    ),
    Address(
        "sharing:look_again",
        KEEPS_AGREEMENTS_OF_THE_COUNCIL,
        args=agreement,
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-00000000000a",
            "based_on": world.between_agencies.pk,
            "why": "Everybody read it",
            **day("review_on", world.today + timedelta(days=60)),
        },
        changed_by=Role.EXPLOITATION_COORDINATOR,
    ),
    Address(
        "sharing:end_agreement",
        KEEPS_AGREEMENTS_OF_THE_COUNCIL,
        args=agreement,
        sends=lambda world: {"why": "The police left it"},
        changed_by=Role.EXPLOITATION_COORDINATOR,
    ),
    # laws that wait for a date
    Address("sharing:laws"),
    Address(
        "sharing:date_law",
        frozenset({Role.INFORMATION_GOVERNANCE}),
        args=lambda world: {"key": "ca2004_s16la"},
        sends=lambda world: {"why": "The commencement regulations", **day("on", world.today)},
    ),
    # agreeing to a service
    a_child(
        "sharing:service_consent",
        opens_to=OPENS_RECORDS,
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-00000000000b",
            "service": "A mentor",
            "compartment": "core",
            "what_for": "Support",
            "said": "declined",
            "asked": "child",
            "childs_view": "Not now",
            "understands": "competent",
            "under_13": "no",
            **day("on", world.today),
        },
        changed_by=Role.LEAD_PROFESSIONAL,
    ),
    Address("sharing:register", frozenset({Role.INFORMATION_GOVERNANCE})),
    Address("sharing:approvals"),
    Address("sharing:approval", NO_ROLE, args=lambda world: {"approval_id": uuid.UUID(int=0)}),
    Address(
        "sharing:file",
        DECIDES_AND_READS,
        of_record=lambda record: {"decision_id": record.more["decision"].pk},
        of_nobody={"decision_id": uuid.UUID(int=0)},
    ),
    Address(
        "sharing:one_standing",
        AT_THE_COUNCIL,
        args=lambda world: {"standing_id": world.records["hers"].more["standing"].pk},
    ),
    a_child("sharing:child", opens_to=OPENS_RECORDS, shows=("sharing.ServiceConsent",)),
    a_child("sharing:begin", opens_to=OPENS_RECORDS, takes_get=False, sends=lambda world: {}, again=True),
    a_child(
        "sharing:share",
        opens_to=OPENS_RECORDS,
        sends=lambda world: {
            **{
                name: value
                for name, value in invented.WHOLE.items()
                if name not in {"decided", "recipient", "why_not_told"}
            },
            "told_parent": "not_yet",
            "items": "name_and_birth_date",
            "recipient_body": "The police",
            "token": "00000000-0000-4000-8000-00000000000d",
        },
        changed_by=Role.LEAD_PROFESSIONAL,
    ),
    a_child("sharing:not_share", opens_to=OPENS_RECORDS),
    Address(
        "sharing:decision",
        DECIDES_AND_READS,
        of_record=lambda record: {"decision_id": record.more["decision"].pk},
        of_nobody={"decision_id": uuid.UUID(int=0)},
        shows=("sharing.SharingDecision",),
    ),
    Address(
        "sharing:decision",
        DECIDES_AND_READS,
        of_record=lambda record: {"decision_id": record.more["not_shared"].pk},
        of_nobody={"decision_id": uuid.UUID(int=0)},
        shows=("sharing.SharingDecision",),
    ),
    # one of everything that its worker sees, which whoever reads it must be let see too
    Address(
        "sharing:decision",
        DECISIONS | {Role.LEAD_PROFESSIONAL},
        of_record=lambda record: {"decision_id": record.more["shared_whole"].pk},
        of_nobody={"decision_id": uuid.UUID(int=0)},
        shows=("sharing.SharingDecision",),
    ),
    # one that was withdrawn
    Address(
        "sharing:decision",
        DECIDES_AND_READS,
        of_record=lambda record: {"decision_id": record.more["withdrawn"].pk},
        of_nobody={"decision_id": uuid.UUID(int=0)},
        shows=("sharing.SharingDecision", "sharing.Notice"),
    ),
    Address(
        "sharing:correct",
        takes_get=False,
        opens_to=DECIDES_AND_READS,  # of the agency that decided
        of_record=lambda record: {"decision_id": record.more["decision"].pk},
        of_nobody={"decision_id": uuid.UUID(int=0)},
    ),
    Address(
        "sharing:withdraw",
        DECIDES_AND_READS,
        of_record=lambda record: {"decision_id": record.more["decision"].pk},
        of_nobody={"decision_id": uuid.UUID(int=0)},
    ),
    Address(
        "sharing:draft",
        frozenset({Role.LEAD_PROFESSIONAL}),
        of_record=lambda record: {"draft_id": record.more["draft"].pk, "step": "what"},
        of_nobody={"draft_id": uuid.UUID(int=0), "step": "what"},
        shows=("sharing.DecisionDraft",),
    ),
    Address(
        "sharing:check",
        frozenset({Role.LEAD_PROFESSIONAL}),
        of_record=lambda record: {"draft_id": record.more["draft"].pk},
        of_nobody={"draft_id": uuid.UUID(int=0)},
        shows=("sharing.DecisionDraft",),
    ),
    Address(
        "sharing:share_under",
        OPENS_RECORDS & AT_THE_COUNCIL,
        of_record=lambda record: {
            "standing_id": record.more["standing"].pk,
            "person_id": record.child.id,
        },
        of_nobody={"standing_id": uuid.UUID(int=0), "person_id": NO_SUCH_PERSON},
    ),
    # raising a concern: one's own, and for anybody without an account
    Address("concerns:start"),
    Address("concerns:begin", takes_get=False),
    Address(
        "concerns:begin_from",
        NO_ROLE,
        of_record=lambda record: {"question_id": record.hub_question.id},
        of_nobody=NO_QUESTION,
        takes_get=False,
    ),
    Address(
        "concerns:join_from",
        NO_ROLE,
        of_record=lambda record: {"question_id": record.hub_question.id},
        of_nobody=NO_QUESTION,
    ),
    Address(
        "concerns:draft",
        frozenset({Role.MENTOR}),
        args=lambda world: {"draft_id": world.concern_draft.pk, "step": "what"},
    ),
    Address(
        "concerns:check", frozenset({Role.MENTOR}), args=lambda world: {"draft_id": world.concern_draft.pk}
    ),
    Address("concerns:raised"),
    Address(
        "concerns:one_raised", frozenset({Role.MENTOR}), args=lambda world: {"concern_id": world.concern.pk}
    ),
    *(Address(name, before_signing_in=True) for name in ("concerns:tell_us", "concerns:come_back")),
    *(
        Address(name, takes_get=False, before_signing_in=True)
        for name in ("concerns:public_begin", "concerns:public_form")
    ),
    Address("concerns:by_link", args=lambda world: {"token": "a-token-of-the-sweep"}, before_signing_in=True),
    Address("concerns:links", MAKES_LINKS),
    Address(
        "concerns:end_link",
        frozenset({Role.TRIAGE_OFFICER}),
        args=lambda world: {"link_id": world.one_time_link.pk},
        takes_get=False,
    ),
    Address("concerns:api", NO_ROLE, takes_get=False),
    Address("concerns:api_one", NO_ROLE, args=lambda world: {"concern_id": world.at_triage.pk}),
    # safe contact
    a_child("people:safe_contact", opens_to=OPENS_RECORDS),
    Address(
        "people:end_safe_contact",
        OPENS_RECORDS,
        of_record=lambda record: {"person_id": record.child.id, "flag_id": record.more["flag"].pk},
        of_nobody={"person_id": NO_SUCH_PERSON, "flag_id": 999_999_999},
    ),
    # documents
    Address(
        "records:document",
        SOCIAL_CARE_WORDS,
        of_record=lambda record: {"attachment_id": record.more["letter"].pk},
        also_of_record=lambda record: {"attachment_id": record.more["table"].pk},
        of_nobody={"attachment_id": uuid.UUID(int=0)},
        shows=(within("records.Attachment"),),
    ),
    Address(
        "sharing:ask_to_delete",
        SOCIAL_CARE_WORDS,
        of_record=lambda record: {"attachment_id": record.more["letter"].pk},
        also_of_record=lambda record: {"attachment_id": record.more["table"].pk},
        of_nobody={"attachment_id": uuid.UUID(int=0)},
        shows=("records.Attachment",),
    ),
    Address(
        "sharing:delete_document",
        NO_ROLE,
        args=lambda world: {"approval_id": uuid.UUID(int=0)},
        takes_get=False,
    ),
    Address("concerns:ask_who_a_source_is", frozenset({Role.POLICE_EXPLOITATION_TEAM})),
    Address(
        "concerns:source", NO_ROLE, args=lambda world: {"approval_id": uuid.UUID(int=0)}, takes_get=False
    ),
    a_child("single_view:documents", opens_to=OPENS_RECORDS, shows=("records.Attachment",)),
    # who has looked, and questions about looks
    a_child(
        "single_view:who_has_looked",
        opens_to=frozenset(
            {
                Role.EXPLOITATION_COORDINATOR,
                Role.LEAD_PROFESSIONAL,
                Role.APPROVING_MANAGER,
                Role.INFORMATION_GOVERNANCE,
            }
        ),
        reads_the_trail=frozenset({Role.INFORMATION_GOVERNANCE}),
    ),
    # who is who: the county holds no pair that waits, and what these show has tests of its own
    Address("who_is_who:pairs", JUDGES),
    Address("who_is_who:judgements", JUDGES),
    Address("who_is_who:pair", NO_ROLE, args=lambda world: {"left_rid": "0" * 32, "right_rid": "1" * 32}),
    Address("who_is_who:take_back", NO_ROLE, args=lambda world: {"judgement_id": 999_999_999}),
    Address("looks:questions", frozenset({Role.INFORMATION_GOVERNANCE})),
    Address("trail:lines", frozenset({Role.INFORMATION_GOVERNANCE})),
    Address(
        "looks:question",
        frozenset({Role.INFORMATION_GOVERNANCE}),
        args=lambda world: {"looks_question_id": world.looks_question.pk},
        sends=lambda world: {"kind": "explained", "words": "Her manager says so"},
    ),
    # ---- missing: those whose role reads reports of a child; of the carer and the school, only their own agency's
    Address("missing:board"),
    Address("missing:huddle"),
    Address("missing:report_nobody_known", REPORTS_NOBODY_KNOWN),
    Address(
        "missing:who",
        AT_TRIAGE,
        of_record=lambda record: {"episode_id": record.more["heard"].pk},
        of_nobody=NO_EPISODE,
    ),
    a_child("missing:child", opens_to=OPENS_RECORDS),
    a_child(
        "missing:report",
        opens_to=OPENS_RECORDS,
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-000000000020",
            **at_midnight(world),
            "worry": "He rang",
        },
        changed_by=Role.MISSING_COORDINATOR,
    ),
    Address(
        "missing:episode",
        POLICE_WORDS,
        of_record=lambda record: {"episode_id": record.more["heard"].pk},
        of_nobody=NO_EPISODE,
        shows=(
            "missing.Episode",
            "missing.Event",
            "missing.HomeInterview",
            "missing.NameHeard",
            "missing.UnknownChild",
            "missing.FoundToBe",
            "missing.Action",
        ),
    ),
    Address(
        "missing:episode",
        POLICE_WORDS,
        of_record=lambda record: {"episode_id": record.more["missing"].pk},
        of_nobody=NO_EPISODE,
        shows=("missing.Episode", "missing.Event"),
    ),
    Address(
        "missing:step",
        POLICE_WORDS,
        of_record=lambda record: {"episode_id": record.more["missing"].pk, "how": "not-missing"},
        of_nobody=NO_EPISODE | {"how": "not-missing"},
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-000000000021",
            "opened_on": "1",
            "words": "At school",
        },
        changed_by=Role.MISSING_COORDINATOR,
    ),
    Address(
        "missing:interview",
        POLICE_WORDS,
        of_record=lambda record: {"episode_id": record.more["missing"].pk},
        of_nobody=NO_EPISODE,
    ),
    Address(
        "missing:add_action",
        POLICE_WORDS,
        of_record=lambda record: {"episode_id": record.more["missing"].pk},
        of_nobody=NO_EPISODE,
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-000000000022",
            "what": "Ring",
            "owner": world.near.people[Role.LEAD_PROFESSIONAL].pk,
            **day("due_on", world.today),
        },
        changed_by=Role.MISSING_COORDINATOR,
    ),
    Address(
        "missing:action_done",
        POLICE_WORDS,
        of_record=lambda record: {"action_id": record.more["to_do"].pk},
        of_nobody={"action_id": uuid.UUID(int=0)},
        sends=lambda world: {"outcome": "Rang"},
        changed_by=Role.MISSING_COORDINATOR,
    ),
    a_child("missing:sheet", opens_to=OPENS_RECORDS, shows=("missing.Sheet",)),
    a_child(
        "missing:fill_in",
        opens_to=OPENS_RECORDS,
        sends=lambda world: {"token": "00000000-0000-4000-8000-000000000023", "places": "The canal"},
        changed_by=Role.MISSING_COORDINATOR,
    ),
    a_child(
        "missing:print_sheet",
        opens_to=OPENS_RECORDS - {Role.SCHOOL_SAFEGUARDING_LEAD},
        sends=lambda world: {"token": "00000000-0000-4000-8000-000000000024"},
        changed_by=Role.MISSING_COORDINATOR,
    ),
    a_child(
        "missing:photograph",
        opens_to=OPENS_RECORDS,
    ),
    a_child("missing:take_off_photograph", opens_to=OPENS_RECORDS, takes_get=False),
    Address(
        "missing:photograph_on_paper",
        NO_ROLE,
        args=lambda world: {"print_id": uuid.UUID(int=0)},
    ),
    # one child
    a_child(
        "single_view:child",
        opens_to=OPENS_RECORDS,
        pages=("", "?page=2", "?page=3"),
        shows=(
            "people.KnownAs",
            "people.Name",
            "people.Address",
            "people.Identifier",
            "people.SchoolPlace",
            "people.SafeContact",
            "chronology.Entry",
        ),
    ),
    # concerns, at triage
    Address("concerns:triage", AT_TRIAGE, pages=("", "?list=in-turn")),
    Address("concerns:search", SEARCHES),
    Address("concerns:arrests"),
    Address("concerns:law_and_clocks"),
    Address("concerns:agency_check", OF_THE_SCHOOL, args=lambda world: {"check_id": world.check.pk}),
    Address(
        "concerns:resolve",
        CONTACTS_IN_WORDS,
        of_record=lambda record: {"part_known_id": at_the_desk(record, "part_known")},
        of_nobody={"part_known_id": uuid.UUID(int=0)},
        shows=("concerns.PartKnown", "concerns.Resolved"),
    ),
    of_concern(
        "triage_one",
        opens_to=CONTACTS_IN_WORDS,
        also_of_record=lambda record: {"concern_id": at_the_desk(record, "decided")},
        shows=tuple(
            f"concerns.{table}"
            for table in (
                "Concern",
                "Matched",
                "UrgencySet",
                "NameHeard",
                "LicensingLookUp",
                "Check",
                "Decision",
                "StatutoryFact",
                "Told",
                "Challenge",
                "Reply",
                "AddedWords",
                "SentFile",
            )
        ),
    ),
    *(
        of_concern(name, opens_to=AT_TRIAGE)
        for name in (
            "urgency",
            "who",
            "say_who",
            "nobody_known",
            "ask_for_check",
            "decide",
            "statutory_fact",
            "tell_referrer",
            "write_reply",
            "reach_referrer",
        )
    ),
    of_concern("begin_screening", opens_to=AT_TRIAGE, takes_get=False),
    # Read by those at the desk and her own workers; said by whose it is alone.
    of_concern("acknowledge", opens_to=CONTACTS_IN_WORDS | AT_TRIAGE, takes_get=False),
    Address(
        "concerns:sent_file",
        AT_TRIAGE,
        args=lambda world: concern_of(world) | {"file_id": world.sent_file.pk},
    ),
    Address(
        "concerns:part_known",
        AT_TRIAGE,
        args=lambda world: concern_of(world) | {"name_id": world.at_triage.names_heard.get().pk},
        takes_get=False,
    ),
    Address(
        "concerns:licensing",
        AT_TRIAGE,
        args=lambda world: concern_of(world) | {"name_id": world.at_triage.names_heard.get().pk},
    ),
    Address("concerns:challenge", OF_THE_SCHOOL, args=concern_of),
    a_child("concerns:protections", opens_to=POLICE_WORDS),
    Address(
        "concerns:protection",
        POLICE_WORDS,
        of_record=lambda record: {"protection_id": record.more["protection"].pk},
        of_nobody={"protection_id": uuid.UUID(int=0)},
        shows=("concerns.ProtectionStep",),
    ),
]
IN_CHANGES = "made for the purpose, opened and sent in changes.py"
NOBODY_NEAR_HAS_ONE = "of somebody's own passkey: tests/integration/agencies/test_signing_in.py"
# Addresses about a thing that the sweep's county does not hold, each with where it is opened.
WITHOUT_AN_OBJECT = {
    **dict.fromkeys(
        (
            "access:review",
            "access:end",
            "access:let_back",
            "access:end_part",
            "agencies:awaited_role",
            "agencies:turn_down_role",
            "agencies:confirm_reset",
            "timescales:come_back",
            "sharing:approval",
            "who_is_who:pair",
            "who_is_who:take_back",
        ),
        IN_CHANGES,
    ),
    "sharing:delete_document": "what two people agreed on: tests/integration/sharing/test_deleting_a_document.py",
    "concerns:source": "what two people agreed on: tests/integration/concerns/test_who_a_source_is.py",
    **dict.fromkeys(
        ("openid_connect_login", "openid_connect_callback", "agencies:end_own_sign_in"),
        "of an agency's own sign-in: tests/integration/agencies/test_own_sign_in.py",
    ),
    "concerns:api_one": "of an agency's own system: tests/integration/concerns/test_without_an_account.py",
    "questions:feed": "of a feed that fell silent: tests/integration/questions/test_silent_feeds.py",
    "concerns:begin_from": "from a question of one's own: tests/integration/concerns/test_the_form.py",
    "concerns:join_from": "from a question of one's own: tests/integration/concerns/test_joining.py",
    "missing:photograph_on_paper": "of a sheet that was just printed: tests/integration/missing/test_a_photograph.py",
    "mfa_edit_webauthn": NOBODY_NEAR_HAS_ONE,
    "mfa_remove_webauthn": NOBODY_NEAR_HAS_ONE,
    "agencies:sign_in_by_link": "in a demonstration only: tests/integration/agencies/test_signing_in_by_link.py",
}
# ---- assessments: where a child stands
STANDS_IN_WORDS = frozenset(
    {
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.MISSING_COORDINATOR,
        Role.APPROVING_MANAGER,
        Role.ANALYST,
    }
)


def _typed_version(world: World) -> dict:
    said = {name: value for name, value in said_of_harm(world.today).items() if name != "review_on"}
    return {
        **said,
        **day("review_on", world.today + timedelta(days=20)),
        "second": world.near.people[Role.APPROVING_MANAGER].pk,
        "token": "00000000-0000-4000-8000-0000000000a1",
    }


def _by_token(number: str, **boxes) -> dict:
    return {"token": f"00000000-0000-4000-8000-0000000000{number}", **boxes}


ADDRESSES += [
    Address("assessments:listed"),
    a_child(
        "assessments:child",
        opens_to=OPENS_RECORDS,
        shows=("assessments.Dissent", "assessments.ChildSeen", "assessments.LookBack", "assessments.Transition", "assessments.StepTaken"),
    ),
    a_child("assessments:compare", opens_to=OPENS_RECORDS),
    a_child("assessments:begin", opens_to=OPENS_RECORDS),
    a_child("assessments:hand_over", opens_to=OPENS_RECORDS,
            sends=lambda world: _by_token("a2", why="She moves teams", lead=world.near.people[Role.TRIAGE_OFFICER].pk), changed_by=Role.LEAD_PROFESSIONAL),
    a_child("assessments:write", opens_to=OPENS_RECORDS, shows=("assessments.VersionDraft",), sends=_typed_version, changed_by=Role.LEAD_PROFESSIONAL),
    a_child("assessments:ask_to_step_down", opens_to=OPENS_RECORDS,
            sends=lambda world: _by_token(
                "a3", to="watched", state="significant_concern", evidence="Home every night", childs_view="Glad",
                second=world.near.people[Role.APPROVING_MANAGER].pk, **day("look_back_on", world.today + timedelta(days=40)),
            ), changed_by=Role.LEAD_PROFESSIONAL),
    a_child("assessments:look_back", opens_to=OPENS_RECORDS),
    a_child("assessments:seen", opens_to=OPENS_RECORDS,
            sends=lambda world: _by_token("a4", seen_by="Her worker", words="At home", **day("on", world.today)), changed_by=Role.LEAD_PROFESSIONAL),
    a_child("assessments:dissent", opens_to=OPENS_RECORDS,
            sends=lambda world: _by_token("a5", agency=world.near.agencies[AgencyKind.SCHOOL].pk, said_by="The lead", words="We do not agree"),
            changed_by=Role.SCHOOL_SAFEGUARDING_LEAD),
    a_child("assessments:statutory", opens_to=OPENS_RECORDS,
            sends=lambda world: _by_token("a6", fact="strategy", reference="A-2", **day("on", world.today)), changed_by=Role.LEAD_PROFESSIONAL),
    a_child("assessments:transition", opens_to=OPENS_RECORDS,
            sends=lambda world: _by_token("a7", to_whom="A service", plan="From July", young_persons_view="Glad"), changed_by=Role.LEAD_PROFESSIONAL),
    Address(
        "assessments:version", STANDS_IN_WORDS, of_record=lambda record: {"version_id": record.more["version"].pk},
        of_nobody={"version_id": uuid.UUID(int=0)}, shows=("assessments.Assessment", "assessments.Approval"),
    ),
    Address(
        "assessments:look_at", STANDS_IN_WORDS, of_record=lambda record: {"version_id": record.more["version"].pk},
        of_nobody={"version_id": uuid.UUID(int=0)},
    ),
    Address(
        "assessments:step_down", STANDS_IN_WORDS, of_record=lambda record: {"step_down_id": record.more["step_down"].pk},
        of_nobody={"step_down_id": uuid.UUID(int=0)}, shows=("assessments.StepDown", "assessments.StepDownDecided"),
    ),
]  # fmt: skip
# plans, meetings, escalation
RUN_THE_PANEL = frozenset({Role.EXPLOITATION_COORDINATOR, Role.PANEL_CHAIR})
BETWEEN_AGENCIES = (OPENS_RECORDS & AT_THE_COUNCIL) | {Role.SCHOOL_SAFEGUARDING_LEAD}


def her_panel(world: World) -> dict:
    return {"meeting_id": world.records["hers"].more["meeting"].pk}


def her_series(world: World) -> dict:
    return {"series_id": world.records["hers"].more["meeting"].series_id}


def of_item(name: str, **more) -> Address:
    return Address(
        f"meetings:{name}",
        of_record=lambda record: {"item_id": record.more["item"].pk},
        of_nobody={"item_id": uuid.UUID(int=0)},
        **more,
    )


def of_disagreement(name: str, **more) -> Address:
    return Address(
        f"escalation:{name}",
        BETWEEN_AGENCIES,
        of_record=lambda record: {"disagreement_id": record.more["disagreement"].pk},
        of_nobody={"disagreement_id": uuid.UUID(int=0)},
        **more,
    )


ADDRESSES += [
    Address("plans:mine"),
    a_child("plans:plan", opens_to=OPENS_RECORDS, shows=("plans.Action",)),
    a_child(
        "plans:add",
        opens_to=OPENS_RECORDS,
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-0000000000a1",
            "what": "See her at home",
            "owner": world.near.people[Role.LEAD_PROFESSIONAL].pk,
            **day("due_on", world.today),
        },
        changed_by=Role.LEAD_PROFESSIONAL,
    ),
    Address(
        "plans:action",
        frozenset(PLAN),
        of_record=lambda record: {"action_id": record.more["action"].pk},
        of_nobody={"action_id": uuid.UUID(int=0)},
        sends=lambda world: {"token": "00000000-0000-4000-8000-0000000000a2", "to": "done", "words": "Rang"},
        changed_by=Role.LEAD_PROFESSIONAL,
    ),
    Address("meetings:mine"),
    Address("meetings:set_up"),  # to most it says only that they do not set one up
    Address("meetings:change_series", RUN_THE_PANEL | {Role.APPROVING_MANAGER}, args=her_series),
    a_child("meetings:add_child", opens_to=OPENS_RECORDS),
    Address(
        "meetings:meeting", RUN_THE_PANEL | {Role.PANEL_MEMBER}, args=her_panel, shows=("meetings.Minutes",)
    ),
    *(Address(f"meetings:{name}", args=her_panel, takes_get=False) for name in ("draw_up", "end", "approve")),
    *(Address(f"meetings:{name}", RUN_THE_PANEL, args=her_panel) for name in ("who_came", "cancel")),
    Address("meetings:minutes", RUN_THE_PANEL, args=her_panel, shows=("meetings.Minutes",)),
    of_item("item", opens_to=frozenset(PLAN | PACKS), shows=("meetings.Dissent", "meetings.Item")),
    of_item(
        "decide",
        opens_to=RUN_THE_PANEL,
        sends=lambda world: {
            "decision": "stays",
            "reason": "She was seen",
            "opened_on": "1",
            **day("review_on", world.today + timedelta(days=28)),
        },
        changed_by=Role.EXPLOITATION_COORDINATOR,
    ),
    of_item(
        "dissent",
        opens_to=RUN_THE_PANEL,
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-0000000000a3",
            "agency": world.near.agencies[AgencyKind.POLICE].pk,
            "words": "Too early",
        },
        changed_by=Role.EXPLOITATION_COORDINATOR,
    ),
    of_item("set_action", opens_to=RUN_THE_PANEL),
    of_item("take_off", opens_to=RUN_THE_PANEL),
    Address(
        "meetings:outcome",
        RUN_THE_PANEL,
        of_record=lambda record: {"item_id": record.more["item"].pk, "action_id": record.more["action"].pk},
        of_nobody={"item_id": uuid.UUID(int=0), "action_id": uuid.UUID(int=0)},
    ),
    Address("escalation:mine"),
    Address("escalation:ladder"),
    Address("escalation:end_place", args=lambda world: {"place_id": uuid.UUID(int=0)}, takes_get=False),
    Address(
        "escalation:overdue",
        frozenset({Role.LEAD_PROFESSIONAL, Role.APPROVING_MANAGER}),
        of_record=lambda record: {"overdue_id": record.more["overdue"].pk},
        of_nobody={"overdue_id": 999_999_999},
        shows=("escalation.OverdueAnswer",),
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-0000000000a4",
            "words": "I ring her today",
            **day("until_on", world.today),
        },
        changed_by=Role.APPROVING_MANAGER,
    ),
    a_child("escalation:about_child", opens_to=OPENS_RECORDS),
    a_child(
        "escalation:raise",
        opens_to=OPENS_RECORDS,
        sends=lambda world: {
            "token": "00000000-0000-4000-8000-0000000000a5",
            "immediate_danger": "no",
            "about": "threshold",
            "with_agency": world.near.agencies[AgencyKind.POLICE].pk,
            "what": "They say no",
            "sought": "A walk home",
            "safe_meanwhile": "Her aunt collects her",
        },
        changed_by=Role.LEAD_PROFESSIONAL,
    ),
    of_disagreement(
        "disagreement", shows=("escalation.Response", "escalation.Disagreement", "escalation.Stage")
    ),
    of_disagreement(
        "respond",
        sends=lambda world: {"token": "00000000-0000-4000-8000-0000000000a6", "words": "We asked"},
        changed_by=Role.LEAD_PROFESSIONAL,
    ),
    of_disagreement("go_up", sends=lambda world: {"why": "They will not"}, changed_by=Role.LEAD_PROFESSIONAL),
    of_disagreement(
        "resolve",
        sends=lambda world: {"how": "agreed", "words": "They walk with her"},
        changed_by=Role.LEAD_PROFESSIONAL,
    ),
    of_disagreement("learn"),
]
BY_NAME = {address.name: address for address in ADDRESSES}


def known_to_the_site(resolver: URLResolver | None = None, space: str = "") -> set[str]:
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            found |= known_to_the_site(
                pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        elif isinstance(pattern, URLPattern):
            found.add(f"{space}{pattern.name}")
    return found
