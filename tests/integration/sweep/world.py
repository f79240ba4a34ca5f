"""The sweep's county: two areas that know nothing of each other, everybody's role in each, and four children.

*Hers* is the child everybody of the near area works with; *another's* the child of the far area; the *hidden* child is
restricted, though everybody near has a part in her life; the *kept-out* child is one from whom each of them is kept out.
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from rowan.access.models import Involvement, KeptOut, LetIn, Restriction, Why
from rowan.agencies.models import Agency, AgencyKind, Post, Practitioner
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.assessments.actions import approve, ask_to_step_down, decide_step_down, open_strand, write
from rowan.assessments.models import ChildSeen, Dissent, LookBack, StatutoryFact, Transition, VersionDraft
from rowan.assessments.rules.step_down import Asked as StepDownAsked
from rowan.assessments.rules.written import Said as Assessed
from rowan.audit_trail.models import Entry as TrailEntry
from rowan.chronology.models import Entry
from rowan.concerns.actions.adding import add_words
from rowan.concerns.actions.checks import answer_check, ask_agency
from rowan.concerns.actions.deciding import Deciding, record_fact
from rowan.concerns.actions.deciding import decide as decide_concern
from rowan.concerns.actions.drafts import begin_draft as begin_concern
from rowan.concerns.actions.links import make_link
from rowan.concerns.actions.part_known import found_part_known, resolve
from rowan.concerns.actions.protections import begin as begin_protection
from rowan.concerns.actions.raising import Door, raise_concern
from rowan.concerns.actions.replying import reply
from rowan.concerns.actions.telling import challenge, tell_referrer
from rowan.concerns.actions.triage import begin_screening, say_who
from rowan.concerns.models import JoinedAnswer, LicensingLookUp, Referrer, Source
from rowan.concerns.rules.told import Told
from rowan.escalation.actions.disagreements import raise_disagreement, respond
from rowan.escalation.models import Overdue
from rowan.meetings.actions import decide as decide_in_meeting
from rowan.meetings.actions import dissent, set_up_series, who_came, write_minutes
from rowan.missing import actions as missing
from rowan.missing.actions.interviews import Heard
from rowan.missing.models import Episode, FoundToBe, UnknownChild
from rowan.missing.models.sheets import BOXES
from rowan.people.models import Identifier, KnownAs, Person
from rowan.people.safe_contact import heed
from rowan.plans.actions import set_action
from rowan.questions.actions import answer
from rowan.questions.actions.dry_runs import keep_found
from rowan.questions.models import HUB, Question, StrategyAnswer
from rowan.questions.rules.dry_run import Compared, WouldAsk, year_before
from rowan.records.attachments import attach
from rowan.sharing.actions import begin_draft, decide, set_up_standing, withdraw
from rowan.sharing.actions.agreements import record_agreement
from rowan.sharing.actions.requests import answer as answer_request
from rowan.sharing.actions.requests import ask
from rowan.sharing.actions.service_consents import record_answer
from rowan.sharing.rules.agreements import Agreed
from rowan.sharing.rules.deciding import Said
from rowan.sharing.rules.items import ITEMS
from rowan.sharing.rules.service_consents import Answer
from rowan.single_view.actions import put
from rowan.single_view.models import LooksQuestion
from rowan.single_view.rules.patterns import Pattern
from rowan.timescales.actions import start_clock
from rowan.timescales.models import DryRun
from tests import concerns_in_tests
from tests import people_in_tests as invented
from tests.bad_uploads import photograph, portable
from tests.lines_in_tests import LOOKED, Left, leave

from .canaries import Canaries, within


def said_of_harm(today) -> dict:
    """A whole version, as somebody says it."""
    return {
        "written_as": "assessment", "narrative": "An adult waits for her", "childs_words": "A friend", "child_view": "Fine",
        "carer_view": "Worried", "school_not_sought": "Half term", "state": "experiencing_harm", "why_state": "A hotel",
        "urgency": "days", "confidence": "partly", "trend": "same", "review_on": today + timedelta(days=28),
    }  # fmt: skip


HERS, ANOTHERS, HIDDEN, KEPT_OUT, NOBODY = "hers", "another's", "hidden", "kept out", "nobody"
STANDINGS = (HERS, ANOTHERS, HIDDEN, KEPT_OUT, NOBODY)
NO_SUCH_PERSON = "0" * 32
BORN_ON = {"Hers": 12, "Anothers": 14, "Hidden": 17, "Kept": 19}
# Every item of a file but those whose compartment a lead professional does not see whole.
ALL_THAT_A_WORKER_SHARES = tuple(
    item.key for item in ITEMS if item.compartment not in {"sexual_health", "intelligence", "connections"}
)
COMPARTMENTS = (
    "core",
    "education",
    "social_care",
    "police",
    "health",
    "sexual_health",
    "intelligence",
    "sources",
    "legal",
    "connections",
)

WHERE_THEY_WORK = {
    Role.REFERRER: AgencyKind.SCHOOL,
    Role.SCHOOL_SAFEGUARDING_LEAD: AgencyKind.SCHOOL,
    Role.CHILDRENS_HOME_OR_FOSTER_CARER: AgencyKind.CARE,
    Role.YOUTH_JUSTICE_WORKER: AgencyKind.YOUTH_JUSTICE,
    Role.MENTOR: AgencyKind.VOLUNTARY,
    Role.RETURN_INTERVIEW_WORKER: AgencyKind.VOLUNTARY,
    Role.POLICE_EXPLOITATION_TEAM: AgencyKind.POLICE,
    Role.HEALTH_LEAD: AgencyKind.HEALTH,
    Role.SEXUAL_HEALTH_CLINICIAN: AgencyKind.HEALTH,
    Role.COMMUNITY_SAFETY_OFFICER: AgencyKind.DISTRICT,
    Role.LICENSING_OFFICER: AgencyKind.DISTRICT,
    Role.SAFEGUARDING_LEAD: AgencyKind.DISTRICT,
}


@dataclass
class Area:
    """The agencies of one area, and one practitioner of each role."""

    name: str
    agencies: dict[AgencyKind, Agency]
    people: dict[Role, Practitioner] = field(default_factory=dict)
    posts: dict[PostKind, Post] = field(default_factory=dict)


@dataclass
class Record:
    """A child, and one of each thing that stands in a record: what an address names."""

    child: Person
    entry: Entry
    sign: Entry
    hub_question: Question
    school_question: Question
    answered: Question | None = None
    more: dict[str, object] = field(default_factory=dict)  # what later rooms add, by name


class World:
    def __init__(self):
        invented.finished_run()
        self.canaries = Canaries()
        self.now, self.today = timezone.now(), timezone.localdate()
        self.near, self.far = self._area("near", "899"), self._area("far", "898")
        self.agreement = self._feeds()
        self.between_agencies = self._agreed(self.near)
        self.records = {
            HERS: self._record(self.near, "Hers"),
            ANOTHERS: self._record(self.far, "Anothers"),
            HIDDEN: self._record(self.near, "Hidden"),
            KEPT_OUT: self._record(self.near, "Kept"),
        }
        for standing, record in self.records.items():
            self._documents(self.far if standing == ANOTHERS else self.near, standing, record)
        self._about_children(self.near)
        self._worried(self.near)
        self._at_triage(self.near)
        self._hide()
        self.looks_question = self._asked_about_looks()
        self.dry_run = self._tried()
        self.canaries.plant({record.child.id: standing for standing, record in self.records.items()})

    def _area(self, name: str, number: str) -> Area:
        agencies = {
            kind: invented.agency(f"{kind}-{number}", f"{kind.label} {name}", kind, la_code=number)
            for kind in AgencyKind
        }
        area = Area(name, agencies)
        for role in Role:
            at = agencies[WHERE_THEY_WORK.get(role, AgencyKind.COUNCIL)]
            user_name = f"{role.value}-{name}"
            area.people[role] = invented.practitioner(user_name, role, at, email=f"{user_name}@rowan.example")
        for kind, role, where in (
            (PostKind.MISSING_COORDINATOR, Role.MISSING_COORDINATOR, AgencyKind.COUNCIL),
            (PostKind.TRIAGE, Role.TRIAGE_OFFICER, AgencyKind.COUNCIL),
            (PostKind.SCHOOL_LEAD, Role.SCHOOL_SAFEGUARDING_LEAD, AgencyKind.SCHOOL),
        ):
            area.posts[kind] = invented.post(kind, agencies[where], area.people[role])
        return area

    def _feeds(self):
        near = self.near.agencies
        return invented.feeds(
            {
                invented.COUNCIL: near[AgencyKind.COUNCIL],
                invented.POLICE: near[AgencyKind.POLICE],
                invented.SCHOOL: near[AgencyKind.SCHOOL],
            }
        )

    def _agreed(self, area: Area):
        """What the council and the police of an area agreed; it names no child."""
        council, police = (area.agencies[kind] for kind in (AgencyKind.COUNCIL, AgencyKind.POLICE))
        owner = area.people[Role.EXPLOITATION_COORDINATOR]
        said = Agreed(
            name="Missing children", parties=frozenset({council.pk, police.pk}), purpose="To find them", what="Missing reports",
            article6="public_task", condition="safeguarding_children", duty="ca2004_s10", document_reference="ISA 7",
            from_on=self.today, review_on=self.today + timedelta(days=90), owners_agency=council.pk,
        )  # fmt: skip
        return record_agreement(said, token=uuid4(), owner=owner, by=owner, now=self.now)

    def _tried(self) -> DryRun:
        """A number tried on the past year, by which every one of the children would be asked about anew."""
        people = [record.child.id for record in self.records.values()]
        compared = Compared(*year_before(self.today))
        behind = frozenset({(self.near.agencies[AgencyKind.POLICE].code, "police_missing")})
        rule = "missing_again"
        for person in people:
            on = compared.from_on + timedelta(days=7)
            compared.new.append(
                WouldAsk(person, HUB, on, rule, frozenset({rule}), frozenset({person}), behind)
            )
        tried = DryRun.objects.create(
            name="questions.missing_again.episodes", value=2, started_at=self.now, started_by=self.near.people[Role.EXPLOITATION_COORDINATOR].display_name,
        )  # fmt: skip
        keep_found(tried, compared, today=self.today, now=self.now)
        tried.refresh_from_db()
        return tried

    def _record(self, area: Area, name: str) -> Record:
        """A child with a row of every agency in every compartment, whom everybody of the area works with."""
        school = area.agencies[AgencyKind.SCHOOL]
        child = invented.child(name, "Larkfield", sex="F", age=14, school=school)
        # A day of her own, and one that ends no other day as it is written.
        born = date(self.today.year - 14, 1, BORN_ON[name])
        KnownAs.objects.filter(person=child).update(birth_date=born)
        self._numbers(area, child)
        for role, practitioner in area.people.items():
            invented.involve(child, practitioner.agency, Why.WORKING_WITH, role, practitioner=practitioner)
        invented.involve(child, school, Why.ON_ROLL)
        invented.attendance(child, school, weeks=4)
        invented.withheld_address(child)
        entry = None
        for compartment in COMPARTMENTS:
            for kind in (AgencyKind.COUNCIL, AgencyKind.SCHOOL, AgencyKind.HEALTH, AgencyKind.CARE):
                code = area.agencies[kind].code
                entry = invented.happened(
                    child,
                    invented.days_ago(5),
                    _kind_of_line(compartment, kind),
                    f"{code} {compartment}",
                    by=code,
                    compartment=compartment,
                    text="Words.",
                )
        sign = invented.happened(
            child,
            invented.days_ago(6),
            "sign_of_harm",
            "Found far away",
            by=area.agencies[AgencyKind.POLICE].code,
            compartment="police",
            observed="S",
        )
        record = Record(child, entry, sign, *self._questions(area, child))
        self._answered(area, record)
        self._shared(area, record)
        self._went_missing(area, record)
        self._stands(area, record)
        self._met(area, record)
        return record

    def _numbers(self, area: Area, child: Person) -> None:
        """What health and the police know her by, beside the council's number and the pupil number."""
        for kind, of in (("nhs_number", AgencyKind.HEALTH), ("police_id", AgencyKind.POLICE)):
            Identifier.objects.create(
                key=invented.digest(kind, child.id), person=child, since_run=1, agency_code=area.agencies[of].code, kind=kind,
                value="1", first_on=self.today,
            )  # fmt: skip

    # ---- assessments
    def _stands(self, area: Area, record: Record) -> None:
        """The hub works with the child: a version written and approved, a step-down not agreed to, and one of each thing beside them."""
        worker, manager = area.people[Role.LEAD_PROFESSIONAL], area.people[Role.APPROVING_MANAGER]
        who = {"person_id": record.child.id, "by": worker, "now": self.now}
        strand = open_strand(token=uuid4(), lead=worker, why="A teacher is worried", **who)
        version = write(Assessed(**said_of_harm(self.today)), token=uuid4(), second=manager, **who)
        version.noticed.create(code="MISS-03", kind="I")
        approve(version, approved=True, words="Seen", by=manager, now=self.now)
        asked = ask_to_step_down(
            StepDownAsked("watched", "significant_concern", "Home every night", "Glad", self.today + timedelta(days=60)),
            token=uuid4(), second=manager, **who,
        )  # fmt: skip
        decide_step_down(asked, agreed=False, words="Too soon", by=manager, now=self.now)
        said = {"strand": strand, "by": worker, "at": self.now}
        LookBack.objects.create(found="Well", childs_view="Fine", works_again=True, **said)
        said |= {"agency": worker.agency}
        ChildSeen.objects.create(on=self.today, seen_by="Her worker", words="At home", **said)
        StatutoryFact.objects.create(fact="referral", on=self.today, reference="A-1", **said)
        Transition.objects.create(to_whom="A service", plan="From July", young_persons_view="Glad", **said)
        lead = area.people[Role.SCHOOL_SAFEGUARDING_LEAD]
        Dissent.objects.create(
            strand=strand, assessment=version, agency=lead.agency, said_by="The lead", words="We do not agree", by=lead, at=self.now,
        )  # fmt: skip
        record.more |= {"version": version, "step_down": asked}

    def _questions(self, area: Area, child: Person) -> tuple[Question, Question]:
        police, school = (area.agencies[kind].code for kind in (AgencyKind.POLICE, AgencyKind.SCHOOL))
        ago = invented.days_ago
        hub = invented.question(
            child,
            "missing_again",
            rows=[(police, ago(40), "Reported missing"), (police, ago(6), "Reported missing")],
            at_post=area.posts[PostKind.MISSING_COORDINATOR],
            figures={"episodes": 3, "overnight": 3, "first_on": str(ago(80)), "last_on": str(ago(6))},
        )
        of_school = invented.question(
            child,
            "absence_risen",
            rows=[(school, ago(3), "Absent")],
            audience=school,
            at_post=area.posts[PostKind.SCHOOL_LEAD],
        )
        of_school.reasons.get().evidence.update(record_kind="attendance_marks")
        return hub, of_school

    def _answered(self, area: Area, record: Record) -> None:
        """The school's question is answered by *ask an agency*, the sign by *not held*: what an answer leaves is there too."""
        lead = area.people[Role.SCHOOL_SAFEGUARDING_LEAD]
        answer(
            record.school_question,
            kind="look_again",
            text="Ask.",
            agency=area.agencies[AgencyKind.HEALTH],
            look_again_on=self.today + timedelta(days=5),
            by=lead,
            now=self.now,
        )
        record.more["owed"] = record.school_question.answers.get().owed.get()
        StrategyAnswer.objects.create(
            person=record.child,
            entry_key=record.sign.key,
            held=False,
            reason="Known.",
            other_children="Her cousin.",
            manager="A manager",
            by=area.people[Role.LEAD_PROFESSIONAL],
            at=self.now,
        )

    def _shared(self, area: Area, record: Record) -> None:
        """Shared with the police under a standing decision, and not shared with the district; a decision begun; a document."""
        worker = area.people[Role.LEAD_PROFESSIONAL]
        police, district = (area.agencies[kind] for kind in (AgencyKind.POLICE, AgencyKind.DISTRICT))
        who = {"person_ids": [record.child.id], "by": worker, "now": self.now}
        record.more["decision"] = decide(
            Said(**invented.WHOLE), token=uuid4(), recipient_agency=police, **who
        )
        review = {"review_on": self.today + timedelta(days=28)}
        joint = {
            "whose": "joint",
            "items": ALL_THAT_A_WORKER_SHARES,
            "caldicott": "-",
            "weighing": "-",
            "capacity": "competent",
            "under_13": "no",
        }
        record.more["shared_whole"] = decide(
            Said(**{**invented.WHOLE, **joint}), token=uuid4(), recipient_agency=police, **who
        )
        record.more["not_shared"] = decide(
            Said(**{**invented.NOT_SHARED, **review}), token=uuid4(), recipient_agency=district, **who
        )
        withdrawn = decide(Said(**invented.WHOLE), token=uuid4(), recipient_agency=police, **who)
        withdraw(withdrawn, words="-", how_told="-", by=worker, now=self.now)
        record.more["withdrawn"] = withdrawn
        record.more["standing"] = set_up_standing(
            Said(**{**invented.WHOLE, "items": ("name_and_birth_date", "missing_episodes")}),
            token=uuid4(),
            name="Daily huddle",
            kind="meeting",
            agreement=None,
            recipient_agency=police,
            families_told="At the first visit",
            from_on=self.today,
            until_on=self.today,
            by=area.people[Role.EXPLOITATION_COORDINATOR],
            now=self.now,
        )
        record.more["request"] = ask(
            token=uuid4(), person_id=record.child.id, asked_agency=area.agencies[AgencyKind.SCHOOL], what="Ask.", purpose="missing",
            purpose_words="-", article6="public_task", duty="ca2004_s10", due_on=self.today + timedelta(days=5), by=worker, now=self.now,
        )  # fmt: skip
        answered = ask(
            token=uuid4(), person_id=record.child.id, asked_agency=area.agencies[AgencyKind.SCHOOL], what="Ask.", purpose="missing",
            article6="public_task", duty="ca2004_s10", due_on=self.today, by=worker, now=self.now,
        )  # fmt: skip
        record.more["closed_request"] = answer_request(answered, words="-", by=worker, now=self.now)
        record.more["agreeing"] = record_answer(
            Answer("A mentor", "core", "Support", "given", "both", "Her mother", "Likes it", "competent", "no", "", self.today),
            token=uuid4(), person_id=record.child.id, by=worker, now=self.now,
        )  # fmt: skip
        record.more["flag"] = heed(
            person_id=record.child.id,
            flag="trusts",
            words="Her aunt",
            said_by="She herself",
            said_on=self.today,
            by=worker,
            now=self.now,
        )

    def _documents(self, area: Area, standing: str, record: Record) -> None:
        """A letter and a table of a record, and a decision in the making, each with a mark within."""
        worker = area.people[Role.LEAD_PROFESSIONAL]
        typed = self.canaries.by_hand(
            "sharing.DecisionDraft", "typed", standing, "own draft", worker.username
        )
        record.more["draft"] = begin_draft(
            person_id=record.child.id, by=worker, now=self.now, typed={"recipient_person": [typed]}
        )

        writer = area.people[Role.EXPLOITATION_COORDINATOR]
        typed = self.canaries.by_hand(
            "assessments.VersionDraft", "typed", standing, "own draft", writer.username
        )
        VersionDraft.objects.create(
            person=record.child, by=writer, typed=json.dumps({"narrative": [typed]}), saved_at=self.now
        )

        def mark() -> bytes:
            of = (standing, "social_care", worker.agency.code)
            return self.canaries.by_hand(within("records.Attachment"), "content", *of).encode()

        for what, name, content in (
            ("letter", "letter.pdf", portable(b"<</Type/Catalog>>", b"(A letter about %s)" % mark())),
            ("table", "visits.csv", b"on,by\n2026-03-02,%s\n" % mark()),
        ):
            record.more[what] = attach(
                name=name,
                content=content,
                by=worker,
                now=self.now,
                today=self.today,
                person_id=record.child.id,
                compartment="social_care",
            )

    # concerns: raised and begun by a mentor, and a link that the desk made; none is about anybody that triage has found yet
    def _worried(self, area: Area) -> None:
        mentor, triage = area.people[Role.MENTOR], area.people[Role.TRIAGE_OFFICER]
        told = Told(
            about="child", raises="youth_service", details=(("name", "Somebody"),), what_worries="Late home."
        )
        self.concern = raise_concern(told, token=uuid4(), door=Door("practitioner"), by=mentor, now=self.now)
        self.concern_draft = begin_concern(by=mentor, now=self.now)
        self.one_time_link = make_link(
            token="a-token-of-the-sweep",
            agency=None,
            for_whom="A shop",
            raises="business",
            by=triage,
            now=self.now,
        )

    def _about_children(self, area: Area) -> None:
        """One concern about each child near, matched at triage, with a name that was heard. The desk is the whole hub's: of the far child it would open one."""
        officer = area.people[Role.TRIAGE_OFFICER]
        for name in (HERS, HIDDEN, KEPT_OUT):
            record = self.records[name]
            made = concerns_in_tests.concern(
                by=area.people[Role.SCHOOL_SAFEGUARDING_LEAD],
                names=[("Taz", "driver of a silver hatchback")],
                noticed=[("MISS-03", "I")],
            )
            say_who(
                made.pk, person_id=record.child.id, how_known="Her school", opened_on="none", by=officer, now=self.now
            )  # fmt: skip
            part = found_part_known(made.pk, name_id=made.names_heard.get().pk, by=officer, now=self.now)
            resolve(part.pk, into=record.child.id, how_known="-", by=officer, now=self.now)
            LicensingLookUp.objects.create(
                concern=made, name_heard=made.names_heard.get(), register="drivers", kept_by="The city", sought="Taz", why="-", found="found",
                details="-", looked_on=self.today, by=officer, at=self.now,
            )  # fmt: skip
            answered = record.school_question.answers.get()
            JoinedAnswer.objects.create(concern=made, answer=answered, by=answered.by, at=self.now)
            record.more |= {"concern": made, "part_known": part, "decided": self._decided(area, record)}

    def _decided(self, area: Area, record: Record):
        """Another about the same child that has run its course: an agency was asked, it was decided and told, and the school does not agree."""
        officer, police = area.people[Role.TRIAGE_OFFICER], area.people[Role.POLICE_EXPLOITATION_TEAM]
        school = area.people[Role.SCHOOL_SAFEGUARDING_LEAD]
        made = concerns_in_tests.concern(by=school)
        at_the_desk = {"by": officer, "now": self.now}
        say_who(made.pk, person_id=record.child.id, how_known="Her school", opened_on="none", **at_the_desk)
        begin_screening(made.pk, **at_the_desk)
        check = ask_agency(made.pk, token=uuid4(), agency=police.agency, asks="Whose phone?", **at_the_desk)
        answer_check(check.pk, nothing_known=False, answer="A cousin's", by=police, now=self.now)
        said = Deciding("advice", "It is her cousin's", "A manager", "A sister")
        decide_concern(made.pk, said, token=uuid4(), **at_the_desk)
        record_fact(
            made.pk, fact="contact", on=self.today, reference="A-1", words="By telephone", **at_the_desk
        )
        reply(made.pk, token=uuid4(), words="Thank you", **at_the_desk)
        tell_referrer(made.pk, how="in_rowan", **at_the_desk)
        add_words(made, words="He rang", token=uuid4(), by=school, now=self.now)
        concerns_in_tests.sent_file(made)
        Referrer.objects.create(concern=made, name="-")
        Source.objects.create(concern=made, agency=police.agency, name="-")
        challenge(made.pk, token=uuid4(), why="She has no cousin", sought="A visit", by=school, now=self.now)
        return made

    # Concerns, at triage.
    def _at_triage(self, area: Area) -> None:
        """A concern of the near school about nobody yet, a check asked of it, a name that was heard, and what each child's law asks."""
        officer = area.people[Role.TRIAGE_OFFICER]
        raised_by = area.people[Role.SCHOOL_SAFEGUARDING_LEAD]
        self.at_triage = concerns_in_tests.concern(
            by=raised_by, names=[("Taz", "driver of a silver hatchback")]
        )
        self.sent_file = concerns_in_tests.sent_file(self.at_triage)
        begin_screening(self.at_triage.pk, by=officer, now=self.now)
        self.check = ask_agency(
            self.at_triage.pk,
            token=uuid4(),
            agency=area.agencies[AgencyKind.SCHOOL],
            asks="?",
            by=officer,
            now=self.now,
        )
        for name, record in self.records.items():
            worker = (self.far if name == ANOTHERS else self.near).people[Role.LEAD_PROFESSIONAL]
            record.more["protection"] = begin_protection(
                token=uuid4(), person_id=record.child.id, about="nrm", by=worker, now=self.now
            )

    # ---- missing
    def _went_missing(self, area: Area, record: Record) -> None:
        """Missing now; back and heard, with something to do; and a sheet filled in ahead and printed."""
        worker = area.people[Role.LEAD_PROFESSIONAL]
        who = {"by": worker, "now": self.now}
        child = {"person_id": record.child.id}
        back = missing.report(
            token=uuid4(), began_at=self.now - timedelta(days=4), last_seen="A", worry="B", police_reference="POL 12345", **child, **who
        )  # fmt: skip
        ago = self.now - timedelta(days=3)
        back = missing.say_returned(back, token=uuid4(), opened_on=1, at=ago, words="C", **who)
        words = dict.fromkeys(
            ("held_where", "childs_words", "why_words", "where_words", "with_whom", "harm_words", "way_back", "what_would_help"), "D"
        )  # fmt: skip
        heard = Heard(independent=True, told_of_harm="no", names=("E",), words=words)
        missing.hear(back, token=uuid4(), opened_on=2, at=ago, heard=heard, **who)
        action = missing.add_action(
            back, token=uuid4(), what="F", owner=area.people[Role.TRIAGE_OFFICER], due_on=self.today, **who
        )  # fmt: skip
        sheet = missing.fill_in(
            token=uuid4(), opened_on="", words=dict.fromkeys(BOXES, "G"), **child, **who
        )  # fmt: skip
        missing.put_photograph(name="in-the-park.jpg", content=photograph(), **child, **who)
        missing.print_sheet(sheet, token=uuid4(), decision=None, **child, **who)
        now = missing.report(
            token=uuid4(), began_at=self.now - timedelta(hours=2), last_seen="H", **child, **who
        )
        nobody = UnknownChild.objects.create(
            episode_id=back.pk, person=Person.objects.create(pk=uuid4().hex, founded_run=1, founded_by_day=True), known_by="G", by=worker, at=self.now
        )  # fmt: skip
        FoundToBe.objects.create(unknown=nobody, into=record.child, how_known="H", by=worker, at=self.now)
        # A hub has one co-ordinator and one triage desk, and both areas are this hub's: for the sweep, the far one's stay apart.
        Involvement.objects.filter(
            person_id=record.child.id, why=Why.ASKED, rests_on__startswith="missing "
        ).delete()
        record.more |= {"heard": Episode.objects.get(pk=back.pk), "missing": now, "to_do": action}

    # plans, meetings, escalation

    def _met(self, area: Area, record: Record) -> None:
        """An action of her plan; her item of a panel in session, with a decision and dissent; a disagreement; something gone up."""
        worker, manager = area.people[Role.LEAD_PROFESSIONAL], area.people[Role.APPROVING_MANAGER]
        chair, organiser = area.people[Role.PANEL_CHAIR], area.people[Role.EXPLOITATION_COORDINATOR]
        due, token = self.today + timedelta(days=9), uuid4
        record.more["action"] = set_action(
            token=token(), person_id=record.child.id, what="Ring her aunt", owner=worker, due_on=due, by=worker, now=self.now
        )  # fmt: skip
        series = set_up_series(
            token=token(), name="Child panel", kind="panel", rhythm="monthly", chair=chair, organiser=organiser,
            members=[area.people[Role.PANEL_MEMBER]], first_on=self.today, by=organiser, now=self.now,
        )  # fmt: skip
        record.more["meeting"] = meeting = series.meetings.get()
        record.more["item"] = item = meeting.items.create(person=record.child, reasons=["new"])
        who_came(meeting, came=[chair, organiser, area.people[Role.PANEL_MEMBER]], by=organiser, now=self.now)
        decide_in_meeting(
            item,
            decision="stays",
            reason="Known.",
            childs_view="-",
            review_on=due,
            by=organiser,
            now=self.now,
        )
        dissent(
            item,
            token=token(),
            agency=area.agencies[AgencyKind.HEALTH],
            words="No.",
            by=organiser,
            now=self.now,
        )
        write_minutes(meeting, words="-", by=organiser, now=self.now)
        record.more["disagreement"] = raised = raise_disagreement(
            token=token(), person_id=record.child.id, about="threshold", with_agency=area.agencies[AgencyKind.SCHOOL],
            what="-", sought="-", safe_meanwhile="-", by=worker, now=self.now,
        )  # fmt: skip
        respond(raised, token=token(), words="-", by=worker, now=self.now)
        clock = start_clock(
            what="a thing", about_kind="thing", about_id=str(token()), about_person=record.child.id,
            due_on=self.today - timedelta(days=3), now=self.now, owner=worker,
        )  # fmt: skip
        record.more["overdue"] = late = Overdue.objects.create(
            clock=clock, level="manager", owner=manager, due_on=self.today, began_at=self.now
        )
        for level, owner, ago in (("practitioner", worker, 2), ("manager", manager, 0)):
            late.steps.create(
                level=level,
                owner=owner,
                on=self.today - timedelta(days=ago),
                at=self.now,
                says="The manager answers.",
            )
        late.answers.create(words="-", until_on=self.today, by=manager, at=self.now)

    def _asked_about_looks(self) -> LooksQuestion:
        """A worker of the near area opened records on her last evenings, hers and another's, and somebody is asked about it."""
        worker = self.near.people[Role.LEAD_PROFESSIONAL]
        leave(Left(worker, self.now, self.records[standing].child.id) for standing in (HERS, ANOTHERS))
        asked = put(
            pattern=Pattern.OWN_NAME,
            practitioner_id=worker.pk,
            about_person=self.records[HERS].child.id,
            figures={},
            settings_used={},
            due_in=5,
            now=self.now,
        )
        for line in TrailEntry.objects.filter(by_id=str(worker.pk), did=LOOKED):
            asked.evidence.create(position=line.position)
        return asked

    def _hide(self) -> None:
        """Restricted, with nobody let in but the far area's co-ordinator, who answers for it; and kept out one by one."""
        owner = self.far.people[Role.EXPLOITATION_COORDINATOR]
        hidden = Restriction.objects.create(
            person_id=self.records[HIDDEN].child.id, why="staff family", owner=owner, set_by="operator"
        )
        LetIn.objects.create(restriction=hidden, practitioner=owner, by="operator")
        hidden.changes.create(what="let_in", practitioner=owner, why="-", by="operator", at=self.now)
        for practitioner in self.near.people.values():
            KeptOut.objects.create(
                person_id=self.records[KEPT_OUT].child.id,
                practitioner=practitioner,
                why="conflict of interest",
                set_by="operator",
            )


def _kind_of_line(compartment: str, kind: AgencyKind) -> str:
    if compartment != "police":
        return f"told_{compartment}"
    return "arrested" if kind == AgencyKind.CARE else "went_missing"
