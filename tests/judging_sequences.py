"""Random sequences of link, unlink and undo, night after night, against a model in plain Python that shares no code with Rowan.

The model knows what the machine made of the records before anybody judged, and works out every night anew from that and from the
judgements that stand. It keeps nothing from one night to the next, so whatever it says after an undo is the earlier state.
"""

from datetime import date
from random import Random

from rowan.matching.rules.gathering import Gathering, Standing, Word
from rowan.matching.rules.judgement import Judged, Verdict
from rowan.matching.rules.settling import settle
from tests.people_to_match import person

# A and B contradict each other by name and birth date; of "?" neither is known, and it contradicts nobody.
CHILDREN = {
    "A": {"first_name": "Mia", "birth_date": date(2011, 5, 3)},
    "B": {"first_name": "Tom", "birth_date": date(2014, 9, 20)},
    "?": {},
}
CLOSE = 4.0
ACTS_A_SEQUENCE = 8


def people_at_random(chance: Random) -> tuple[Gathering, list[str]]:
    whose = [chance.choice("AAB?") for _ in range(chance.randint(2, 8))]
    people = [
        person(n, "police-x:person", f"{n}", rid=f"r{n}", **CHILDREN[one]) for n, one in enumerate(whose)
    ]
    pairs = {}
    for one in range(len(whose)):
        for other in range(one + 1, len(whose)):
            if chance.random() < 0.6:
                verdict = Verdict.NOT_SAME if {whose[one], whose[other]} == {"A", "B"} else chance.choice([Verdict.SAME, Verdict.SAME, Verdict.UNSURE])  # fmt: skip
                pairs[one, other] = Judged(verdict, float(chance.randint(-4, 20)), f"as in {one} and {other}")
    founds = {n: f"founded by {n}" for n in range(len(whose))}
    return Gathering(
        people=people, pairs=pairs, founds=founds, another_id=lambda text: f"another {text}"
    ), whose


def night_after(gathering: Gathering, links, words, *, touched: bool = True):
    """As the pipeline does it: where each record stands, and where it stood before a judgement moved it, come from the last night."""
    standing = {
        link.place: Standing(link.person_id, touched, link.judged_by == "person", link.before)
        for link in links
    }
    return settle(
        Gathering(
            people=gathering.people,
            pairs=gathering.pairs,
            founds=gathering.founds,
            another_id=gathering.another_id,
            standing=standing,
            words=[Word(f"r{one}", f"r{other}", who, said) for one, other, who, said in words],
        )
    )


def as_the_model_has_it(before: dict[int, str], pairs, whose: list[str], words) -> dict[int, str]:
    """Whose each record is: `before`, with what was judged."""
    likes = sorted(
        ((-pair.strength, places) for places, pair in pairs.items() if pair.verdict.name == "SAME"),
    )
    never = [{one, other} for one, other, _, said in words if said == "not_same"]
    open_still = [{one, other} for one, other, _, said in words if said == "unsure"]
    out = sorted(
        {one for one, other, _, said in words if said == "not_same" and before[one] == before[other]}
    )

    def apart(some, others):
        return any({a, b} in never for a in some for b in others)

    def fits(some, others):
        return {"A", "B"} - {whose[place] for place in some | others} != set()

    def settled_people():
        return [
            ({n for n, who in before.items() if who == person_id and n not in out}, {person_id})
            for person_id in sorted(set(before.values()))
            if any(who == person_id and n not in out for n, who in before.items())
        ]

    def placed(nobodys):
        heaps = settled_people() + [({n}, set()) for n in out]
        joined = True
        while joined:
            joined = False
            for _, (a, b) in likes:
                if not {a, b} & set(out) or {a, b} & nobodys or {a, b} in open_still:
                    continue
                one = next(heap for heap in heaps if a in heap[0])
                two = next(heap for heap in heaps if b in heap[0])
                if one is two or (one[1] and two[1]) or apart(one[0], two[0]) or not fits(one[0], two[0]):
                    continue
                heaps = [h for h in heaps if h is not one and h is not two] + [
                    (one[0] | two[0], one[1] | two[1])
                ]
                joined = True
                break
        return heaps

    def torn(heaps):
        found = set()
        for n in out:
            mine = next(heap for heap in heaps if n in heap[0])
            reach = [
                (-minus, (places[0] if places[1] == n else places[1]))
                for minus, places in likes
                if n in places
            ]
            inside = max((bits for bits, other in reach if other in mine[0]), default=0.0)
            for bits, other in reach:
                theirs = next(heap for heap in heaps if other in heap[0])
                if (
                    theirs is mine
                    or len(mine[0]) == 1
                    or apart(mine[0], theirs[0])
                    or fits(mine[0], theirs[0])
                ):
                    continue
                if inside < bits + CLOSE:
                    found.add(n)
        return found

    heaps = placed(set())
    if nobodys := torn(heaps):
        heaps = placed(nobodys)
    for a, b in sorted({tuple(sorted((one, other))) for one, other, _, said in words if said == "same"}):
        one = next(heap for heap in heaps if a in heap[0])
        two = next(heap for heap in heaps if b in heap[0])
        if one is not two and not apart(one[0], two[0]):
            heaps = [h for h in heaps if h is not one and h is not two] + [(one[0] | two[0], one[1] | two[1])]
    return _named(heaps, before)


def _named(heaps, before: dict[int, str]) -> dict[int, str]:
    """The older of those joined keeps her id. What was taken out has an id of its own, unless nobody was left with the old one."""
    first_of = {who: min(n for n, its in before.items() if its == who) for who in before.values()}
    kept = set().union(*(ids for _, ids in heaps))
    named = {}
    for members, ids in sorted(heaps, key=lambda heap: min(heap[0])):
        if ids:
            who = min(ids, key=lambda person_id: (first_of[person_id], person_id))
        else:
            old = sorted((f"founded by {n}" != before[n], n) for n in members)
            choices = [before[n] for _, n in old if before[n] not in kept]
            choices += [
                f"founded by {n}" for n in sorted(members) if f"founded by {n}" not in kept | set(first_of)
            ]
            again = (f"another founded by {min(members)}|{k}" for k in range(1, 99))
            who = next(iter(choices), None) or next(a for a in again if a not in kept | set(first_of))
            kept.add(who)
        named.update(dict.fromkeys(members, who))
    return named


def next_act(chance: Random, words: list, person_of: dict[int, str]) -> str:
    """Link, unlink, leave open or undo. A new answer about two records takes the place of the one before, as the act itself does it."""
    if words and chance.random() < 0.35:
        words.pop(chance.randrange(len(words)))
        return "undo"
    one, other = chance.sample(sorted(person_of), 2)
    said = "not_same" if person_of[one] == person_of[other] else "same"
    if chance.random() < 0.15:
        said = "unsure" if said == "same" else "not_same"
    words[:] = [word for word in words if {word[0], word[1]} != {one, other}]
    words.append((one, other, person_of[other], said))
    return said


def run_one(seed: int) -> int:
    """One sequence; how many nights were compared. Raises where Rowan and the model differ."""
    chance = Random(seed)
    gathering, whose = people_at_random(chance)
    first = night_after(gathering, settle(gathering).links, [], touched=False)
    before = {link.place: link.person_id for link in first.links}
    links, words, nights = first.links, [], 0
    for _ in range(ACTS_A_SEQUENCE):
        act = next_act(chance, words, {link.place: link.person_id for link in links})
        links = night_after(gathering, links, words).links
        found = {link.place: link.person_id for link in links}
        wanted = as_the_model_has_it(before, gathering.pairs, whose, words)
        assert found == wanted, (
            f"seed {seed}, after {act}, with {words}: {found}, and the model says {wanted}"
        )
        nights += 1
    undone = night_after(gathering, links, []).links
    assert undone == first.links, f"seed {seed}: with everything undone, not what it was before"
    return nights + 1
