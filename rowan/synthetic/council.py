"""The council's files: its case list, and with it the SSDA903 return and the CIN census.

The returns hold no names; the case list holds both of their numbers.
"""

from datetime import date, timedelta
from pathlib import Path

from rowan.synthetic import identifiers, mistakes, names
from rowan.synthetic.careers import draw
from rowan.synthetic.census_file import census_head, episode_lines
from rowan.synthetic.chance import stream
from rowan.synthetic.children import Child
from rowan.synthetic.files import Lines, Table, Truth, uk
from rowan.synthetic.looked_after_return import LookedAfterReturn
from rowan.synthetic.police_records import Missing
from rowan.synthetic.rates import FIGURES

CASE_LIST = [
    "LAchildID",
    "CHILD",
    "Forename",
    "Surname",
    "Preferred name",
    "Date of birth",
    "Address",
    "Postcode",
    "Address withheld",
    "UPN",
    "NHS number",
    "Team",
    "Worker",
    "Worker phone",
    "Opened",
    "Closed",
]


def return_years(period_from: date, until: date) -> list[int]:
    """The return of a year ends on 31 March; both ends of the period fall in one."""

    def ending(day: date) -> int:
        return day.year + (day.month > 3)

    return list(range(ending(period_from), ending(until) + 1))


def _spans(child: Child) -> list[tuple[date, date | None]]:
    """When the council worked with her: referrals and being looked after, joined where they touch."""
    spans = [(n.referred_on, n.closed_on) for n in child.in_need]
    if child.looked_after:
        spans.append((child.looked_after.began_on, child.looked_after.ended_on))
    joined: list[tuple[date, date | None]] = []
    for began, ended in sorted(spans, key=lambda s: s[0]):
        if joined and (joined[-1][1] is None or began <= joined[-1][1] + timedelta(days=1)):
            last = joined[-1]
            joined[-1] = (last[0], None if last[1] is None or ended is None else max(last[1], ended))
        else:
            joined.append((began, ended))
    return joined


class Council:
    """Holds the council's open files; is told of the children of one community after another."""

    def __init__(
        self,
        seed: int,
        folder: Path,
        truth: Truth,
        counters,
        period_from: date,
        until: date,
        somebody_elses_number: float | None = None,
    ):
        self.seed, self.truth, self.counters = seed, truth, counters
        usual = FIGURES["identifier_of_somebody_else"]
        self.somebody_elses_number = usual if somebody_elses_number is None else somebody_elses_number
        self.period_from, self.until = period_from, until
        self.years = return_years(period_from, until)
        self.case_list = Table(folder, "council/case_list.csv", CASE_LIST)
        self.return_903 = LookedAfterReturn(folder, truth, self.years, period_from, until)
        self.census = {year: Lines(folder, f"council/cin_census_{year}.xml") for year in self.years}
        for year, file in self.census.items():
            file.write(census_head(year, min(date(year, 3, 31), until)))

    def close(self) -> None:
        for file in self.census.values():
            file.write(["  </Children>", "</Message>"])
            file.close()
        for table in (self.case_list, self.return_903):
            table.close()

    def take(self, community: int, children: list[Child], missing: list[Missing]) -> None:
        self.chance = stream(self.seed, "council", community)
        self.siblings: dict[int, list[Child]] = {}
        for child in children:
            self.siblings.setdefault(child.household, []).append(child)
        self.everybody = children
        self.given: list[str] = []
        by_child: dict[str, list[Missing]] = {}
        for episode in missing:
            by_child.setdefault(episode.child.person, []).append(episode)
        for child in children:
            if child.in_need or child.looked_after:
                self._one(child, by_child.get(child.person, []))

    def _one(self, child: Child, missing: list[Missing]) -> None:
        spans = [(b, e) for b, e in _spans(child) if (e is None or e >= self.period_from) and b <= self.until]
        if not spans:
            return
        ids = self._ids(len(spans))
        ethnic = self._ethnic(child)
        for (began, ended), la_child_id in zip(spans, ids, strict=True):
            self._case(child, la_child_id, began, ended)
        self._census(child, spans, ids, ethnic)
        if child.looked_after and (child.looked_after.ended_on or self.until) >= self.period_from:
            upn = self._upn(child, "upn_missing_903")
            self.return_903.take(self.chance, child, child.looked_after, missing, ethnic, upn)

    def _ids(self, spans: int) -> list[str]:
        """One number for one child, but not always."""
        chance = self.chance
        first = self.counters.council_child()
        if self.given and chance.random() < FIGURES["one_id_two_people_council_per_1000"] / 1000:
            first = chance.choice(self.given)
        self.given.append(first)
        ids = [first]
        for _ in range(spans - 1):
            ids.append(
                self.counters.council_child()
                if chance.random() < FIGURES["one_person_two_ids_council"] * 8
                else ids[-1]
            )
        return ids

    def _ethnic(self, child: Child) -> str:
        number = self.chance.random()
        if number < FIGURES["ethnicity_refused_council"]:
            return "REFU"
        return "NOBT" if number > 1 - FIGURES["ethnicity_not_yet_council"] else child.family["ethnic_group"]

    def _somebody_elses(self, child: Child, number_of) -> str:
        """A number that is valid and belongs to another child, often her brother or sister."""
        others = [c for c in self.siblings[child.household] if c is not child and number_of(c)]
        if not others or self.chance.random() > FIGURES["identifier_of_sibling_when_wrong"]:
            others = [c for c in self.everybody if c is not child and number_of(c)]
        return number_of(self.chance.choice(others)) if others else ""

    def _upn(self, child: Child, missing_share: str) -> str:
        chance = self.chance
        if not child.upn or chance.random() < FIGURES[missing_share]:
            return ""
        if chance.random() < self.somebody_elses_number:
            return self._somebody_elses(child, lambda c: c.upn)
        if chance.random() < FIGURES["upn_wrong_check_letter"]:
            return identifiers.with_wrong_check_letter(child.upn)
        return child.upn

    def _nhs(self, child: Child) -> str:
        if self.chance.random() < FIGURES["nhs_missing_council"]:
            return ""
        if not child.nhs:
            child.nhs = self.counters.nhs_number()
        if self.chance.random() < self.somebody_elses_number:
            return self._somebody_elses(child, lambda c: c.nhs) or child.nhs
        return child.nhs

    def _case(self, child: Child, la_child_id: str, began: date, ended: date | None) -> None:
        chance = self.chance
        written = mistakes.write_down(chance, child, "council", min(ended or self.until, self.until))
        team = draw(chance, "team")
        if child.looked_after and child.looked_after.on(self.until):
            team = "Children in Care Team"
        worker, phone = names.worker(self.seed, team, chance.randrange(9))
        was_looked_after = (
            child.looked_after
            and child.looked_after.began_on >= began
            and (ended is None or child.looked_after.began_on <= ended)
        )
        line = self.case_list.row(
            [
                la_child_id,
                child.looked_after.child_id if was_looked_after else "",
                written.first,
                written.surname,
                written.preferred_first,
                uk(written.birth),
                written.address,
                written.postcode,
                "Y" if child.secrecy < FIGURES["address_withheld.council"] else "",
                self._upn(child, "upn_missing_council"),
                self._nhs(child),
                team,
                worker,
                phone,
                uk(began),
                uk(ended),
            ]
        )
        self.truth.record(self.case_list.name, line, child.person)

    def _census(self, child: Child, spans, ids: list[str], ethnic: str) -> None:
        birth = child.birth
        if birth.day <= 12 and self.chance.random() < FIGURES["birth_date_day_and_month_swapped.council"]:
            birth = date(birth.year, birth.day, birth.month)
        sex = "U" if self.chance.random() < FIGURES["sex_unknown_cin"] else child.sex
        number = self._upn(child, "upn_missing_cin")
        unknown = "UN1" if child.age_on(self.until) < 5 else self.chance.choice(["UN3", "UN4", "UN5", "UN7"])
        former = next((s.former_upn for s in child.stays if s.former_upn), "")
        for year, file in self.census.items():
            first, last = date(year - 1, 4, 1), min(date(year, 3, 31), self.until)
            for la_child_id in dict.fromkeys(ids):
                episodes = [
                    n
                    for n in sorted(child.in_need, key=lambda n: n.referred_on)
                    if n.referred_on <= last and (n.closed_on is None or n.closed_on >= first)
                    and any(i == la_child_id and b <= n.referred_on and (e is None or n.referred_on <= e) for (b, e), i in zip(spans, ids, strict=True))
                ]  # fmt: skip
                if not episodes:
                    continue
                lines = [
                    "    <Child>",
                    "      <ChildIdentifiers>",
                    f"        <LAchildID>{la_child_id}</LAchildID>",
                ]
                lines.append(
                    f"        <UPN>{number}</UPN>"
                    if number
                    else f"        <UPNunknown>{unknown}</UPNunknown>"
                )
                if former and number:
                    lines.append(f"        <FormerUPN>{former}</FormerUPN>")
                lines += [
                    f"        <PersonBirthDate>{birth}</PersonBirthDate>",
                    f"        <Sex>{sex}</Sex>",
                    "      </ChildIdentifiers>",
                    "      <ChildCharacteristics>",
                    f"        <Ethnicity>{ethnic}</Ethnicity>",
                    "        <Disabilities>",
                    *[f"          <Disability>{d}</Disability>" for d in child.disabilities or ("NONE",)],
                    "        </Disabilities>",
                    "      </ChildCharacteristics>",
                ]
                for episode in episodes:
                    lines += episode_lines(episode, first, last)
                lines.append("    </Child>")
                line = file.write(lines)
                self.truth.record(file.name, line, child.person)
                # The recorded harm itself is no sign that something was yet to be asked; it ends the story's search.
