"""The invented leads, deputies and chief officers of every agency in the demonstration."""

from datetime import date

from django.db import transaction

from .actions import add_person, hold_post
from .models import Agency, AgencyKind, LeadPlace, Post, Practitioner
from .rules.posts import PostKind
from .rules.roles import Role

# Each chain in its order; the last of each is the chief officer. Titles of the council as the partnership names them (domain facts 9.1).
COUNCIL = [
    ("Head of Community Services", "Judith Castell"),
    ("Head of Leisure and Cultural Services", "Femi Rowntree"),
    ("Children’s Centre Manager", "Nerys Coldwell"),
    ("Chief Executive", "Aldous Merchant"),
]
POLICE = [
    ("Detective Chief Inspector, Public Protection", "Ingrid Salter"),
    ("Detective Inspector, Exploitation", "Tobias Quaye"),
    ("Chief Constable", "Ruth Ashdown"),
]
HEALTH = [
    ("Designated Nurse for Safeguarding Children", "Beatriz Lunn"),
    ("Named Nurse for Safeguarding Children", "Owain Sethi"),
    ("Chief Executive of the Trust", "Marguerite Dale"),
]
YOUTH_JUSTICE = [
    ("Head of Youth Justice", "Leander Fox"),
    ("Youth Justice Team Manager", "Pilar Norwood"),
    ("Director of Youth Justice", "Hester Vance"),
]
# A school's lead holds the post of its safeguarding lead already; behind them stand a deputy and the head teacher.
SCHOOL_DEPUTIES = ["Della Harrow", "Dmitri Stone", "Dorcas Wynn", "Duncan Peel"]
HEADS = ["Hilda Marsh", "Harun Gale", "Helga Thorne", "Hector Boyle"]


@transaction.atomic
def make_leads(*, today: date, by) -> None:
    """Every agency gets its lead, its deputies and its chief officer. Made once; a second time changes nothing.

    They have no password: they sign in by the demonstration's ten-minute address.
    """
    for kind, chain, prefix in [
        (AgencyKind.COUNCIL, COUNCIL, "council-lead"),
        (AgencyKind.POLICE, POLICE, "police-lead"),
        (AgencyKind.HEALTH, HEALTH, "health-lead"),
        (AgencyKind.YOUTH_JUSTICE, YOUTH_JUSTICE, "youth-justice-lead"),
    ]:
        agency = Agency.objects.filter(kind=kind).order_by("code").first()
        if agency:
            _make_chain(agency, chain, prefix, today=today, by=by)
    schools = Agency.objects.filter(kind=AgencyKind.SCHOOL, posts__kind=PostKind.SCHOOL_LEAD).order_by("code")
    for number, school in enumerate(schools):
        _make_school(school, number, today=today, by=by)


def _make_chain(agency: Agency, chain: list[tuple[str, str]], prefix: str, *, today: date, by) -> None:
    *leads, (chief_title, chief) = chain
    for place, (title, name) in enumerate(leads, start=1):
        post = _seat(agency, PostKind.LEAD, title, name, f"{prefix}-{place}", today=today, by=by)
        _stand_in_chain(post, place, today)
    _seat(agency, PostKind.CHIEF_OFFICER, chief_title, chief, f"{prefix}-chief", today=today, by=by)


def _make_school(school: Agency, number: int, *, today: date, by) -> None:
    _stand_in_chain(Post.objects.get(agency=school, kind=PostKind.SCHOOL_LEAD), 1, today)
    deputy = _seat(
        school,
        PostKind.LEAD,
        "Deputy safeguarding lead",
        SCHOOL_DEPUTIES[number % len(SCHOOL_DEPUTIES)],
        f"school-deputy-{number + 1}",
        today=today,
        by=by,
    )
    _stand_in_chain(deputy, 2, today)
    head = HEADS[number % len(HEADS)]
    _seat(
        school, PostKind.CHIEF_OFFICER, "Head teacher", head, f"head-teacher-{number + 1}", today=today, by=by
    )


def _seat(agency: Agency, kind: PostKind, title: str, name: str, username: str, *, today: date, by) -> Post:
    post, _ = Post.objects.get_or_create(kind=kind.value, agency=agency, title=title)
    is_school = agency.kind == AgencyKind.SCHOOL
    role = Role.SCHOOL_SAFEGUARDING_LEAD if is_school else Role.SAFEGUARDING_LEAD
    person = Practitioner.objects.filter(username=username).first() or add_person(
        username=username,
        display_name=name,
        role=role.value,
        agency=agency,
        phone=f"01632 962 {Post.objects.filter(pk__lte=post.pk).count():03d}",
        by=by,
    )
    hold_post(post=post, practitioner=person, from_on=today, by=by)
    return post


def _stand_in_chain(post: Post, place: int, today: date) -> None:
    LeadPlace.objects.get_or_create(post=post, until_on=None, defaults={"place": place, "from_on": today})
