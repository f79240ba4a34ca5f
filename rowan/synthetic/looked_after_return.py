"""The SSDA903 return of the Department for Education: tables of children looked after, one set a return year, without names."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from rowan.synthetic import mistakes
from rowan.synthetic.careers import LookedAfter, draw
from rowan.synthetic.chance import how_many
from rowan.synthetic.children import Child
from rowan.synthetic.files import Table, Truth, uk
from rowan.synthetic.police_records import Missing
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.story_parameters import COUNCIL

TABLES_903 = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "placed_for_adoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "sw_episodes": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
}


class LookedAfterReturn:
    def __init__(self, folder: Path, truth: Truth, years: list[int], period_from: date, until: date):
        self.truth, self.years, self.period_from, self.until = truth, years, period_from, until
        self.tables = {
            (year, name): Table(folder, f"council/ssda903_{year}/{name}.csv", columns.split(","))
            for year in years
            for name, columns in TABLES_903.items()
        }

    def close(self) -> None:
        for table in self.tables.values():
            table.close()

    def take(
        self,
        chance: Random,
        child: Child,
        period: LookedAfter,
        missing: list[Missing],
        ethnic: str,
        upn: str,
    ) -> None:
        self.chance = chance
        birth = child.birth
        if chance.random() < FIGURES["birth_date_typing_error.council"]:
            birth = mistakes.other_birth_date(chance, birth)
        if not upn:
            upn = "UN1" if child.age_on(self.until) < 5 else chance.choice(["UN4", "UN3", "UN5", "UN2"])
        self._missing_periods(child, period, missing)
        reviews = self._reviews(child, period)
        workers = self._workers(period)
        mother = int(child.sex == "F" and child.age_on(self.until) >= 15 and chance.random() < 0.02)
        for year in self.years:
            first, last = date(year - 1, 4, 1), min(date(year, 3, 31), self.until)
            if period.began_on > last or (period.ended_on and period.ended_on < first):
                continue
            sex = {"M": "1", "F": "2"}[child.sex] if year <= 2024 else child.sex
            who, born = period.child_id, uk(birth)
            mother_born = (
                uk(min(last - timedelta(days=200), self.until - timedelta(days=400))) if mother else ""
            )
            self._row(year, "header", [who, sex, born, ethnic, upn, mother, mother_born], child)
            for p in period.placements:
                if p.began_on > last or (p.ended_on and p.ended_on < first):
                    continue
                ended = p.ended_on if p.ended_on and p.ended_on <= last else None
                line = self._row(
                    year,
                    "episodes",
                    [
                        who, uk(p.began_on), p.reason, p.legal_status, period.need, p.kind, p.provider, uk(ended),
                        p.reason_ended if ended else "", p.why_moved if ended else "", period.home.postcode, p.place.postcode, p.urn,
                    ],
                    child,
                )  # fmt: skip
                if p.story:
                    self.truth.sign(
                        self.tables[(year, "episodes")].name, line, p.story.story, "placement_move"
                    )
            for kind, began, ended, story in period.missing:
                if began > last or (ended and ended < first):
                    continue
                shown = ended if ended and ended <= last else None
                line = self._row(year, "missing", [who, born, kind, uk(began), uk(shown)], child)
                if story:
                    kind_of_sign = "missing" if kind == "M" else "away"
                    self.truth.sign(self.tables[(year, "missing")].name, line, story.story, kind_of_sign)
            for on, code in reviews:
                if first <= on <= last:
                    self._row(year, "reviews", [who, born, uk(on), code])
            for number, began, ended, reason in workers:
                if began <= last and (ended is None or ended >= first):
                    self._row(
                        year,
                        "sw_episodes",
                        [
                            who,
                            born,
                            number,
                            uk(began),
                            uk(ended if ended and ended <= last else None),
                            reason,
                        ],
                    )
            self._yearly(year, child, period, who, born, sex, last)

    def _row(self, year: int, table: str, cells: list, child: Child | None = None) -> int:
        file = self.tables[(year, table)]
        line = file.row(cells)
        if child is not None:
            self.truth.record(file.name, line, child.person)
        return line

    def _yearly(
        self, year: int, child: Child, period: LookedAfter, who: str, born: str, sex: str, last: date
    ) -> None:
        chance = self.chance
        self._row(year, "previous_permanence", [who, born, "Z1", "", ""])
        if period.unaccompanied:
            eighteenth = child.birth + timedelta(days=6575)
            self._row(year, "uasc", [who, sex, born, uk(eighteenth)])
        if last == date(year, 3, 31) and period.on(last) and period.began_on <= last - timedelta(days=365):
            self._row(year, "oc2", [who, born, *_health(chance, child, last)])
        if child.age_on(last) >= 17 and period.ended_on and period.ended_on <= last:
            self._row(
                year,
                "oc3",
                [
                    who,
                    born,
                    "YES",
                    chance.choice(["F2", "F4", "F5", "G4"]),
                    chance.choice(["B1", "D1", "T1"]),
                ],
            )
        if period.adopted and period.ended_on and date(year - 1, 4, 1) <= period.ended_on <= last:
            placed = max(
                period.began_on + timedelta(days=60),
                period.ended_on - timedelta(days=chance.randint(150, 330)),
            )
            matched = placed - timedelta(days=chance.randint(10, 60))
            self._row(year, "placed_for_adoption", [who, born, uk(placed), "", ""])
            self._row(
                year,
                "ad1",
                [
                    who,
                    born,
                    uk(max(period.began_on, matched - timedelta(days=60))),
                    uk(matched),
                    chance.choice([0, 0, 1]),
                    2,
                    chance.choice(["MF", "MM", "FF"]),
                    "L0",
                ],
            )

    def _missing_periods(self, child: Child, period: LookedAfter, missing: list[Missing]) -> None:
        """Dates only, and not always the police's: the same episode as the social worker wrote it down."""
        chance, rows = self.chance, []
        for episode in missing:
            began, ended = episode.left_at.date(), episode.back_at.date()
            if not period.on(began) or (
                episode.reported and chance.random() > FIGURES["missing_reported_by_both"]
            ):
                continue
            if COUNCIL not in episode.seen_by:
                continue
            if chance.random() < FIGURES["missing_dates_differ"]:
                began += timedelta(days=chance.choice([-1, 1]))
            rows.append(("M", began, max(began, ended), episode.story))
        years = (self.until - self.period_from).days / 365
        if child.age_on(self.until) >= 10:
            for _ in range(how_many(chance, FIGURES["looked_after_away_in_year"] * years * 2)):
                on = self.period_from + timedelta(
                    days=chance.randrange(max(1, (self.until - self.period_from).days))
                )
                rows.append(("A", on, on + timedelta(days=chance.choice([0, 1, 1, 2])), None))
        if child.story:
            for sign in child.story.signs:
                if sign.kind == "away":
                    rows += [
                        ("A", m.date(), m.date() + timedelta(days=chance.choice([0, 1, 1, 2])), child.story)
                        for m in sign.moments
                    ]
        for kind, began, ended, story in sorted(rows, key=lambda r: (r[1], r[2], r[0])):
            end: date | None = min(ended, period.ended_on) if period.ended_on else ended
            if (
                began < period.began_on
                or began > self.until
                or (period.ended_on and began >= period.ended_on)
            ):
                continue
            last = period.missing[-1] if period.missing else None
            if last and (last[2] is None or began <= last[2]):
                continue
            period.missing.append((kind, began, end if end and end <= self.until else None, story))
            if story:
                story.seen_on(began)

    def _reviews(self, child: Child, period: LookedAfter) -> list[tuple[date, str]]:
        chance, reviews = self.chance, []
        on = period.began_on + timedelta(days=20)
        while on <= min(period.ended_on or self.until, self.until):
            while on.weekday() > 4:
                on += timedelta(days=1)
            reviews.append((on, "PN0" if child.age_on(on) < 4 else draw(chance, "review_code")))
            on += timedelta(days=90 if len(reviews) == 1 else 180)
        return [r for r in reviews if r[0] <= min(period.ended_on or self.until, self.until)]

    def _workers(self, period: LookedAfter) -> list[tuple[str, date, date | None, str]]:
        chance = self.chance
        ends = min(period.ended_on or self.until, self.until)
        began = max(period.began_on, self.period_from - timedelta(days=200))
        starts = sorted(
            began + timedelta(days=chance.randrange(1, max(2, (ends - began).days)))
            for _ in range(how_many(chance, FIGURES["worker_changes_per_year"] * (ends - began).days / 365))
        )
        starts = [began, *[s for s in dict.fromkeys(starts) if began < s < ends]]
        return [
            (
                f"SW{1000 + chance.randrange(90)}",
                start,
                starts[place + 1] if place + 1 < len(starts) else period.ended_on,
                draw(chance, "worker_reason") if place or start == period.began_on else "FCONTA",
            )
            for place, start in enumerate(starts)
        ]


def _health(chance: Random, child: Child, on: date) -> list:
    age = child.age_on(on)
    asked = 4 <= age <= 16
    score = (
        min(40, max(0, round(chance.gauss(FIGURES["strengths_and_difficulties_mean"], 6))))
        if asked and chance.random() < 0.8
        else ""
    )
    reason = "" if score != "" else ("SDQ1" if not asked else chance.choice(["SDQ2", "SDQ4", "SDQ5"]))
    checked = [int(chance.random() < FIGURES["health_checks_up_to_date"]) for _ in range(4)]
    convicted = int(age >= 10 and chance.random() < FIGURES["convicted_in_year"])
    substances = int(age >= 12 and chance.random() < 0.04)
    helped = int(bool(substances) and chance.random() < 0.5)
    offered = "" if not substances or helped else int(chance.random() < 0.6)
    return [
        score,
        reason,
        convicted,
        checked[0] if age < 5 else "",
        checked[1],
        checked[2],
        checked[3],
        substances,
        helped if substances else "",
        offered,
    ]
