"""Seals what must not be read from a stolen disk: with this home's own keys, a field that does it, and signing keys."""

from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from rowan.home import serves
from rowan.key_ring import KeyRing


def key_for(purpose: str) -> bytes:
    """The newest key, 32 bytes, for a keyed digest or a cipher of one's own."""
    return this_homes_keys().key_for(purpose)


def keys_for(purpose: str) -> list[bytes]:
    """Newest first: what was made with an older key can still be checked."""
    return this_homes_keys().keys_for(purpose)


def seal(text: str, *, purpose: str) -> str:
    return this_homes_keys().seal(text.encode(), purpose).decode()


def unseal(token: str, *, purpose: str) -> str:
    return this_homes_keys().unseal(token.encode(), purpose).decode()


def seal_bytes(clear: bytes, *, purpose: str) -> bytes:
    return this_homes_keys().seal(clear, purpose)


def unseal_bytes(token: bytes, *, purpose: str) -> bytes:
    return this_homes_keys().unseal(token, purpose)


def signing_key(purpose: str) -> Ed25519PrivateKey:
    return this_homes_keys().signing_key(purpose)


def public_parts(purpose: str) -> list[str]:
    """What an outsider checks signatures with, printable, newest first."""
    return this_homes_keys().public_parts(purpose)


class SealedTextField(models.TextField):
    """Text that the database holds only sealed. It can be asked whether it is empty, and nothing else."""

    def __init__(self, *args, purpose: str, **options):
        self.purpose = purpose
        super().__init__(*args, **options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "purpose": self.purpose}

    def get_prep_value(self, value):
        text = super().get_prep_value(value)
        return seal(text, purpose=self.purpose) if text else text

    def from_db_value(self, value, expression, connection):
        return unseal(value, purpose=self.purpose) if value else value

    def get_lookup(self, name):
        if name != "isnull":
            raise FieldError(
                f"What is sealed for '{self.purpose}' cannot be searched: the database never sees it."
            )
        return super().get_lookup(name)


def this_homes_keys() -> KeyRing:
    return _keys(settings.ROWAN_KEYS, settings.ROWAN_HOME, settings.SERVED_ON_LOOPBACK)


@cache
def _keys(folder: Path, home: Path, only_this_machine: bool) -> KeyRing:
    return KeyRing(folder, makes_missing_keys=not serves(home, only_this_machine=only_this_machine))
