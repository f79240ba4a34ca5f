"""Links records the slow way: one record tidied after another, one pair judged after another, one gathering settled after another.

What is true of two records and what is made of a gathering are Rowan's own rules. Of the columns by which a night does the same at once,
nothing is shared.
"""

from collections import defaultdict
from datetime import date
from itertools import combinations

from rowan.matching.known_names import known_as
from rowan.matching.rules.gathering import Gathering, Standing, Word
from rowan.matching.rules.identity import founded_by, identity, keyed
from rowan.matching.rules.judgement import judge
from rowan.matching.rules.settling import settle


class PairByPair:
    def __init__(self, records, weighed, key, standing=(), words=(), restricted=(), barriers=()):
        """`weighed` are pairs with their bits: rid, rid, bits."""
        came = sorted(records, key=lambda row: (row["first_received_on"] or date.max, row["rid"]))
        self.rows = {row["rid"]: row for row in came}
        self.key, self.words, self.restricted = key, list(words), frozenset(restricted)
        self.standing = {row["rid"]: row for row in standing if row["rid"] in self.rows}
        self.people = {row["rid"]: identity(row, place, known_as()) for place, row in enumerate(came)}
        self.barred = {rid for rid, row in self.rows.items() if self._at(barriers, row)}
        self.pairs = {self._in_order(one, other): bits for one, other, bits in weighed}

    def linked(self):
        """Links, unsure pairs and people joined, as a night says them."""
        links, unsure, joined = [], [], []
        for rids in self._gatherings():
            settled = settle(self._gathering(rids))
            of = {self.people[rid].place: rid for rid in rids}
            whose = {of[link.place]: link.person_id for link in settled.links}
            links += [self._link(of[link.place], link) for link in settled.links]
            unsure += [self._unsure(of[pair.left], of[pair.right], pair, whose) for pair in settled.unsure]
            joined += [{"was": was, "is_now": is_now} for was, is_now in settled.joined]
        return links, unsure, joined

    def _gatherings(self):
        together = list(self.pairs)
        stand = defaultdict(list)
        for rid, row in self.standing.items():
            for person_id in {row["person_id"], row.get("stood_before") or row["person_id"]}:
                stand[person_id].append(rid)
        for rids in stand.values():
            together += combinations(rids, 2)
        for word in self.words:
            others = [word["other_rid"], *stand[word["person_id"]]]
            together += [(word["rid"], other) for other in others]
        near = defaultdict(set)
        for one, other in together:
            if one in self.rows and other in self.rows:
                near[one].add(other)
                near[other].add(one)
        seen = set()
        for rid in self.rows:
            if rid not in seen:
                found, ahead = {rid}, [rid]
                while ahead:
                    new = near[ahead.pop()] - found
                    found |= new
                    ahead += new
                seen |= found
                yield sorted(found, key=lambda one: self.people[one].place)

    def _gathering(self, rids):
        place = {rid: self.people[rid].place for rid in rids}
        return Gathering(
            people=[self.people[rid] for rid in rids],
            pairs={
                (place[one], place[other]): judge(
                    self.people[one], self.people[other], self.pairs[one, other]
                )
                for one, other in combinations(rids, 2)
                if (one, other) in self.pairs
            },
            founds={place[rid]: founded_by(self.key, self.rows[rid]) for rid in rids},
            standing={place[rid]: self._stands(self.standing[rid]) for rid in rids if rid in self.standing},
            words=[
                Word(word["rid"], word["other_rid"], word["person_id"], word["verdict"])
                for word in self.words
                if word["rid"] in place
            ],
            restricted=self.restricted,
            barred=frozenset(place[rid] for rid in rids if rid in self.barred),
            another_id=lambda text: keyed(self.key, text),
        )

    @staticmethod
    def _stands(row):
        by_person, before = row.get("judged_by") == "person", row.get("stood_before") or ""
        return Standing(row["person_id"], row["touched"], by_person, before)

    def _link(self, rid, link):
        person = self.people[rid]
        return {
            "rid": rid, "person_id": link.person_id, "agency": person.agency, "source": person.source, "source_id": person.source_id,
            "how": link.how, "judged_by": link.judged_by, "stood_before": link.before,
        }  # fmt: skip

    @staticmethod
    def _unsure(one, other, pair, whose):
        left, right = sorted((one, other))
        return {
            "key": f"{left}|{right}", "left_rid": left, "right_rid": right, "left_person_id": whose[left],
            "right_person_id": whose[right], "weight": round(pair.bits, 2), "reasons": pair.reasons,
        }  # fmt: skip

    def _in_order(self, one, other):
        return (one, other) if self.people[one].place < self.people[other].place else (other, one)

    @staticmethod
    def _at(barriers, row):
        council, _, _ = row["source"].rpartition(":")
        return (row["source"], row["source_id"]) in barriers or (
            f"{council}:903",
            row["cross_903"],
        ) in barriers
