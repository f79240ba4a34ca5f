"""The council's files: its case list, the SSDA903 return and the CIN census.

Columns and codes as in the returns' own specifications: SSDA903 (children looked after) and the CIN census of the
Department for Education. The returns hold no names; the case list holds both of their numbers.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from rowan.synthetic import identifiers, mistakes, names
from rowan.synthetic.chance import how_many, stream
from rowan.synthetic.children import Child
from rowan.synthetic.files import Lines, Table, Truth
from rowan.synthetic.police import Missing
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.social_care import InNeed, LookedAfter, draw
from rowan.synthetic.story_parameters import COUNCIL

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


def uk(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


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

    def __init__(self, seed: int, folder: Path, truth: Truth, counters, period_from: date, until: date):
        self.seed, self.truth, self.counters = seed, truth, counters
        self.period_from, self.until = period_from, until
        self.years = return_years(period_from, until)
        self.case_list = Table(folder, "council/case_list.csv", CASE_LIST)
        self.tables = {
            (year, name): Table(folder, f"council/ssda903_{year}/{name}.csv", columns.split(","))
            for year in self.years
            for name, columns in TABLES_903.items()
        }
        self.census = {year: Lines(folder, f"council/cin_census_{year}.xml") for year in self.years}
        for year, file in self.census.items():
            file.write(_census_head(year, min(date(year, 3, 31), until)))

    def close(self) -> None:
        for file in self.census.values():
            file.write(["  </Children>", "</Message>"])
            file.close()
        for table in (self.case_list, *self.tables.values()):
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
            self._looked_after(child, child.looked_after, missing, ethnic)

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
        if chance.random() < FIGURES["identifier_of_somebody_else"]:
            return self._somebody_elses(child, lambda c: c.upn)
        if chance.random() < FIGURES["upn_wrong_check_letter"]:
            return identifiers.with_wrong_check_letter(child.upn)
        return child.upn

    def _nhs(self, child: Child) -> str:
        if self.chance.random() < FIGURES["nhs_missing_council"]:
            return ""
        if not child.nhs:
            child.nhs = self.counters.nhs_number()
        if self.chance.random() < FIGURES["identifier_of_somebody_else"]:
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

    # --- the CIN census

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
                    lines += _episode_lines(episode, first, last)
                lines.append("    </Child>")
                line = file.write(lines)
                self.truth.record(file.name, line, child.person)
                # The recorded harm itself is no sign that something was yet to be asked; it ends the story's search.

    # --- children looked after

    def _looked_after(self, child: Child, period: LookedAfter, missing: list[Missing], ethnic: str) -> None:
        chance = self.chance
        birth = child.birth
        if chance.random() < FIGURES["birth_date_typing_error.council"]:
            birth = mistakes.other_birth_date(chance, birth)
        upn = self._upn(child, "upn_missing_903")
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


def _census_head(year: int, reference: date) -> list[str]:
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- Everybody in this file is invented. -->",
        "<Message>",
        "  <Header>",
        "    <CollectionDetails>",
        "      <Collection>CIN</Collection>",
        f"      <Year>{year}</Year>",
        f"      <ReferenceDate>{reference}</ReferenceDate>",
        "    </CollectionDetails>",
        "    <Source>",
        "      <SourceLevel>L</SourceLevel>",
        f"      <LEA>{identifiers.COUNCIL}</LEA>",
        "      <SoftwareCode>Invented County</SoftwareCode>",
        "      <Release>1</Release>",
        "      <SerialNo>001</SerialNo>",
        f"      <DateTime>{reference}T09:00:00</DateTime>",
        "    </Source>",
        "  </Header>",
        "  <Children>",
    ]


def _element(name: str, value, indent: int = 8) -> list[str]:
    return [f"{' ' * indent}<{name}>{escape(str(value))}</{name}>"] if value not in (None, "") else []


def _episode_lines(episode: InNeed, first: date, last: date) -> list[str]:
    """CINdetails as it stood on the last day of the year, or on the day of the extract."""

    def by(day: date | None) -> date | None:
        return day if day and day <= last else None

    conference = by(episode.enquiry[1]) if episode.enquiry else None
    lines = [
        "      <CINdetails>",
        *_element("CINreferralDate", episode.referred_on),
        *_element("ReferralSource", episode.source),
    ]
    if not episode.no_further_action:
        lines += _element("PrimaryNeedCode", episode.need)
    lines += _element("CINclosureDate", by(episode.closed_on))
    if by(episode.closed_on):
        lines += _element("ReasonForClosure", episode.reason_closed)
    lines += _element("ReferralNFA", int(episode.no_further_action))
    for began, authorised, factors in episode.assessments:
        if began > last or (authorised and authorised < first):
            continue
        lines += ["        <Assessments>", *_element("AssessmentActualStartDate", began, 10)]
        if by(authorised):
            lines += [
                *_element("AssessmentAuthorisationDate", authorised, 10),
                "          <FactorsIdentifiedAtAssessment>",
                *[line for factor in factors for line in _element("AssessmentFactors", factor, 12)],
                "          </FactorsIdentifiedAtAssessment>",
            ]
        lines.append("        </Assessments>")
    if episode.plan and episode.plan[0] <= last:
        lines += ["        <CINPlanDates>", *_element("CINPlanStartDate", episode.plan[0], 10)]
        lines += [*_element("CINPlanEndDate", by(episode.plan[1]), 10), "        </CINPlanDates>"]
    if episode.enquiry and episode.enquiry[0] <= last:
        target = episode.enquiry[0] + timedelta(days=21)
        lines += ["        <Section47>", *_element("S47ActualStartDate", episode.enquiry[0], 10)]
        lines += [*_element("InitialCPCtarget", target, 10), *_element("DateOfInitialCPC", conference, 10)]
        lines += [*_element("ICPCnotRequired", int(episode.enquiry[1] is None), 10), "        </Section47>"]
    if episode.protection and episode.protection[0] <= last:
        began, ended, category = episode.protection
        lines += [
            "        <ChildProtectionPlans>",
            *_element("CPPstartDate", began, 10),
            *_element("CPPendDate", by(ended), 10),
        ]
        lines += [
            *_element("InitialCategoryOfAbuse", category, 10),
            *_element("LatestCategoryOfAbuse", category, 10),
        ]
        lines += [*_element("NumberOfPreviousCPP", 0, 10), "        </ChildProtectionPlans>"]
    return [*lines, "      </CINdetails>"]
