"""Whether what a page holds may be written over what is kept: never by a page that was opened before somebody saved it elsewhere.

A page may save itself many times as somebody types, and its savings may arrive in another order than they left. So each says which
version it was opened on, which page it is, and the how-manieth time it saves.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    version: int = 0
    page: str = ""  # the page that saved last
    time: int = 0  # its how-manieth saving that was


@dataclass(frozen=True)
class Sent:
    opened_on: int
    page: str = ""
    time: int = 0  # nought: a page without scripts, which saves once


class Saving:
    WRITE, PASSED_BY, STALE = "write", "passed by", "stale"


def what_to_do(kept: Kept, sent: Sent) -> str:
    """Write it; let it pass, since a later saving of the same page is kept already; or show both versions."""
    if sent.page and sent.page == kept.page:
        # Without scripts a page that is sent again is sent later, by the same hand.
        return Saving.PASSED_BY if 0 < sent.time <= kept.time else Saving.WRITE
    return Saving.WRITE if sent.opened_on == kept.version else Saving.STALE


def after(kept: Kept, sent: Sent) -> Kept:
    return Kept(kept.version + 1, sent.page, sent.time)
