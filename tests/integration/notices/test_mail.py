"""Somebody is told that something needs them: by a mail with nothing in it, once a window, and never lost."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from email.header import decode_header, make_header
from zoneinfo import ZoneInfo

import pytest

from rowan.agencies.absences import enter_absence
from rowan.agencies.demonstration_leads import make_leads
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.notices.actions import (
    News,
    make_mails,
    send_what_waits,
    state,
    tell,
    tell_all,
    tell_post,
    try_given_up_again,
)
from rowan.notices.models import Mail, Notice
from rowan.notices.rules.mail import SUBJECT
from tests import people_in_tests as invented
from tests.mail_servers import MailServer, Notify, running

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
MINUTE = timedelta(minutes=1)
NAME, CHILD, TEXT = "Canary Larkfield", "c" * 32, "canary: seen at the bus station"


@pytest.fixture
def agencies(db):
    return invented.three_agencies()


@pytest.fixture
def ann(agencies):
    return invented.practitioner(
        "ann", Role.MISSING_COORDINATOR, agencies[invented.COUNCIL], email="ann@council.example"
    )


@pytest.fixture
def server(settings):
    with running(MailServer()) as server:
        settings.SMTP_URL, settings.ROWAN_ADDRESS = server.url, "https://rowan.example"
        yield server


def test_a_mail_says_that_something_needs_them_and_where_and_nothing_else(server, ann):
    tell(ann, "A question was put to you", "/questions/", NOW)
    assert send_what_waits(NOW) == 1
    (mail,) = server.messages
    assert (mail["To"], mail["Subject"], mail["Auto-Submitted"]) == (
        "ann@council.example",
        SUBJECT,
        "auto-generated",
    )
    assert "https://rowan.example/notices/" in mail.get_payload().split()
    assert "question" not in mail.get_payload()
    assert send_what_waits(NOW + timedelta(days=1)) == 0


def test_no_name_id_or_text_of_a_child_reaches_a_mail(server, ann):
    """The canary stands in everything that anybody can hand over; the mail is looked through byte by byte, decoded too."""
    tell_all([News(ann, f"{NAME} {TEXT}", f"/children/{CHILD}/?note={TEXT}", urgent=True)], NOW)
    assert send_what_waits(NOW) == 1
    assert Notice.objects.get().about.startswith(NAME)
    (mail,) = server.messages
    headers = " ".join(f"{name}: {make_header(decode_header(value))}" for name, value in mail.items())
    everything = " ".join([server.mails[0].decode(), headers, mail.get_payload(decode=True).decode()])
    for canary in (NAME, "Canary", "Larkfield", CHILD, TEXT, "canary", "children"):
        assert canary not in everything


def test_one_mail_a_window_however_much_there_is_and_urgent_at_once(server, ann):
    for number in range(30):
        tell(ann, f"A question was put to you ({number})", "/questions/", NOW)
    assert send_what_waits(NOW) == 1
    tell(ann, "Another", "/questions/", NOW + MINUTE)
    for minutes in range(1, 240, 20):
        assert send_what_waits(NOW + minutes * MINUTE) == 0
    tell(ann, "A sign of harm", "/questions/", NOW + 239 * MINUTE, urgent=True)
    assert send_what_waits(NOW + 239 * MINUTE) == 1
    assert len(server.mails) == 2
    tell(ann, "Another", "/questions/", NOW + 240 * MINUTE)
    assert send_what_waits(NOW + 300 * MINUTE) == 0
    assert send_what_waits(NOW + 480 * MINUTE) == 1


def test_the_same_is_told_once_until_it_is_mailed_and_then_again(server, ann):
    for _ in range(3):
        tell(ann, "A question was put to you", "/questions/", NOW)
    assert Notice.objects.count() == 1
    send_what_waits(NOW)
    tell(ann, "A question was put to you", "/questions/", NOW + MINUTE)
    assert Notice.objects.unread().count() == 2


def test_mail_that_is_down_is_tried_again_later_each_time_and_nothing_is_lost(server, ann):
    server.refuse = 2
    tell(ann, "A question was put to you", "/questions/", NOW)
    assert send_what_waits(NOW) == 0
    mail = Mail.objects.get()
    assert (mail.tries, mail.next_try_at, mail.sent_at) == (1, NOW + MINUTE, None)
    assert mail.failed_with == "smtplib.SMTPDataError"
    assert send_what_waits(NOW + timedelta(seconds=30)) == 0
    assert send_what_waits(NOW + MINUTE) == 0
    assert Mail.objects.get().next_try_at == NOW + 3 * MINUTE
    assert send_what_waits(NOW + 3 * MINUTE) == 1
    assert len(server.mails) == 1


def test_after_many_tries_it_is_shown_to_the_operator_who_can_send_it_again(settings, server, ann):
    working = settings.SMTP_URL
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    tell(ann, "A question was put to you", "/questions/", NOW)
    for hours in range(60):
        send_what_waits(NOW + timedelta(hours=hours))
    assert (state()["given_up"], state()["waiting"]) == (1, 0)
    settings.SMTP_URL = working
    assert try_given_up_again(NOW + timedelta(hours=61)) == 1
    assert send_what_waits(NOW + timedelta(hours=61)) == 1
    assert state()["given_up"] == 0


def test_a_server_that_is_down_is_not_asked_for_every_mail(settings, agencies):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    council = agencies[invented.COUNCIL]
    for number in range(6):
        person = invented.practitioner(
            f"p{number}", Role.TRIAGE_OFFICER, council, email=f"p{number}@council.example"
        )
        tell(person, "A question was put to you", "/questions/", NOW)
    send_what_waits(NOW)
    assert Mail.objects.filter(tries=1).count() == 3


def test_a_mail_that_a_killed_worker_was_sending_goes_once_more_and_is_known_as_the_same(server, ann):
    tell(ann, "A question was put to you", "/questions/", NOW)
    make_mails(NOW)
    # As the first worker left it: its next try written, the mail sent, and no more.
    Mail.objects.update(tries=1, next_try_at=NOW + MINUTE)
    assert send_what_waits(NOW) == 0
    assert send_what_waits(NOW + MINUTE) == 1
    assert server.messages[0]["Message-ID"] == f"<{Mail.objects.get().key}@localhost>"


def test_without_a_way_out_nobody_is_mailed_and_the_notice_waits_on_the_page(client, ann):
    tell(ann, "A question was put to you", "/questions/", NOW)
    assert send_what_waits(NOW) == 0
    assert not Mail.objects.exists()
    client.force_login(ann)
    assert "A question was put to you" in client.get("/notices/").content.decode()
    assert client.get("/notices/read/").status_code == 405
    client.post("/notices/read/", {"up_to": Notice.objects.latest("pk").pk})
    assert "Nothing new needs you" in client.get("/notices/").content.decode()
    assert Entry.objects.get(did="read notices").particulars["notices"] in (1, "1")


def test_who_has_left_or_has_no_address_is_not_mailed_and_the_operator_sees_how_many(server, agencies):
    council = agencies[invented.COUNCIL]
    left = invented.practitioner(
        "left", Role.TRIAGE_OFFICER, council, email="left@council.example", is_active=False
    )
    without = invented.practitioner("without", Role.TRIAGE_OFFICER, council)
    for person in (left, without):
        tell(person, "A question was put to you", "/questions/", NOW)
    assert send_what_waits(NOW) == 0
    assert state()["without_address"] == 1


def test_a_post_is_told_through_whoever_is_there_else_through_who_answers(server, agencies, ann):
    council = agencies[invented.COUNCIL]
    bea = invented.practitioner("bea", Role.MISSING_COORDINATOR, council, email="bea@council.example")
    post = invented.post(PostKind.MISSING_COORDINATOR, council, ann, bea)
    post.holdings.update(from_on=NOW.date())
    make_leads(today=NOW.date(), by=OPERATOR)
    enter_absence(ann, from_on=NOW.date(), until_on=None, by=ann, now=NOW)
    tell_post(post, "A question was put to you", "/questions/", NOW)
    assert [notice.practitioner for notice in Notice.objects.all()] == [bea]
    enter_absence(bea, from_on=NOW.date(), until_on=None, by=bea, now=NOW)
    tell_post(post, "A question was put to you", "/questions/", NOW)
    assert (
        Notice.objects.filter(practitioner=Practitioner.objects.get(username="council-lead-1")).count() == 1
    )


def test_govuk_notify_is_asked_in_its_own_format_with_only_the_link(settings, ann):
    service, secret = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
    settings.NOTIFY_KEY, settings.NOTIFY_TEMPLATE = (
        f"rowan-{service}-{secret}",
        "f33517ff-2a88-4f6e-b855-c550268ce08a",
    )
    settings.ROWAN_ADDRESS = "https://rowan.example"
    with running(Notify()) as notify:
        settings.NOTIFY_URL = notify.url
        notify.answer = 503
        tell(ann, f"{NAME} {TEXT}", f"/children/{CHILD}/", NOW)
        assert send_what_waits(NOW) == 0
        notify.answer = 201
        assert send_what_waits(NOW + MINUTE) == 1
    path, headers, body = notify.asked[-1]
    assert path == "/v2/notifications/email"
    assert body == {
        "email_address": "ann@council.example",
        "template_id": settings.NOTIFY_TEMPLATE,
        "personalisation": {"link": "https://rowan.example/notices/"},
        "reference": str(Mail.objects.get().key),
    }
    head, claims, signed = headers["Authorization"].removeprefix("Bearer ").split(".")
    assert json.loads(_unweb64(head)) == {"typ": "JWT", "alg": "HS256"}
    assert json.loads(_unweb64(claims))["iss"] == service
    expected = hmac.new(secret.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert _unweb64(signed) == expected
    assert len(notify.asked) == 2
    assert not any(canary in str(notify.asked) for canary in (NAME, CHILD, TEXT))


@pytest.mark.parametrize("came_through", [True, False])
def test_notify_is_asked_whether_it_took_what_a_killed_worker_was_sending(settings, ann, came_through):
    """Only of a try that was cut off: one that failed is simply made again."""
    settings.NOTIFY_KEY = "rowan-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
    tell(ann, "A question was put to you", "/questions/", NOW)
    with running(Notify()) as notify:
        settings.NOTIFY_URL, notify.answer = notify.url, 503
        send_what_waits(NOW)
        notify.answer = 201
        assert send_what_waits(NOW + MINUTE) == 1
        assert notify.looked_up == []
        # As a killed worker leaves it: its next try written, no outcome noted.
        Mail.objects.update(sent_at=None, next_try_at=NOW + 3 * MINUTE)
        if not came_through:
            notify.asked.clear()
        assert send_what_waits(NOW + 3 * MINUTE) == 1
        assert notify.looked_up == [str(Mail.objects.get().key)]
    assert Mail.objects.get().sent_at == NOW + 3 * MINUTE
    assert len([body for _, _, body in notify.asked if body]) == (2 if came_through else 1)


def _unweb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
