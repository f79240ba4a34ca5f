"""The mails that really arrived, and what of a child any of them tells, byte by byte and decoded."""

from email.header import decode_header, make_header
from email.message import Message

from django.utils import timezone

from rowan.notices.actions import send_what_waits
from rowan.notices.models import Notice
from tests.mail_servers import MailServer

from .canaries import Canaries
from .world import World


def nobody_waits_to_be_told() -> None:
    """What was told before is read: mails that arrive from here on are of what comes next."""
    Notice.objects.unread().update(read_at=timezone.now())


def plant_in_what_waits(canaries: Canaries) -> int:
    """A mark in every word that waits to be told, so that whatever of it reached a mail would be known. Says how many wait."""
    waiting = list(Notice.objects.unread().filter(mail=None))
    for notice in waiting:
        notice.about = canaries.of_nobody("notices.Notice", "about")
        notice.path = f"/{canaries.of_nobody('notices.Notice', 'path')}{notice.path}"
    Notice.objects.bulk_update(waiting, ["about", "path"])
    return len(waiting)


def arrived(server: MailServer) -> list[Message]:
    """Whatever waits is sent, and all that arrived is handed over."""
    send_what_waits(timezone.now())
    return server.messages


def told_of_a_child(world: World, mails: list[Message]) -> list[str]:
    """Marks and ids of children that stand in these mails."""
    said = "\n".join(_everything_in(mail) for mail in mails)
    ids = {record.child.id: standing for standing, record in world.records.items()}
    return [
        *sorted(map(str, world.canaries.in_words(said))),
        *(f"the id of {standing}" for person_id, standing in ids.items() if person_id in said),
    ]


def _everything_in(mail: Message) -> str:
    headers = " ".join(str(make_header(decode_header(value))) for value in mail.values())
    bodies = [part.get_payload(decode=True) or b"" for part in mail.walk()]
    return "\n".join([mail.as_string(), headers, *(body.decode(errors="replace") for body in bodies)])
