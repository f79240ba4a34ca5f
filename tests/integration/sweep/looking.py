"""One role opens every address there is, with every child's object: what it was shown that it may not see, and all else that was wrong."""

from collections import Counter
from dataclasses import dataclass, field

from rowan.agencies.rules.roles import Role

from .addresses import ADDRESSES, Address
from .canaries import NOT_SHOWN, Canary, fields_of
from .glimpses import GLIMPSES
from .short import standings_here
from .stored import differences, stored
from .who_may_read import may_read
from .world import ANOTHERS, HERS, HIDDEN, NOBODY, World

# Kinds of answer in which a mark can be found as it stands (a ZIP is unpacked). Nothing in Rowan makes a PDF or a picture.
CAN_BE_READ = {"text/html", "text/plain", "text/csv", "application/json", "application/zip"}
KEPT_AS_SENT = {"records:document", "concerns:sent_file"}


@dataclass
class Looked:
    answers: Counter = field(default_factory=Counter)  # by status
    seen: set[Canary] = field(default_factory=set)
    forbidden: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return self.forbidden + self.wrong


def look_at_everything(world: World, client, role: Role, caplog) -> Looked:
    looked, before = Looked(), stored()
    for address in ADDRESSES:
        for standing in standings_here(role, address.name) if address.about_a_child else (HERS,):
            for path in address.paths(world, standing):
                answer = client.get(path)
                shown = world.canaries.shown_in(answer)
                looked.answers[str(answer.status_code)] += 1
                looked.seen |= shown
                looked.forbidden += [f"{path}: shows {what}" for what in forbidden(world, role, shown)]
                looked.wrong += [
                    f"{path}: shows {place}, which {address.name} is not declared to show"
                    for place in sorted({canary.place for canary in shown} - shown_here(address.name))
                ]
                looked.wrong += [
                    f"{path} ({address.name}, {standing}): {fault}"
                    for fault in wrong_status(address, role, standing, answer)
                ]
    # Nobody is told of a look either: there is no new notice, and so no mail.
    looked.wrong += [f"stored: {each}" for each in differences(before, stored())]
    looked.forbidden += [
        f"a log holds {what}" for what in sorted(world.canaries.in_words(caplog.text), key=str)
    ]
    return looked


def forbidden(world: World, role: Role, shown: set) -> list[str]:
    """What of the shown this role may not read, about whomever."""
    agency = world.near.people[role].agency.code
    return sorted(
        str(canary) for canary in shown if canary.child != HERS or not may_read(role, agency, canary)
    )


def shown_here(name: str) -> set[str]:
    """Every field of which a mark may stand on this address, whichever of its objects is opened."""
    whole = {table for address in ADDRESSES if address.name == name for table in address.shows}
    everything = {field for table in whole for field in fields_of(table)} - set(NOT_SHOWN)
    return GLIMPSES.get(name, frozenset()) | everything


def wrong_status(address: Address, role: Role, standing: str, answer) -> list[str]:
    if answer.status_code >= 500:
        return [f"went wrong with {answer.status_code}"]
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if kind and kind not in CAN_BE_READ and address.name not in KEPT_AS_SENT:
        return [f"answers with {kind}, in which nobody has looked for marks"]
    if not address.takes_get:
        return [] if answer.status_code == 405 else [f"takes a look: {answer.status_code}"]
    if role in address.reads_the_trail and standing in {ANOTHERS, HIDDEN, NOBODY}:
        # A record they are kept out of is not among these: that one is not there for them either.
        return [] if answer.status_code in {200, 404} else [f"answers {answer.status_code}"]
    may = role in address.opens_to and (standing == HERS or address.asks_everybody)
    if may and answer.status_code not in {200, 302}:
        return [f"closed to somebody who may: {answer.status_code}"]
    if not may and answer.status_code == 200:
        return ["open to somebody who may not"]
    return []
