"""What a worker has behind it before its first visit."""

from django.conf import settings

from rowan.home import is_in_service
from rowan.refusals import NotPossible

from .signing_keys import PURPOSE, signing_keys


def refuse_without_a_signing_key() -> None:
    """Asked before anybody is served. Anywhere but in service one was made by now."""
    if not signing_keys(settings.ROWAN_KEYS, in_service=is_in_service()):
        raise NotPossible(
            f"The key for '{PURPOSE}' is not in ROWAN_KEYS. A home in service makes none by itself, since every form and session that is open "
            f"would be lost. Put the key back, or, where there never was one, run `rowan keys make {PURPOSE}`."
        )


def be_ready() -> None:
    refuse_without_a_signing_key()
