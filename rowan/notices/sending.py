"""How a mail leaves: by a mail server (SMTP), or by GOV.UK Notify. Which one, the home's environment says; without either nobody is mailed."""

import base64
import hmac
import json
import smtplib
import time
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlencode, urlparse

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .rules.mail import Deliver, Letter

SECONDS = 20


def way_out() -> Deliver | None:
    """The way this home's mail goes, or None when it has none."""
    if settings.NOTIFY_KEY:
        return by_notify
    if settings.SMTP_URL:
        return by_smtp
    return None


def by_smtp(letter: Letter) -> None:
    url = urlparse(settings.SMTP_URL)
    if url.scheme not in {"smtp", "smtps", "smtp+starttls"} or not url.hostname:
        raise ImproperlyConfigured("ROWAN_SMTP_URL must look like smtp+starttls://user:password@host:587")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.MAIL_FROM, letter.to, letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{letter.key}@{settings.MAIL_FROM.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    connect = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with connect(url.hostname, url.port or 0, timeout=SECONDS) as server:
        if url.scheme == "smtp+starttls":
            server.starttls()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)


def by_notify(letter: Letter) -> None:
    """GOV.UK Notify's own wire format: a JSON body, and a token signed with the key's secret half."""
    _ask_notify(
        "/v2/notifications/email",
        {
            "email_address": letter.to,
            "template_id": settings.NOTIFY_TEMPLATE,
            "personalisation": {"link": letter.link},
            "reference": letter.key,
        },
    )


def was_taken(letter: Letter) -> bool:
    """Whether a mail was taken though its sender was killed before noting it. GOV.UK Notify can be asked; a mail server cannot,
    and is handed the mail again under its one Message-ID: better twice than never."""
    if not settings.NOTIFY_KEY:
        return False
    known = _ask_notify(f"/v2/notifications?{urlencode({'reference': letter.key})}")
    return any(each.get("reference") == letter.key for each in json.loads(known)["notifications"])


def _ask_notify(path: str, body: dict | None = None) -> bytes:
    request = urllib.request.Request(
        settings.NOTIFY_URL + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {notify_token(settings.NOTIFY_KEY, time.time)}"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        return answer.read()


def notify_token(key: str, clock: Callable[[], float]) -> str:
    """A JSON web token as Notify asks for: who we are and when, signed (HS256). The key ends in two UUIDs, service and secret."""
    service, secret = key[-73:-37], key[-36:]
    head = _part({"typ": "JWT", "alg": "HS256"})
    claims = _part({"iss": service, "iat": int(clock())})
    signed = f"{head}.{claims}"
    return f"{signed}.{_web64(hmac.digest(secret.encode(), signed.encode(), 'sha256'))}"


def _part(content: dict) -> str:
    return _web64(json.dumps(content, separators=(",", ":")).encode())


def _web64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
