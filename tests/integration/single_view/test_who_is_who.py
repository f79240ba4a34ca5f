"""The pages of who is who: what of two children a reader is shown, what an answer says, and taking it back."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Restriction, Why
from rowan.access.rules.seeing import HUB, Seen, Through
from rowan.agencies.models import AgencyKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.matching.models import AwaitedJoin, Judgement, UnsurePair
from rowan.people.models import Address, KnownAs, Name, SafeContact, SchoolPlace
from rowan.people.rules.safe_contact import Flag
from rowan.people.where_they_live import homes_that_may_be_told
from tests import people_in_tests as invented
from tests.pairs_in_tests import REASONS, unsure


class Hub:
    def __init__(self):
        invented.finished_run()
        self.agencies = invented.three_agencies()
        self.council, self.school = self.agencies[invented.COUNCIL], self.agencies[invented.SCHOOL]
        self.tamsin = invented.practitioner("tamsin", Role.TRIAGE_OFFICER, self.council, "Tamsin Okoro")
        self.cleo = invented.practitioner("cleo", Role.EXPLOITATION_COORDINATOR, self.council, "Cleo Marsh")
        self.ana = invented.practitioner("ana", Role.ANALYST, self.council, "Ana Reed")
        self.joan = invented.practitioner("joan", Role.LEAD_PROFESSIONAL, self.council, "Joan Eccles")
        self.mia = invented.child("Mia", "Ode", sex="F", age=14, school=self.school)
        self.miah = invented.child("Miah", "Oder", sex="F", age=13, school=self.school)
        self.pair = unsure(self.mia, self.miah)

    def page(self, name="pair", **more) -> str:
        args = [self.pair.left_rid, self.pair.right_rid] if name == "pair" else list(more.get("args", ()))
        return reverse(f"who_is_who:{name}", args=args)

    def works_with(self, who, *children):
        for child in children:
            invented.involve(child, who.agency, Why.WORKING_WITH, practitioner=who)


@pytest.fixture
def hub(db) -> Hub:
    return Hub()


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def read(who, path: str) -> str:
    answer = signed_in(who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_names_both_and_says_in_words_why_rowan_could_not_tell(hub):
    words = read(hub.ana, hub.page("pairs"))
    assert "Mia Ode, 14" in words and "Miah Oder, 13" in words
    # Which number it is would tell which agency knows the child.
    assert "Same number, first name same, different surname, different birth date" in words
    assert "No open work" in words
    shown = Entry.objects.filter(did="looked at the records that may be one person’s: child shown")
    assert {line.about_person for line in shown} == {hub.mia.id, hub.miah.id}


def test_an_empty_list_does_not_say_that_every_link_is_right(hub):
    UnsurePair.objects.all().delete()
    assert "not the same as every link being right" in read(hub.ana, hub.page("pairs"))


def test_a_long_list_is_paged(hub):
    row = UnsurePair.objects.get()
    for number in range(60):
        UnsurePair.objects.create(
            since_run=1, key=f"{number:064}", left_rid=f"{number:032}", right_rid=row.right_rid,
            left_person_id=row.left_person_id, right_person_id=row.right_person_id, reasons="x", weight=-3.0,
        )  # fmt: skip
    assert read(hub.ana, hub.page("pairs")).count('scope="row"') == 25
    assert read(hub.ana, hub.page("pairs") + "?page=3").count('scope="row"') == 11


def test_whoever_works_with_neither_sees_what_a_typed_reason_would_show(hub):
    words = read(hub.tamsin, hub.page())
    assert "14 years old" in words and "13 years old" in words
    assert "Mia Ode (Invented Council)" in words and "Larch Hill School" in words
    assert "3 Invented Row" not in words and "ZQ1 2AB" not in words and "Not shown to you" in words
    assert "1 January" not in words and "A123456789012" not in words and "pupil number" not in words
    looked = Entry.objects.filter(did="looked at two records side by side: child shown")
    assert {line.about_person for line in looked} == {hub.mia.id, hub.miah.id}


def test_whoever_works_with_both_sees_birth_dates_homes_and_numbers_as_on_their_pages(hub):
    hub.works_with(hub.tamsin, hub.mia, hub.miah)
    words = read(hub.tamsin, hub.page())
    assert words.count("1 January") == 2 and "3 Invented Row, ZQ1 2AB (Invented Council)" in words
    assert REASONS.capitalize().replace("P", "p") in words and "A123456789012" in words


def test_an_analyst_is_shown_no_home_whatever_their_part(hub):
    hub.works_with(hub.ana, hub.mia, hub.miah)
    assert "3 Invented Row" not in read(hub.ana, hub.page())


AT_HOME = "same name and address, birth date one slip apart"


def at_one_home(hub):
    UnsurePair.objects.update(reasons=AT_HOME)


def test_that_two_share_a_home_is_told_only_to_whoever_is_shown_where_both_live(hub):
    """One page never shows what another hides: the reason beside "Not shown to you" said that the addresses agree."""
    at_one_home(hub)
    for page in ("pair", "pairs"):
        assert "ame name, birth date one slip apart" in read(hub.tamsin, hub.page(page))
        assert "and address" not in read(hub.tamsin, hub.page(page))
    hub.works_with(hub.tamsin, hub.mia)
    assert "and address" not in read(hub.tamsin, hub.page())
    hub.works_with(hub.tamsin, hub.miah)
    for page in ("pair", "pairs"):
        assert "ame name and address, birth date" in read(hub.tamsin, hub.page(page))


def test_an_analyst_is_not_told_that_two_share_a_home_whatever_their_part(hub):
    at_one_home(hub)
    hub.works_with(hub.ana, hub.mia, hub.miah)
    assert "and address" not in read(hub.ana, hub.page())
    UnsurePair.objects.update(reasons="same postcode")
    assert "What made Rowan ask is not shown to you" in read(hub.ana, hub.page("pairs"))


@pytest.mark.parametrize("by_day", [True, False])
def test_the_home_of_a_known_child_does_not_tell_a_limited_reader_where_a_withheld_one_is(hub, by_day):
    limited = Seen(Role.EDUCATION_WELFARE_OFFICER, invented.COUNCIL, HUB)
    whole = Seen(Role.TRIAGE_OFFICER, invented.COUNCIL, HUB)
    both = {hub.mia.id, hub.miah.id}
    assert homes_that_may_be_told(dict.fromkeys(both, limited)) == both
    if by_day:
        SafeContact.objects.create(
            person=hub.mia, flag=Flag.ADDRESS_WITHHELD, said_by="Her mother", said_on=timezone.localdate(), recorded_by=hub.joan,
            recorded_at=timezone.now(),
        )  # fmt: skip
    else:
        invented.withheld_address(hub.mia)
    assert homes_that_may_be_told(dict.fromkeys(both, limited)) == {hub.miah.id}
    assert homes_that_may_be_told(dict.fromkeys(both, whole)) == both
    emergency = replace(whole, through=Through.EMERGENCY)
    assert homes_that_may_be_told(dict.fromkeys(both, emergency)) == {hub.miah.id}


def schools_row(page: str) -> str:
    return page.partition(">Schools</th>")[2].partition("</tr>")[0]


def test_other_schools_are_shown_bold_only_when_both_are_attended_at_once(hub):
    assert "The same" in schools_row(read(hub.tamsin, hub.page()))
    place = SchoolPlace.objects.get(person=hub.miah)
    SchoolPlace.objects.filter(pk=place.pk).update(school_name="Elm Park School")
    assert "<strong>Differs</strong>" in schools_row(read(hub.tamsin, hub.page()))
    # She left: one child may well have been to both.
    SchoolPlace.objects.filter(pk=place.pk).update(last_on=timezone.localdate())
    row = schools_row(read(hub.tamsin, hub.page()))
    assert "Differs" in row and "<strong>" not in row


def test_a_withheld_home_is_shown_only_as_on_the_childs_page(hub):
    hub.works_with(hub.tamsin, hub.mia, hub.miah)
    invented.withheld_address(hub.mia)
    Address.objects.filter(person=hub.mia, withheld=False).delete()
    words = read(hub.tamsin, hub.page())
    assert ("9 Invented Refuge" in words) == (
        "9 Invented Refuge" in read(hub.tamsin, f"/children/{hub.mia.id}/")
    )


def test_that_a_clinic_knows_a_child_is_not_told_beside_a_name(hub):
    clinic = invented.agency("clinic-1", "Invented Clinic", AgencyKind.HEALTH)
    Name.objects.filter(person=hub.mia, agency_code=invented.POLICE).update(agency_code=clinic.code)
    words = read(hub.tamsin, hub.page())
    assert "Invented Clinic" not in words and "Another agency" in words


def test_what_agrees_is_said_in_words(hub):
    words = read(hub.tamsin, hub.page())
    assert words.count("<strong>Differs</strong>") == 2  # names and birth dates
    KnownAs.objects.filter(person=hub.miah).update(birth_date=KnownAs.objects.get(person=hub.mia).birth_date)
    assert read(hub.tamsin, hub.page()).count("<strong>Differs</strong>") == 1


def test_nobody_else_opens_these_pages_and_a_hidden_pair_is_not_there(hub):
    for name in ("pairs", "judgements", "pair"):
        assert signed_in(hub.joan).get(hub.page(name)).status_code == 403
    Restriction.objects.create(person_id=hub.mia.id, why="x", set_by="test", owner=hub.cleo)
    assert signed_in(hub.ana).get(hub.page()).status_code == 404
    assert "Miah" not in read(hub.ana, hub.page("pairs"))


def test_an_answer_is_recorded_and_the_pair_leaves_the_list(hub):
    client = signed_in(hub.tamsin)
    answer = client.post(hub.page(), {"verdict": "not_same", "why": "Two girls of one class"}, follow=True)
    assert "It holds from the next night on" in answer.content.decode()
    assert Judgement.objects.get().why == "Two girls of one class"
    assert "No pair of records waits" in read(hub.ana, hub.page("pairs"))


def test_what_is_missing_is_said_and_what_was_typed_stays(hub):
    words = signed_in(hub.tamsin).post(hub.page(), {"why": "Two girls of one class"}).content.decode()
    assert "Choose an answer" in words and "Two girls of one class" in words and "Error: " in words
    assert not Judgement.objects.exists()


def test_the_second_person_is_shown_nothing_of_the_first_answer(hub):
    hub.works_with(hub.joan, hub.mia, hub.miah)
    before = read(hub.cleo, hub.page())
    answer = signed_in(hub.tamsin).post(hub.page(), {"verdict": "same", "why": "One girl"}, follow=True)
    assert "somebody else answers too" in answer.content.decode()
    assert "You answered, and somebody else answers too" in answer.content.decode()
    after = read(hub.cleo, hub.page())
    assert "One girl" not in after and "Tamsin" not in after
    assert len(before.split("<table")[1].split("</form>")[0]) == len(
        after.split("<table")[1].split("</form>")[0]
    )
    answer = signed_in(hub.cleo).post(hub.page(), {"verdict": "not_same", "why": "Twins"}, follow=True)
    assert "a third person looks" in answer.content.decode()
    words = read(hub.ana, hub.page())
    assert "One girl" in words and "Twins" in words and "Two people differ" in words
    assert AwaitedJoin.objects.get().closed_at is not None


def test_a_judgement_is_listed_and_taken_back(hub):
    assert "Nobody has judged" in read(hub.ana, hub.page("judgements"))
    signed_in(hub.tamsin).post(hub.page(), {"verdict": "not_same", "why": "Two girls of one class"})
    judgement = Judgement.objects.get()
    words = read(hub.ana, hub.page("judgements"))
    assert "Two girls of one class" in words and "Tamsin Okoro" in words
    back = reverse("who_is_who:take_back", args=[judgement.pk])
    assert back in words and "Two girls of one class" in read(hub.ana, back)
    assert "Say why it is taken back" in signed_in(hub.ana).post(back, {"why": ""}).content.decode()
    words = signed_in(hub.ana).post(back, {"why": "The wrong file"}, follow=True).content.decode()
    assert "Taken back" in words and "The wrong file" in words and back not in words
    judgement.refresh_from_db()
    assert judgement.undone_by == hub.ana
