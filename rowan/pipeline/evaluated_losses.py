"""Why each story that was not found was not: the first of these reasons that holds, from what nobody could have read to what no rule made of it.

A story is looked at as far as harm was not on record. Two reasons that one might look for are not there: whoever has as many open questions as one
person is given passes the rest to a deputy, so no question is lost by that; and a question is withheld as asked already only where one stands that
rests on the same rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from .county_signs import Sign
from .evaluation_kinds import Judged, LinkedRow, PutOccasion, Story, Truth

FOUND = ""
NO_FILE = "no file shows anything"
LATE = "nothing showed before harm was on record"
ASKED_LATE = "asked, but harm was on record by then"
NOT_TO_BE_READ = "only in a school's marks and notes: its own watch was not chosen, and the child was not open to the council"
NO_RULE_READS = "only in rows that no rule reads (being late, context)"
ANOTHER_CHILD = "its rows stood under another child"
NOBODY_TO_ASK = "a rule found it, and nobody could be asked that day"
OTHER_THINGS = "asked about in time, resting on other rows"
ONE_KIND = "one kind of sign, too weak or too few for its rule: "
TOO_FAR_APART = "several kinds of sign, none enough alone, too far apart or of one agency"


def why_lost(
    truth: Truth,
    signs: Mapping[str, list[Sign]],
    links: Iterable[LinkedRow],
    who: Mapping[str, str],
    judged: Iterable[Judged],
    unasked: Iterable[PutOccasion],
) -> dict[str, str]:
    """`who` is the child most of a person's rows are; `unasked` are the occasions that had nobody to be asked."""
    asked_true, asked_about = defaultdict(list), defaultdict(list)
    for question in judged:
        for story in question.stories:
            asked_true[story].append(question.on)
        asked_about[question.person].append(question.on)
    stands_under = {row.place: who.get(row.person_id) for row in links}
    rested_on = defaultdict(list)
    for put in unasked:
        for place in put.places:
            rested_on[place].append(put.occasion.on)
    return {
        story.story: _why(story, signs.get(story.story, []), asked_true, asked_about, stands_under, rested_on)
        for story in truth.stories
    }


def _why(
    story: Story,
    signs: list[Sign],
    asked_true: Mapping[str, list[date]],
    asked_about: Mapping[str | None, list[date]],
    stands_under: Mapping[tuple[str, int], str | None],
    rested_on: Mapping[tuple[str, int], list[date]],
) -> str:
    harm = story.first_recorded_harm_on or date.max
    in_time = [sign for sign in signs if sign.on is None or sign.on < harm]
    if any(on < harm for on in asked_true[story.story]):
        return FOUND
    if not signs:
        return NO_FILE
    if not in_time:
        return LATE
    if asked_true[story.story]:
        return ASKED_LATE
    readable = [sign for sign in in_time if sign.may_be_read]
    if not readable:
        return NOT_TO_BE_READ
    read = [sign for sign in readable if sign.read]
    if not read:
        return NO_RULE_READS
    if all(stands_under.get(sign.place, story.person) != story.person for sign in read):
        return ANOTHER_CHILD
    if any(on < harm for sign in signs for on in rested_on.get(sign.place, ())):
        return NOBODY_TO_ASK
    until = min(harm, (story.ends_on or date.max - timedelta(days=1)) + timedelta(days=1))
    if story.first_sign_on and any(story.first_sign_on <= on < until for on in asked_about[story.person]):
        return OTHER_THINGS
    kinds = {sign.kind for sign in read}
    return ONE_KIND + kinds.pop() if len(kinds) == 1 else TOO_FAR_APART
