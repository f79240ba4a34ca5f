"""Invented people for tests, made by hand and small: agencies, practitioners, children and what is known of them."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.agencies.models import Absence, Agency, AgencyKind, LeadPlace, Post, PostHolding, Practitioner
from rowan.agencies.rules.posts import POST_NAMES, PostKind
from rowan.agencies.rules.roles import Role
from rowan.chronology.models import AttendanceTerm, Entry, EntrySource
from rowan.matching.models import RecordLink
from rowan.people.models import Address, Identifier, KnownAs, Name, Person, SchoolPlace
from rowan.people.rules.finding import sounds_of
from rowan.questions.models import HUB, EvidenceRow, Question, Reason
from rowan.questions.rules.register import rule_named
from rowan.records.models import FeedAgreement, FeedReach, ImportedFile, OvernightRun, QuarantinedRow

PASSWORD = "a-long-invented-password"
COUNCIL, POLICE, SCHOOL = "council-899", "police-invented-constabulary", "school-8994001"


def digest(*parts: object) -> str:
    return sha256("|".join(str(part) for part in parts).encode()).hexdigest()


def finished_run(number: int = 1, as_of: date | None = None) -> OvernightRun:
    now = timezone.now()
    run, _ = OvernightRun.objects.get_or_create(
        number=number,
        defaults={"as_of": as_of or timezone.localdate(), "started_at": now, "finished_at": now},
    )
    return run


def agency(code: str, name: str, kind: AgencyKind, **more) -> Agency:
    return Agency.objects.get_or_create(code=code, defaults={"name": name, "kind": kind, **more})[0]


def three_agencies() -> dict[str, Agency]:
    return {
        COUNCIL: agency(COUNCIL, "Invented Council", AgencyKind.COUNCIL, la_code="899", phone="01632 960001"),
        POLICE: agency(POLICE, "Invented Constabulary", AgencyKind.POLICE, phone="01632 960002"),
        SCHOOL: agency(
            SCHOOL, "Larch Hill School", AgencyKind.SCHOOL, laestab="8994001", phone="01632 960003"
        ),
    }


def practitioner(username: str, role: Role, at: Agency, name: str = "", **more) -> Practitioner:
    return Practitioner.objects.create(
        username=username,
        password=_password_kept(),
        display_name=name or username.replace("-", " ").title(),
        role=role.value,
        agency=at,
        phone="01632 960100",
        **more,
    )


@cache
def _password_kept() -> str:
    """Made once a run: a good password takes its time to make, and nearly every test has seven people."""
    return make_password(PASSWORD)


def post(kind: PostKind, at: Agency, *holders: Practitioner, deputy: Post | None = None) -> Post:
    made, _ = Post.objects.get_or_create(
        kind=kind.value, agency=at, defaults={"title": POST_NAMES[kind].capitalize(), "deputy": deputy}
    )
    for order, holder in enumerate(holders):
        PostHolding.objects.get_or_create(
            post=made,
            practitioner=holder,
            defaults={"order": order, "from_on": timezone.localdate() - timedelta(days=100)},
        )
    return made


def acting_lead(who: Practitioner) -> str:
    """They answer for their agency today, because whoever stands before them in its chain is away. What a decision of theirs then says of it."""
    today, deputy = timezone.localdate(), f"Deputy lead of {who.agency.name}"
    before = practitioner(f"before-{who.username}", Role.SAFEGUARDING_LEAD, who.agency)
    for place, (title, holder) in enumerate([(f"Lead of {who.agency.name}", before), (deputy, who)], 1):
        made = Post.objects.create(kind=PostKind.LEAD.value, agency=who.agency, title=title)
        made.holdings.create(practitioner=holder, from_on=today)
        LeadPlace.objects.create(post=made, place=place, from_on=today)
    Absence.objects.create(practitioner=before, from_on=today, entered_by=before, entered_at=timezone.now())
    return f"{deputy}, acting lead"


def child(first_name: str, surname: str, *, sex: str, age: int, school: Agency, called: str = "") -> Person:
    """Somebody whom the council, the police and a school know, with one name, number and address from each."""
    today = timezone.localdate()
    person = Person.objects.create(id=digest(first_name, surname)[:32], founded_run=1)
    KnownAs.objects.create(
        person=person,
        since_run=1,
        first_name=first_name,
        surname=surname,
        birth_date=date(today.year - age, 1, 1),
        sex=sex,
        school_code=school.code,
        year_group="10",
    )
    since = today - timedelta(days=400)
    for code in (COUNCIL, POLICE, school.code):
        known = {"person": person, "since_run": 1, "agency_code": code, "first_on": since}
        here = called if called and code == school.code else first_name
        Name.objects.create(
            key=digest("name", person.id, code),
            first_name=here,
            surname=surname,
            sounds=sounds_of(here, surname),
            kind="preferred" if called and code == school.code else "as recorded",
            **known,
        )
        Address.objects.create(
            key=digest("address", person.id, code), address="3 Invented Row", postcode="ZQ1 2AB", **known
        )
        RecordLink.objects.create(
            since_run=1,
            rid=digest("rid", person.id, code)[:32],
            person_id=person.id,
            agency_code=code,
            source=f"{code}:person",
            source_id=person.id[:6],
            how="same name, birth date and postcode",
            judged_by="machine",
        )
    for code, kind, value in [(COUNCIL, "council_id", "L1234"), (school.code, "upn", "A123456789012")]:
        Identifier.objects.create(
            key=digest("identifier", person.id, code),
            person=person,
            since_run=1,
            agency_code=code,
            kind=kind,
            value=value,
            first_on=since,
        )
    SchoolPlace.objects.create(
        key=digest("place", person.id),
        person=person,
        since_run=1,
        agency_code=school.code,
        school_name=school.name,
        year_group="10",
        first_on=since,
    )
    return person


def withheld_address(person: Person, *, by: str = COUNCIL) -> Address:
    """Where she lives now, as a file of the council's tells it: withheld."""
    return Address.objects.create(
        key=digest("withheld address", person.id, by),
        person=person,
        since_run=1,
        agency_code=by,
        first_on=timezone.localdate() - timedelta(days=9),
        sealed_address="9 Invented Refuge",
        sealed_postcode="ZQ9 9ZZ",
        withheld=True,
    )


def happened(
    person: Person,
    on: date,
    kind: str,
    title: str,
    *,
    by: str,
    compartment: str = "core",
    known_on: date | None = None,
    record_kind: str = "",
    **more,
) -> Entry:
    """A line of the timeline, with the row it rests on."""
    key = digest("entry", person.id, on, kind, title)
    entry = Entry.objects.create(
        key=key,
        person=person,
        since_run=1,
        happened_on=on,
        kind=kind,
        title=title,
        agency_code=by,
        compartment=compartment,
        known_on=known_on or min(on + timedelta(days=2), timezone.localdate()),
        **more,
    )
    EntrySource.objects.create(
        key=digest("source", key),
        entry_key=key,
        person=person,
        since_run=1,
        record_kind=record_kind or kind,
        source=f"{by}:person",
        record_id=key[:12],
        rid=digest("rid", person.id, by)[:32],
        agency_code=by,
        file="an-agency/a-file.csv",
        line=12,
        received_on=entry.known_on,
    )
    return entry


def term_of(monday: date) -> date:
    """The first day of its term, as a night has it."""
    begins = next(month for month in (9, 5, 1) if monday.month >= month)
    return date(monday.year, begins, 1)


def attendance(person: Person, school: Agency, weeks: int = 20) -> None:
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    by_term = defaultdict(dict)
    for number in range(weeks):
        absent, week_on = min(10, number // 2), monday - timedelta(weeks=weeks - number)
        sums = [week_on.isoformat(), 10, absent, absent // 3, absent - absent // 3]
        by_term[term_of(week_on)][week_on.isoformat()] = sums, {"/": 10 - absent, "O": absent}
    for term_on, told in by_term.items():
        AttendanceTerm.objects.create(
            key=digest("term", person.id, term_on.isoformat()),
            person=person,
            since_run=1,
            agency_code=school.code,
            term_on=term_on,
            weeks=[sums for sums, _ in told.values()],
            codes={week_on: codes for week_on, (_, codes) in told.items()},
        )


def involve(person: Person, at: Agency, why: Why, worker_name: str = "", **more) -> Involvement:
    return Involvement.objects.create(
        person_id=person.id,
        agency=at,
        why=why,
        worker_name=worker_name,
        rests_on=digest(person.id, at.code, why, worker_name)[:40],
        opened_on=timezone.localdate() - timedelta(days=300),
        **more,
    )


def question(
    person: Person,
    rule_name: str,
    *,
    rows: list[tuple[str, date, str]],
    audience: str = HUB,
    to: Practitioner | None = None,
    at_post: Post | None = None,
    figures: dict | None = None,
    due_on: date | None = None,
) -> Question:
    """A question of one rule, with its evidence rows (agency, date, words) and the involvement that being asked brings."""
    today = timezone.localdate()
    rule = rule_named(rule_name)
    asked = Question.objects.create(
        person=person,
        audience=audience,
        post=at_post,
        practitioner=to,
        why_you=f"You are {to.get_role_display().lower()} for this child" if to else "Your post is asked",
        asked_run=1,
        asked_on=today,
        due_on=due_on or today + timedelta(days=2),
    )
    values = {setting.name: setting.default for setting in rule.all_settings}
    reason = Reason.objects.create(
        question=asked,
        occasion=digest("occasion", asked.id, rule_name),
        rule=rule_name,
        rule_version=rule.version,
        happened_on=max(on for _, on, _ in rows),
        figures=figures or {},
        settings_used=values,
        sentence=rule.explain(figures or {}, values),
        asked_run=1,
    )
    for number, (code, on, what) in enumerate(rows):
        EvidenceRow.objects.create(
            reason=reason,
            record_kind="police_missing",
            source=f"{code}:person",
            record_id=f"R{number}",
            rid=digest("rid", person.id, code)[:32],
            agency_code=code,
            happened_on=on,
            received_on=today,
            what=what,
            how_matched="same name, birth date and postcode",
        )
    Involvement.objects.create(
        person_id=person.id,
        agency=(to.agency if to else at_post.agency),
        practitioner=to,
        post=None if to else at_post,
        why=Why.ASKED,
        rests_on=f"question:{asked.id}",
        opened_on=today,
    )
    return asked


def feeds(agencies: dict[str, Agency]) -> FeedAgreement:
    """What each agency sends, up to when, one file of it and one row put aside. Returns the last agreement."""
    today = timezone.localdate()
    for code, feed, days in [
        (COUNCIL, "council_case_list", 1),
        (COUNCIL, "ssda903", 200),
        (POLICE, "police_missing", 2),
        (SCHOOL, "attendance_marks", 3),
    ]:
        agreement = FeedAgreement.objects.create(
            feed=feed,
            agency=agencies[code],
            purpose="To protect children from exploitation",
            whose_rows="every row" if feed != "attendance_marks" else "children open to the council",
            how_far_back_days=730,
            own_watch=feed == "attendance_marks",
            from_on=today - timedelta(days=300),
        )
        FeedReach.objects.create(
            key=f"{feed}|{code}",
            since_run=1,
            feed=feed,
            agency=agencies[code],
            reaches_to=today - timedelta(days=days),
            rows_kept=1200,
            rows_purged=34 if feed == "attendance_marks" else 0,
            purged_on=today if feed == "attendance_marks" else None,
        )
    file = ImportedFile.objects.create(
        import_id="a" * 32,
        file="police/missing_incidents.csv",
        format="police missing incidents",
        feed="police_missing",
        agency=agencies[POLICE],
        period_from=today - timedelta(days=90),
        period_to=today - timedelta(days=2),
        received_on=today,
        rows=12,
        kept=11,
        quarantined=1,
        repeated=0,
        marked=1,
        seconds=0.4,
        at=timezone.now(),
        notes=[
            {"says": "Read as WINDOWS-1252, as its bytes say."},
            {"marked": "The birth date is in the future", "rows": 1},
        ],
    )
    QuarantinedRow.objects.create(
        imported_file=file, line=7, column="DOB", reason="The date does not exist", masked="3•/0•/20••"
    )
    return agreement


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def at_noon(on: date) -> datetime:
    return timezone.make_aware(datetime(on.year, on.month, on.day, 12))


# A decision to share, and one not to, as somebody says them.
WHOLE = {
    "decided": "share",
    "whose": "own",
    "recipient": "Invented Constabulary",
    "recipient_person": "Duty sergeant",
    "items": ("name_and_birth_date", "attendance"),
    "purpose": "protect_from_exploitation",
    "article6": "public_task",
    "condition": "safeguarding_children",
    "duty": "ca1989_s47",
    "necessary": "The officer has to know which days she was away",
    "told_child": "told",
    "told_parent": "not_told",
    "why_not_told": "An adult at home is named",
    "facts": "facts",
    "accuracy": "Marks up to yesterday",
    "route": "secure_email",
}
NOT_SHARED = {
    "decided": "not_share",
    "recipient": "Invented Constabulary",
    "reason_not": "more_detrimental",
    "why_not": "Her stepfather works there and would learn where she is",
}
