"""Who is who among records that have something to do with each other: joined by the machine where it may, as people judged where they did.

The machine joins the strongest pairs first, and never into one person two records that contradict each other. It touches
nobody a person has worked with: it neither joins two people nor splits one when either has a note, an involvement, a
restriction or a judgement; it adds nothing to a restricted person or across an adoption order. All that goes to a person
to decide, as an unsure pair. The answer depends on the records, not on the order in which they are named.

Two steps, the second on top of the first: what the machine makes of the records, and what people's judgements make of that. Of a
record that a judgement moved, where the machine has it is kept beside where it stands, so that undoing gives the earlier state.
"""

from dataclasses import replace

from rowan.matching.rules.as_judged import ALONE, AsJudged
from rowan.matching.rules.by_machine import ByMachine
from rowan.matching.rules.doubts import Doubts
from rowan.matching.rules.gathering import Gathering, Link, Settled, Standing
from rowan.matching.rules.said import Said


def settle(gathering: Gathering) -> Settled:
    """Every record in exactly one person, every doubt once, every person that was joined to an older one."""
    if len(gathering.people) == 1 and not gathering.standing:
        [person] = gathering.people
        return Settled([Link(person.place, gathering.founds[person.place], ALONE, ALONE)], [], [])
    said = Said(gathering)
    by_machine = ByMachine(gathering, said)
    judged = AsJudged(gathering, said, by_machine)
    doubts = Doubts(gathering, said, judged.groups, judged.torn)
    return Settled(judged.links(), doubts.unsure(), judged.joined())


def stays_as_it_is(gathering: Gathering, settled: Settled) -> bool:
    """Whether it would be settled the same once its records stand where tonight has them: then the next night need not look again."""
    stood = gathering.standing
    if len(gathering.people) == 1 and not stood and not gathering.words:
        return True
    touched = {standing.person_id for standing in stood.values() if standing.touched}
    standing = {
        link.place: Standing(
            link.person_id, link.person_id in touched, link.judged_by == "person", link.before
        )
        for link in settled.links
    }
    if standing == stood:
        return True
    again = settle(replace(gathering, standing=standing))
    return again == replace(settled, joined=[])
