"""Where sessions are kept: in the web database, each under a digest of its key, with whose it is and since when."""

from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone as clock

from rowan.asked_alike import asked_alike

# What a session holds of how its person signed in.
STARTED, DEVICE, PROOF, OWN_SIGN_IN = "started_at", "device", "second_factor", "own_sign_in"


_open_under = asked_alike(
    lambda key, now: SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)
)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        # Imported here: Django reads its session engine before the rooms' models.
        from .sign_in_models import SignedIn

        return SignedIn

    def load(self):
        self.row = _open_under.first(key=kept_as(self.session_key), now=clock.now())
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.session_data)

    def exists(self, session_key):
        return self.model.objects.filter(session_key=kept_as(session_key)).exists()

    def create_model_instance(self, data):
        now = clock.now()
        started = datetime.fromtimestamp(data[STARTED], UTC) if STARTED in data else now
        return self.model(
            session_key=kept_as(self._get_or_create_session_key()),
            session_data=self.encode(data),
            expire_date=min(self.get_expiry_date(), started + settings.SIGNED_IN_AT_MOST),
            practitioner_id=data.get(SESSION_KEY),
            own_sign_in_id=data.get(OWN_SIGN_IN),
            device=data.get(DEVICE, ""),
            started_at=started,
            last_seen_at=now,
        )

    def delete(self, session_key=None):
        if key := session_key or self.session_key:
            self.model.objects.filter(session_key=kept_as(key)).delete()


def kept_as(session_key: str) -> str:
    return sha256(session_key.encode()).hexdigest()[:40]


def begin(
    session, practitioner, *, device: str, proof: str, now: datetime, own_sign_in: int | None = None
) -> None:
    """From here the session has an age, and says how its person proved who she is (empty: by a first step alone)."""
    session[STARTED] = now.timestamp()
    session[OWN_SIGN_IN] = own_sign_in
    session[DEVICE] = device
    session[PROOF] = {"who": str(practitioner.pk), "with": proof}


def prove(session, practitioner, proof: str) -> None:
    """A second factor was made or shown in this very session."""
    session[PROOF] = {"who": str(practitioner.pk), "with": proof}


def proof_of(session, practitioner) -> str:
    """How this person proved a second time, in this session, that she is who she says; empty when she has not."""
    found = session.get(PROOF) or {}
    return found.get("with", "") if found.get("who") == str(practitioner.pk) else ""
