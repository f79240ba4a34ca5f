"""Whether two records are one person: who may look, who answers, when two must, who is asked next, and taking it back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rowan.access.models import KeptOut, LetIn, Restriction, Why
from rowan.agencies.absences import enter_absence
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.matching.actions import answer, close_what_is_settled, look_at, open_judgement, undo
from rowan.matching.actions.answering import what_two_said
from rowan.matching.models import AwaitedJoin, Judgement, RecordLink, UnsurePair
from rowan.matching.rules.who_judges import NOBODY_ELSE, YOURS_STANDS, YOURS_WAITS
from rowan.matching.waiting import judgements_for, mine_that_wait, pairs_for
from rowan.matching.worked_on import worked_on
from rowan.notices.models import Notice
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from tests import people_in_tests as invented
from tests.pairs_in_tests import rid_of, unsure

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Europe/London"))  # a Tuesday
TODAY = NOW.date()


class Hub:
    def __init__(self):
        invented.finished_run()
        self.agencies = invented.three_agencies()
        council, school = self.agencies[invented.COUNCIL], self.agencies[invented.SCHOOL]
        self.tamsin = invented.practitioner("tamsin", Role.TRIAGE_OFFICER, council, "Tamsin Okoro")
        self.cleo = invented.practitioner("cleo", Role.EXPLOITATION_COORDINATOR, council, "Cleo Marsh")
        self.ana = invented.practitioner("ana", Role.ANALYST, council, "Ana Reed")
        self.joan = invented.practitioner("joan", Role.LEAD_PROFESSIONAL, council, "Joan Eccles")
        self.desk = invented.post(PostKind.TRIAGE, council, self.tamsin)
        self.coordinators = invented.post(PostKind.EXPLOITATION_COORDINATOR, council, self.cleo)
        invented.post(
            PostKind.CHIEF_OFFICER, council, invented.practitioner("chief", Role.APPROVING_MANAGER, council)
        )
        self.mia, self.miah, self.ode = (
            invented.child(first, "Ode", sex="F", age=14, school=school) for first in ("Mia", "Miah", "Ody")
        )
        self.pair = unsure(self.mia, self.miah)

    def works_with(self, *children, who=None):
        who = who or self.joan
        for child in children:
            invented.involve(child, who.agency, Why.WORKING_WITH, practitioner=who)

    @property
    def rids(self) -> tuple[str, str]:
        return self.pair.left_rid, self.pair.right_rid

    def says(self, by, verdict="same", why="Her social worker knows both"):
        return answer(*self.rids, verdict=verdict, why=why, by=by, now=NOW)


@pytest.fixture
def hub(db) -> Hub:
    return Hub()


def lines(did: str) -> list[Entry]:
    return list(Entry.objects.filter(did=did))


def restrict(child, *let_in):
    row = Restriction.objects.create(
        person_id=child.id, why="x", set_by="test", owner=let_in[0] if let_in else None
    )
    for each in let_in:
        LetIn.objects.create(restriction=row, practitioner=each, by="test")


def test_the_answer_is_a_judgement_about_the_two_records_on_the_trail_of_both(hub):
    judgement = hub.says(hub.tamsin, "not_same")
    assert (judgement.rid, judgement.other_rid, judgement.verdict) == (*hub.rids, "not_same")
    assert judgement.person_id == hub.pair.right_person_id
    told = lines("answered whether two records are one person")
    assert {line.about_person for line in told} == {hub.mia.id, hub.miah.id}
    assert {line.particulars["answer"] for line in told} == {"not_same"}
    assert not pairs_for(hub.ana, TODAY).exists()


def test_nobody_else_looks_or_answers(hub):
    for act in (lambda: look_at(*hub.rids, by=hub.joan), lambda: hub.says(hub.joan)):
        with pytest.raises(NotAllowed):
            act()
    assert not Judgement.objects.exists()
    assert [line.refused_because != "" for line in Entry.objects.filter(by_id=str(hub.joan.pk))] == [
        True,
        True,
    ]


def test_a_pair_with_somebody_hidden_is_not_there(hub):
    restrict(hub.mia, hub.cleo)
    KeptOut.objects.create(person_id=hub.miah.id, practitioner=hub.ana, why="family", set_by="test")
    for reader in (hub.tamsin, hub.ana):
        assert not pairs_for(reader, TODAY).exists()
        with pytest.raises(NothingThere) as hidden:
            look_at(*hub.rids, by=reader)
        with pytest.raises(NothingThere) as no_such:
            look_at("0" * 32, "1" * 32, by=reader)
        assert hidden.value.reason == no_such.value.reason
    assert pairs_for(hub.cleo, TODAY).get() == hub.pair


def test_a_judgement_about_somebody_hidden_is_not_there(hub):
    judgement = hub.says(hub.tamsin, "not_same")
    restrict(hub.mia, hub.cleo)
    assert not judgements_for(hub.ana).exists()
    with pytest.raises(NothingThere):
        undo(judgement.pk, why="x", by=hub.ana, now=NOW)
    assert open_judgement(judgement.pk, by=hub.cleo) == judgement


def test_children_with_open_work_come_first_then_the_strongest_doubt_and_what_nobody_could_tell_last(hub):
    strong = unsure(hub.mia, hub.ode, weight=9.0)
    weak = unsure(hub.miah, hub.ode, weight=-2.0)
    assert list(pairs_for(hub.ana, TODAY)) == [strong, hub.pair, weak]
    hub.works_with(hub.miah)
    assert list(pairs_for(hub.ana, TODAY)) == [hub.pair, weak, strong]
    hub.says(hub.tamsin, "unsure", "I need the school to say")
    assert list(pairs_for(hub.ana, TODAY)) == [weak, strong, hub.pair]


def test_an_open_clock_and_work_under_an_earlier_id_are_work_too(hub):
    assert worked_on([hub.mia.id, hub.miah.id]) == set()
    Clock.objects.create(
        what="x",
        about_kind="x",
        about_id="1",
        about_person=hub.miah.id,
        owner=hub.joan,
        started_at=NOW,
        due_on=TODAY,
    )
    assert worked_on([hub.mia.id, hub.miah.id]) == {hub.miah.id}
    from rowan.access.actions import join_records

    join_records([(hub.ode.id, hub.mia.id)])
    hub.works_with(hub.ode)
    assert worked_on([hub.mia.id, hub.miah.id]) == {hub.mia.id, hub.miah.id}


def test_a_link_of_two_people_with_work_on_both_waits_for_a_second_person(hub):
    hub.works_with(hub.mia, hub.miah)
    awaited = hub.says(hub.tamsin)
    assert isinstance(awaited, AwaitedJoin) and not Judgement.objects.exists()
    clock = Clock.objects.running().get()
    assert (clock.owner, clock.owner_post, clock.about_person) == (
        hub.cleo,
        hub.coordinators,
        hub.pair.left_person_id,
    )
    assert clock.due_on == TODAY + timedelta(days=2)
    assert Notice.objects.get(practitioner=hub.cleo).path.endswith(
        f"{hub.pair.left_rid}/{hub.pair.right_rid}/"
    )
    assert not pairs_for(hub.tamsin, TODAY).exists() and mine_that_wait(hub.tamsin).get() == awaited
    assert hub.says(hub.tamsin) == awaited
    with pytest.raises(NotPossible, match=YOURS_WAITS):
        hub.says(hub.tamsin, why="Quite sure")
    judgement = hub.says(hub.ana, why="One birth certificate")
    assert (judgement.verdict, judgement.by) == ("same", hub.ana)
    assert judgement.answers.get() == awaited
    assert not Clock.objects.running().exists()
    assert not pairs_for(hub.cleo, TODAY).exists()


def test_with_work_on_one_of_them_one_answer_is_enough(hub):
    hub.works_with(hub.mia)
    assert isinstance(hub.says(hub.tamsin), Judgement)


def test_keeping_two_apart_takes_one(hub):
    hub.works_with(hub.mia, hub.miah)
    assert hub.says(hub.tamsin, "not_same").verdict == "not_same"


def test_where_two_differ_both_reasons_go_back_and_neither_decides_alone(hub):
    hub.works_with(hub.mia, hub.miah)
    first = hub.says(hub.tamsin)
    assert what_two_said(look_at(*hub.rids, by=hub.cleo)) is None
    differed = hub.says(hub.cleo, "not_same", "Twins: I have met both")
    assert differed == first and not Judgement.objects.exists()
    said = what_two_said(look_at(*hub.rids, by=hub.ana))
    assert (said.why, said.second_why) == ("Her social worker knows both", "Twins: I have met both")
    clock = Clock.objects.running().get()
    assert (clock.what, clock.owner) == ("two people who differ about two records", hub.ana)
    for by, verdict in ((hub.tamsin, "same"), (hub.cleo, "not_same")):
        with pytest.raises(NotPossible, match="somebody else decides"):
            hub.says(by, verdict, "I still say so")
    assert YOURS_STANDS.startswith("You have said so")
    assert hub.says(hub.ana, "not_same", "The school has both on its roll").verdict == "not_same"
    assert not Clock.objects.running().exists()


def test_one_of_two_who_differ_may_say_otherwise(hub):
    hub.works_with(hub.mia, hub.miah)
    hub.says(hub.tamsin)
    hub.says(hub.cleo, "unsure", "I would ask the school")
    assert hub.says(hub.cleo, "same", "The school knows one girl").verdict == "same"


def test_a_second_answer_is_asked_of_somebody_who_is_there_and_passes_on_but_never_to_the_first(hub):
    hub.works_with(hub.mia, hub.miah)
    hub.says(hub.tamsin)
    # Her deputy is the very desk of the one who answered first.
    hub.coordinators.deputy = hub.desk
    hub.coordinators.save()
    clock = Clock.objects.running().get()
    enter_absence(practitioner=hub.cleo, from_on=TODAY, until_on=None, by=hub.cleo, now=NOW)
    pass_on(now=NOW)
    clock.refresh_from_db()
    assert clock.owner not in (hub.cleo, hub.tamsin) and clock.owner is not None


def test_somebody_who_is_away_is_not_asked_second(hub):
    hub.works_with(hub.mia, hub.miah)
    enter_absence(practitioner=hub.cleo, from_on=TODAY, until_on=None, by=hub.cleo, now=NOW)
    hub.says(hub.tamsin)
    assert Clock.objects.running().get().owner == hub.ana


def test_nobody_is_asked_second_about_a_child_hidden_from_them(hub):
    hub.works_with(hub.mia, hub.miah)
    KeptOut.objects.create(person_id=hub.miah.id, practitioner=hub.cleo, why="family", set_by="test")
    hub.says(hub.tamsin)
    assert Clock.objects.running().get().owner == hub.ana


def test_without_anybody_else_it_says_whom_to_tell_and_nothing_waits(hub):
    hub.works_with(hub.mia, hub.miah)
    for each in (hub.cleo, hub.ana):
        each.is_active = False
        each.save()
    with pytest.raises(NotPossible, match="two people say so"):
        hub.says(hub.tamsin)
    assert NOBODY_ELSE and not AwaitedJoin.objects.exists()


def test_the_second_who_says_otherwise_than_a_judgement_is_told_who_was_first(hub):
    hub.says(hub.tamsin, "not_same")
    with pytest.raises(SomebodyWasFirst) as told:
        hub.says(hub.cleo, "same", "One girl")
    assert [each.now for each in told.value.both][:2] == [
        "Not the same person",
        "Her social worker knows both",
    ]
    assert hub.says(hub.tamsin, "not_same") == Judgement.objects.get()


def test_whoever_could_not_tell_is_followed_by_whoever_can(hub):
    unsure_still = hub.says(hub.tamsin, "unsure")
    judgement = hub.says(hub.cleo, "not_same")
    unsure_still.refresh_from_db()
    assert unsure_still.undone_by == hub.cleo
    assert list(Judgement.objects.standing()) == [judgement]


@pytest.mark.parametrize("said", [{"verdict": "same", "why": " "}, {"verdict": "perhaps", "why": "x"}])
def test_an_answer_has_a_verdict_and_a_reason(hub, said):
    with pytest.raises(NotPossible):
        hub.says(hub.tamsin, **said)
    assert not Judgement.objects.exists()


def test_records_that_stand_with_one_person_by_now_are_not_judged(hub):
    RecordLink.objects.filter(rid=hub.pair.left_rid).update(person_id=hub.pair.right_person_id)
    with pytest.raises(NotPossible, match="one person already"):
        hub.says(hub.tamsin)


def test_what_a_night_settled_leaves_nobody_with_a_clock(hub):
    hub.works_with(hub.mia, hub.miah)
    hub.says(hub.tamsin)
    assert close_what_is_settled(now=NOW) == 0
    RecordLink.objects.filter(rid=hub.pair.left_rid).update(until_run=1)
    assert close_what_is_settled(now=NOW) == 1
    assert close_what_is_settled(now=NOW) == 0
    assert not Clock.objects.running().exists()
    assert len(lines("closed a question about two records")) == 1


def test_a_judgement_is_taken_back_with_a_reason_once_and_the_pair_waits_again(hub):
    judgement = hub.says(hub.tamsin, "not_same")
    with pytest.raises(NotPossible):
        undo(judgement.pk, why=" ", by=hub.cleo, now=NOW)
    undone = undo(judgement.pk, why="I had read the wrong file", by=hub.cleo, now=NOW)
    assert (undone.undone_by, undone.undone_because) == (hub.cleo, "I had read the wrong file")
    assert undo(judgement.pk, why="I had read the wrong file", by=hub.cleo, now=NOW) == undone
    with pytest.raises(SomebodyWasFirst):
        undo(judgement.pk, why="No", by=hub.ana, now=NOW)
    told = [line for line in lines("took back what was judged about two records") if not line.refused_because]
    assert {line.about_person for line in told} == {hub.mia.id, hub.miah.id}
    assert pairs_for(hub.ana, TODAY).get() == hub.pair


def test_the_records_of_a_pair_are_those_of_its_children(hub):
    assert {rid_of(hub.mia), rid_of(hub.miah, invented.POLICE)} == set(hub.rids)
    assert UnsurePair.objects.current().count() == 1
