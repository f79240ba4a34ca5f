"""What leaves by mail: it really arrives, and it holds nothing of a record."""

from django.utils import timezone
from django.utils.module_loading import import_string

from rowan.notices.models import Notice
from rowan.notices.rules.mail import SUBJECT
from rowan.timescales.declared import declared_schedule

from .mails import arrived, plant_in_what_waits, told_of_a_child

# What sends is done below, by itself; and files that no row names are cleared away in their own room's tests.
NOT_NOW = ("send_what_waits", "clear_strays_away")


def test_whatever_waits_to_be_told_arrives_and_holds_nothing_of_it(world, mail_server, settings, tmp_path):
    """Whatever the county's making and the clock tell anybody, with a mark in each word of it."""
    # A trail that is rolled back has no anchors behind it.
    settings.ROWAN_HOME = tmp_path
    for function in [name for name, _ in declared_schedule() if not name.endswith(NOT_NOW)]:
        import_string(function)(now=timezone.now())
    assert plant_in_what_waits(world.canaries) > 20
    told = {notice.practitioner.email for notice in Notice.objects.select_related("practitioner")}
    mails = arrived(mail_server)
    assert {mail["To"] for mail in mails} == told
    assert {mail["Subject"] for mail in mails} == {SUBJECT}
    assert told_of_a_child(world, mails) == []
