"""The trail's keys: one binds the lines, one signs the anchors. `rowan keys rotate` puts a new one first; older ones stay, for older lines."""

from rowan.encryption import keys_for, public_parts, signing_key

from .rules.chain import key_id_of

CHAIN = "audit-trail"
ANCHORS = "audit-trail-anchors"


def current_key() -> tuple[str, bytes]:
    """The key in use and its short name."""
    key = keys_for(CHAIN)[0]
    return key_id_of(key), key


def every_key() -> dict[str, bytes]:
    """By short name, the key in use and all before it."""
    return {key_id_of(key): key for key in keys_for(CHAIN)}


def anchors_key():
    return signing_key(ANCHORS)


def anchors_public_keys() -> list[str]:
    """What an outsider checks anchors with, newest first; printed by `rowan audit-trail keys`."""
    return public_parts(ANCHORS)
