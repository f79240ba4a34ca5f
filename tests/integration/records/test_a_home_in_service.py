"""A home in service refuses a real feed until the assessment and the agreement are recorded; any other home does not."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.agencies.models import Agency
from rowan.audit_trail.models import Entry
from rowan.records.keeping import delta_tables
from rowan.records.models import FeedAgreement, ImpactAssessment, ImportedFile
from rowan.records.rules.sealing import DIGESTS, Purpose

MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END\n7,01/01/2012,M,01/05/2025,02/05/2025\n"
TODAY = timezone.localdate()
ASSESSED = (
    *("records", "record-assessment", "--reference", "DPIA-7", "--approved-by", "A. Guardian, SIRO"),
    *("--approved-on", TODAY, "--review-on", TODAY + timedelta(days=365)),
)
AGREED = (
    *("records", "record-agreement", "--feed", "ssda903", "--agency", "council-899", "--reference", "ISA-12"),
    *(
        "--signed-by",
        "A. Director",
        "--purpose",
        "To protect children",
        "--whose-rows",
        "every row",
        "--from",
        "2024-01-01",
    ),
)


@pytest.fixture
def real(write):
    return write("real/missing.csv", MISSING)


@pytest.fixture
def invented(write):
    write("county/INVENTED", "")
    return write("county/missing.csv", MISSING.replace("7,", "8,"))


@pytest.fixture
def in_service(home, rowan):
    assert rowan("records", "begin-service")[0] == 0
    Agency.objects.create(code="council-899", name="Invented Council", kind="council")
    assert json.loads((home / "home.json").read_text()) == {"kind": "service"}
    return home


@pytest.fixture
def send(rowan):
    def run(file):
        return rowan("records", "import", file, "--from", "council-899")

    return run


def test_it_takes_a_real_feed_only_when_both_are_recorded(in_service, rowan, send, real):
    status, _, said = send(real)
    assert (status, ImportedFile.objects.count()) == (1, 0)
    assert "no data protection impact assessment (DPIA) is recorded" in said
    assert rowan(*ASSESSED)[0] == 0
    status, _, said = send(real)
    assert (status, ImportedFile.objects.count()) == (1, 0)
    assert "no signed agreement is recorded" in said
    assert rowan(*AGREED)[0] == 0
    assert send(real)[0] == 0
    assert len(delta_tables.rows_of(in_service, "ssda903_missing")) == 1


def test_a_home_that_others_reach_takes_no_real_feed_on_no_paper_though_nobody_put_it_in_service(
    home, rowan, send, real, settings, tmp_path
):
    settings.SERVED_ON_LOOPBACK, settings.ROWAN_KEYS = False, tmp_path / "keys"
    # The trail's own key first: nothing else can be done, not even the making of a key, without a line.
    assert rowan("keys", "make", "sources")[0] == 1
    for purpose in ("audit-trail", DIGESTS, *map(str, Purpose)):
        assert rowan("keys", "make", purpose)[0] == 0
    Agency.objects.create(code="council-899", name="Invented Council", kind="council")
    assert not (home / "home.json").exists()
    status, _, said = send(real)
    assert (status, ImportedFile.objects.count()) == (1, 0)
    assert "no data protection impact assessment (DPIA) is recorded" in said
    assert rowan(*ASSESSED)[0] == rowan(*AGREED)[0] == 0
    assert send(real)[0] == 0


def test_what_is_recorded_is_on_the_trail_with_the_papers_reference(in_service, rowan):
    rowan(*ASSESSED)
    rowan(*AGREED)
    lines = {line.did: line for line in Entry.objects.filter(by_kind="operator")}
    assert "put this home in service" in lines
    assert lines["recorded the data protection impact assessment"].particulars["reference"] == "DPIA-7"
    assert lines["recorded a feed agreement"].particulars["reference"] == "ISA-12"
    assert ImpactAssessment.objects.get().approved_by == "A. Guardian, SIRO"
    assert FeedAgreement.objects.get().signed_by == "A. Director"


def test_an_assessment_past_its_review_holds_no_longer(in_service, rowan, send, real):
    rowan(*ASSESSED)
    rowan(*AGREED)
    ImpactAssessment.objects.update(review_on=TODAY - timedelta(days=1))
    status, _, said = send(real)
    assert status == 1
    assert "was to be reviewed by" in said


def test_an_agreement_that_ended_or_has_no_paper_holds_no_longer(in_service, rowan, send, real):
    rowan(*ASSESSED)
    rowan(*AGREED)
    FeedAgreement.objects.update(until_on=TODAY - timedelta(days=1))
    assert send(real)[0] == 1
    FeedAgreement.objects.update(until_on=None, document="")
    assert send(real)[0] == 1


def test_invented_people_come_in_only_before_and_then_keep_real_ones_out(
    in_service, rowan, send, real, invented
):
    assert send(invented)[0] == 0
    status, _, said = rowan(*ASSESSED)
    assert status == 1
    assert "Real children must not stand among them" in said
    assert not ImpactAssessment.objects.exists()


def test_once_assessed_it_takes_no_invented_people(in_service, rowan, send, invented):
    rowan(*ASSESSED)
    rowan(*AGREED)
    status, _, said = send(invented)
    assert status == 1
    assert "everybody in this file is invented" in said


def test_another_home_refuses_nothing(send, real):
    assert send(real)[0] == 0


def test_a_home_that_was_used_is_not_put_in_service(rowan, send, real):
    send(real)
    status, _, said = rowan("records", "begin-service")
    assert status == 1
    assert "a home of its own" in said


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (("--approved-on", TODAY + timedelta(days=1)), "today or earlier"),
        (("--review-on", TODAY), "on a later day"),
    ],
)
def test_an_assessment_has_its_days_in_order(in_service, rowan, changed, says):
    status, _, said = rowan(*ASSESSED, *changed)
    assert status == 1
    assert says in said


def test_an_agreement_is_of_a_feed_and_an_agency_that_are_known(in_service, rowan):
    assert "There is no feed 'gossip'" in rowan(*AGREED, "--feed", "gossip")[2]
    assert "There is no agency 'council-1'" in rowan(*AGREED, "--agency", "council-1")[2]
    assert "ends on the day it begins, or later" in rowan(*AGREED, "--until", "2020-01-01")[2]
