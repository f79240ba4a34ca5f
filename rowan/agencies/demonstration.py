"""The invented people of the demonstration: one for each role, and a safeguarding lead for every school."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from .actions import add_person, hold_post, team_named
from .demonstration_leads import make_leads
from .models import Agency, AgencyKind, Post, Practitioner
from .rules.posts import PostKind
from .rules.roles import Role


@dataclass(frozen=True)
class DemonstrationPerson:
    username: str
    display_name: str
    role: Role
    agency_kind: AgencyKind
    team: str = ""
    post: PostKind | None = None


PEOPLE = [
    DemonstrationPerson(
        "triage", "Tamsin Okoro", Role.TRIAGE_OFFICER, AgencyKind.COUNCIL, "Front door", PostKind.TRIAGE
    ),
    DemonstrationPerson(
        "coordinator",
        "Colm Desai",
        Role.EXPLOITATION_COORDINATOR,
        AgencyKind.COUNCIL,
        "Exploitation hub",
        PostKind.EXPLOITATION_COORDINATOR,
    ),
    DemonstrationPerson(
        "missing",
        "Mirela Hughes",
        Role.MISSING_COORDINATOR,
        AgencyKind.COUNCIL,
        "Exploitation hub",
        PostKind.MISSING_COORDINATOR,
    ),
    DemonstrationPerson(
        "youth-justice",
        "Yusuf Barrett",
        Role.YOUTH_JUSTICE_WORKER,
        AgencyKind.YOUTH_JUSTICE,
        "Prevention",
        PostKind.YOUTH_JUSTICE,
    ),
    DemonstrationPerson(
        "welfare-officer",
        "Wilma Nowak",
        Role.EDUCATION_WELFARE_OFFICER,
        AgencyKind.COUNCIL,
        "School attendance",
    ),
    DemonstrationPerson(
        "police", "Priya Lockwood", Role.POLICE_EXPLOITATION_TEAM, AgencyKind.POLICE, "Exploitation team"
    ),
    DemonstrationPerson(
        "health", "Hannah Adeyemi", Role.HEALTH_LEAD, AgencyKind.HEALTH, "Safeguarding nurses"
    ),
    DemonstrationPerson("analyst", "Anil Whitcombe", Role.ANALYST, AgencyKind.COUNCIL, "Exploitation hub"),
    DemonstrationPerson(
        "governance", "Gwen Farrow", Role.INFORMATION_GOVERNANCE, AgencyKind.COUNCIL, "Information governance"
    ),
    DemonstrationPerson(
        "administrator", "Ade Morris", Role.ADMINISTRATOR, AgencyKind.COUNCIL, "Information technology"
    ),
    DemonstrationPerson(
        "lado",
        "Lindiwe Fell",
        Role.APPROVING_MANAGER,
        AgencyKind.COUNCIL,
        "Safeguarding and quality",
        PostKind.LADO,
    ),
]
# Named from what the county's files hold: a worker of the case list, and the leads and a teacher of its schools.
LEAD_PROFESSIONAL = "social-worker"
REFERRER = "teacher"
SCHOOL_LEAD = "school-lead"

_LEADS = [
    "Sian Blakemore",
    "Stefan Ives",
    "Sunita Carrick",
    "Seun Marlow",
    "Sorcha Pryce",
    "Sofia Dunmore",
    "Samir Hale",
    "Selma Frost",
]


@transaction.atomic
def make_people(
    *, worker: tuple[str, str, str] | None, schools: list[str], password: str, today: date, by
) -> list[Practitioner]:
    """Make every demonstration account that is not there yet, and put each in the post it holds.

    `worker` is the name, team and phone of one allocated worker on the council's case list; `schools` are the schools'
    numbers (LAEstab), the one to sign in to first standing first.
    """
    council = Agency.objects.filter(kind=AgencyKind.COUNCIL).order_by("code").first()
    # Without the county's files there is no council to belong to.
    assert council is not None, "the county is imported before its people are made"
    for kind, code, name in [
        (AgencyKind.YOUTH_JUSTICE, "youth-justice-" + council.la_code, "Youth Justice Service"),
        (AgencyKind.HEALTH, "health-" + council.la_code, "Community Health Trust"),
    ]:
        Agency.objects.get_or_create(code=code, defaults={"name": f"{name} (invented)", "kind": kind})
    people = [_make(person, password=password, by=by) for person in PEOPLE]
    for person, made in zip(PEOPLE, people, strict=True):
        if person.post:
            _seat(person.post, made, _post_title(person.post), today=today, by=by)
    _deputies()
    if worker:
        people.append(_make_worker(council, *worker, password=password, by=by))
    people.extend(_make_school_people(schools, password=password, today=today, by=by))
    make_leads(today=today, by=by)
    return people


def _make(person: DemonstrationPerson, *, password: str, by) -> Practitioner:
    if made := Practitioner.objects.filter(username=person.username).first():
        return made
    agency = Agency.objects.filter(kind=person.agency_kind).order_by("code").first()
    return add_person(
        username=person.username,
        display_name=person.display_name,
        role=person.role.value,
        agency=agency,
        team=team_named(agency, person.team),
        phone="01632 960 0" + f"{PEOPLE.index(person) + 10}",
        password=password,
        by=by,
    )


def _make_worker(council: Agency, name: str, team: str, phone: str, *, password: str, by) -> Practitioner:
    if made := Practitioner.objects.filter(username=LEAD_PROFESSIONAL).first():
        return made
    return add_person(
        username=LEAD_PROFESSIONAL,
        display_name=name,
        role=Role.LEAD_PROFESSIONAL.value,
        agency=council,
        team=team_named(council, team),
        phone=phone,
        password=password,
        by=by,
    )


def _make_school_people(schools: list[str], *, password: str, today: date, by) -> list[Practitioner]:
    people = []
    place = {laestab: number for number, laestab in enumerate(schools)}
    agencies = sorted(
        Agency.objects.filter(kind=AgencyKind.SCHOOL),
        key=lambda school: (place.get(school.laestab, len(place)), school.code),
    )
    for number, school in enumerate(agencies):
        username = SCHOOL_LEAD if number == 0 else f"{SCHOOL_LEAD}-{number + 1}"
        lead = Practitioner.objects.filter(username=username).first() or add_person(
            username=username,
            display_name=_LEADS[number % len(_LEADS)],
            role=Role.SCHOOL_SAFEGUARDING_LEAD.value,
            agency=school,
            phone=f"01632 961 {number:03d}",
            password=password,
            by=by,
        )
        _seat(PostKind.SCHOOL_LEAD, lead, f"Safeguarding lead, {school.name}", today=today, by=by)
        people.append(lead)
        if number == 0 and not Practitioner.objects.filter(username=REFERRER).exists():
            people.append(
                add_person(
                    username=REFERRER,
                    display_name="Rhys Amoah",
                    role=Role.REFERRER.value,
                    agency=school,
                    password=password,
                    by=by,
                )
            )
    return people


def _post_title(kind: PostKind) -> str:
    return {
        PostKind.TRIAGE: "Triage desk",
        PostKind.LADO: "Local authority designated officer",
        PostKind.EXPLOITATION_COORDINATOR: "Exploitation co-ordinator",
        PostKind.MISSING_COORDINATOR: "Missing co-ordinator",
        PostKind.YOUTH_JUSTICE: "Youth justice duty worker",
    }[kind]


def _seat(kind: PostKind, person: Practitioner, title: str, *, today: date, by) -> None:
    post, _ = Post.objects.get_or_create(kind=kind.value, agency=person.agency, defaults={"title": title})
    hold_post(post=post, practitioner=person, from_on=today, by=by)


def _deputies() -> None:
    """The exploitation co-ordinator deputises for the missing co-ordinator and for youth justice; triage for the co-ordinator."""
    posts = {post.kind: post for post in Post.objects.exclude(agency__kind=AgencyKind.SCHOOL)}
    for kind, deputy in [
        (PostKind.MISSING_COORDINATOR, PostKind.EXPLOITATION_COORDINATOR),
        (PostKind.YOUTH_JUSTICE, PostKind.EXPLOITATION_COORDINATOR),
        (PostKind.EXPLOITATION_COORDINATOR, PostKind.TRIAGE),
    ]:
        Post.objects.filter(pk=posts[kind].pk).update(deputy=posts[deputy])
