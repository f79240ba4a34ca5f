"""What an answer tells: its status, its bytes but for the tokens of the moment, and how many queries it took."""

import re
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.agencies.sign_in_models import SignedIn

from .canaries import body_of

OF_THE_MOMENT = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce-[\w+/=-]+')


@dataclass(frozen=True)
class Tells:
    status: int
    body: bytes
    headers: tuple
    queries: int

    def differs_from(self, other: "Tells") -> str:
        parts = []
        if self.status != other.status:
            parts.append(f"status {self.status}, not {other.status}")
        if self.body != other.body:
            parts.append("other bytes")
        if self.headers != other.headers:
            parts.append(f"other headers {set(self.headers) ^ set(other.headers)}")
        if self.queries != other.queries:
            parts.append(f"{self.queries} queries, not {other.queries}")
        return "; ".join(parts)


def what_tells(client: Client, path: str, data: dict | None = None) -> Tells:
    # A session's note that it was seen, once a minute, is a query that tells of the clock and of nobody.
    SignedIn.objects.update(last_seen_at=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path) if data is None else client.post(path, data)
    headers = tuple(
        sorted(
            (name, value.replace(path, "PATH"))
            for name, value in answer.headers.items()
            if name != "Set-Cookie"
        )
    )
    body = OF_THE_MOMENT.sub(b"", body_of(answer)).replace(path.encode(), b"PATH")
    return Tells(answer.status_code, body, headers, len(queries))
