"""Changes a purpose's key: a new one comes first, every sealed row follows, and older ones leave once no row needs them.

Rows of the web database and rows of agencies' files in Delta alike.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from rowan.audit_trail.actions import record
from rowan.encryption import SealedTextField, this_homes_keys
from rowan.key_ring import KeyRing
from rowan.records.actions import the_only_one
from rowan.records.keeping.sealing import Sealer
from rowan.records.keeping.sealing_again import (
    any_under_an_older_key,
    finish_started,
    lies_in_delta,
    seal_again,
)
from rowan.refusals import NotPossible

from . import signing_keys

ROWS_AT_ONCE = 500
# Whoever sealed something with the older key just before it was changed has committed by then.
RETIRE_AFTER_SECONDS = 60 * 60


def rotate(purpose: str, *, by) -> int:
    """Returns how many rows were sealed again. Killed halfway, it goes on with the same new key when it is run again."""
    keys = this_homes_keys()
    if purpose not in keys.purposes():
        raise NotPossible(f"There is no key for '{purpose}' here, so there is nothing to change.")
    record(by=by, did="rotated a key", about_kind="key", about_id=purpose)
    with _no_import_beside(purpose):
        if next(_rows_of_older_keys(purpose), None) is None and not _older_in_delta(purpose):
            keys.add_newest(purpose)
        return _seal_again(purpose)


def retire(purpose: str, *, by, now: datetime) -> int:
    """Returns how many older keys were taken out of use. They stay beside the file, for whoever restores an older backup."""
    keys = this_homes_keys()
    if purpose == signing_keys.PURPOSE:
        return _retire_signing(keys, by=by, now=now)
    if not list(_sealed_columns(purpose)) and not lies_in_delta(purpose):
        raise NotPossible(
            f"No row is sealed for '{purpose}': its older keys check what was made with them, and so they stay."
        )
    if now.timestamp() - keys.changed_at(purpose) < RETIRE_AFTER_SECONDS:
        raise NotPossible(
            "The key was changed less than an hour ago, and somebody may still be saving something sealed with the older one. "
            "Run this again after that hour."
        )
    record(by=by, did="retired older keys", about_kind="key", about_id=purpose)
    with _no_import_beside(purpose):
        _seal_again(purpose)
        return keys.keep_newest_only(purpose)


def _retire_signing(keys: KeyRing, *, by, now: datetime) -> int:
    """Nothing is sealed with it, and what it signed lapses within a day."""
    if signing_keys.PURPOSE not in keys.purposes():
        raise NotPossible(
            f"There is no key for '{signing_keys.PURPOSE}' here, so there is nothing to retire."
        )
    if now.timestamp() - keys.changed_at(signing_keys.PURPOSE) < signing_keys.SIGNED_FOR_SECONDS:
        raise NotPossible(
            "The key was changed less than a day ago, and forms that people are filling in are signed with the older one. Run this again "
            "after 25 hours."
        )
    record(by=by, did="retired older keys", about_kind="key", about_id=signing_keys.PURPOSE)
    return keys.keep_newest_only(signing_keys.PURPOSE) + signing_keys.let_go_from_before(keys.folder)


@contextmanager
def _no_import_beside(purpose: str) -> Iterator[None]:
    """Delta is rewritten under the home's one lock, and after what a killed import or night had begun."""
    if not lies_in_delta(purpose):
        yield
        return
    with the_only_one(settings.ROWAN_HOME):
        finish_started(settings.ROWAN_HOME, Sealer(this_homes_keys()))
        yield


def _older_in_delta(purpose: str) -> bool:
    return lies_in_delta(purpose) and any_under_an_older_key(
        settings.ROWAN_HOME, Sealer(this_homes_keys()), purpose
    )


def _seal_again(purpose: str) -> int:
    in_delta = (
        seal_again(settings.ROWAN_HOME, Sealer(this_homes_keys()), purpose) if lies_in_delta(purpose) else 0
    )
    return in_delta + sum(
        # Whoever has changed the row since it was read has sealed it with the newest key.
        model._base_manager.filter(pk=pk, **{f"{field.name}__isnull": False})
        .annotate(as_stored=Cast(F(field.name), TextField()))
        .filter(as_stored=older)
        .update(**{field.name: Value(newest, output_field=TextField())})
        for model, field, pk, older, newest in _rows_of_older_keys(purpose)
    )


def _rows_of_older_keys(
    purpose: str,
) -> Iterator[tuple[type[models.Model], SealedTextField, object, str, str]]:
    keys = this_homes_keys()
    for model, field in _sealed_columns(purpose):
        for pk, token in _tokens(model, field):
            newest = keys.sealed_with_newest(token.encode(), purpose).decode()
            if newest != token:
                yield model, field, pk, token, newest


def _sealed_columns(purpose: str) -> Iterator[tuple[type[models.Model], SealedTextField]]:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedTextField) and field.purpose == purpose:
                yield model, field


def _tokens(model: type[models.Model], field: SealedTextField) -> Iterator[tuple[object, str]]:
    """Every sealed value as it is stored, a few hundred rows at a time, in the order of their keys."""
    stored = model._base_manager.annotate(as_stored=Cast(F(field.name), TextField())).exclude(as_stored="")
    rows = stored.exclude(as_stored=None).order_by("pk").values_list("pk", "as_stored")
    last = None
    while chunk := list((rows if last is None else rows.filter(pk__gt=last))[:ROWS_AT_ONCE]):
        yield from chunk
        last = chunk[-1][0]
