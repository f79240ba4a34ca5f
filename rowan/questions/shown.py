"""What a question's own page shows, gathered in few queries and each only as far as this reader may see."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rowan.access.rules.seeing import Seen
from rowan.agencies.in_words import agency_names
from rowan.chronology.models import Entry, Observed
from rowan.chronology.rules.compartments import compartment_of
from rowan.matching.models import Judgement
from rowan.people.models import Address
from rowan.people.where_they_live import home_is_withheld, may_be_told
from rowan.records.models import FeedReach
from rowan.records.rules.feed_names import feed_name

from .models import Answer, EvidenceRow, Owed, Question, Reason
from .rules.answers import ACT_NAMES
from .rules.declaration import Rule, plain
from .rules.far_from_home import WITHHELD
from .rules.heard import heard_whole
from .rules.register import rule_named

# Context that stands beside a question: what was going on around the child in the half year before.
CONTEXT_DAYS = 183
CONTEXT_KINDS = {
    "school_log",
    "school_joined",
    "school_left",
    "placement_began",
    "placement_ended",
}
# Beside these a reader would look for how far away the child was found.
RESTS_ON_A_MISSING_EPISODE = {"far_from_home", "missing_again"}
MATCHED_WITH_NONE = "The agency’s own record, matched with no other agency’s"
# From so many rows on, evidence is folded.
FOLDED_FROM = 12
# A feed this many days behind the question is said to be missing.
BEHIND_DAYS = 14


def shows_row(row: EvidenceRow, seen: Seen) -> bool:
    """Evidence stands in the compartment of the file it came in; a row in words is more than a heading."""
    return seen.tells(row.agency_code, compartment_of(row.record_kind))


@dataclass(frozen=True)
class ShownRow:
    row: EvidenceRow
    agency: str
    judged: Judgement | None  # somebody said it is not this child; tonight's run takes it away

    @property
    def how_matched(self) -> str:
        return MATCHED_WITH_NONE if self.row.how_matched == "alone" else self.row.how_matched.capitalize()


@dataclass(frozen=True)
class ShownReason:
    """Why a rule asked, with the rule's own words when the rule still stands in the register."""

    reason: Reason
    rule: Rule | None
    evidence: list[ShownRow]
    hidden_rows: int
    newest: bool  # of its rule; the earlier ones are folded beneath
    half_heard: bool  # it joins what agencies said, and the reader may hear only some of them

    @property
    def title(self) -> str:
        if self.rests_on_what_is_hidden:
            return "A reason that rests on what you may not see"
        return self.rule.title if self.rule else "A rule that is no longer in the register"

    @property
    def rests_on_what_is_hidden(self) -> bool:
        """Its very words would tell what the rows say."""
        return self.half_heard or (self.hidden_rows > 0 and not self.evidence)

    @property
    def is_long(self) -> bool:
        """Marks come by the hundred: a long list is folded away, not left out."""
        return len(self.evidence) > FOLDED_FROM

    @property
    def published(self) -> str:
        """The rule's sentence with the numbers of that night, unless it has been written anew since."""
        if self.rule is None or self.rule.version != self.reason.rule_version:
            return ""
        return self.rule.published(self.reason.settings_used)

    @property
    def settings(self) -> list[tuple[str, str]]:
        explained = {setting.name: setting for setting in (self.rule.goes_by if self.rule else ())}
        return [
            (explained[name].explanation, f"{plain(value)} {explained[name].unit}")
            if name in explained
            else (name, plain(value))
            for name, value in self.reason.settings_used.items()
        ]


def reasons_of(
    question: Question, seen: Seen, judged: Mapping[str, Judgement] | None = None
) -> list[ShownReason]:
    reasons = list(question.reasons.prefetch_related("evidence"))
    rows = {reason.pk: [row for row in reason.evidence.all() if shows_row(row, seen)] for reason in reasons}
    names = agency_names(row.agency_code for found in rows.values() for row in found)
    newest = {reason.rule: reason.pk for reason in reversed(reasons)}
    return [
        ShownReason(
            reason,
            rule_named(reason.rule),
            [ShownRow(row, names[row.agency_code], (judged or {}).get(row.rid)) for row in rows[reason.pk]],
            # A school is not told how many rows of others there are.
            len(reason.evidence.all()) - len(rows[reason.pk]) if not seen.at_a_school else 0,
            newest[reason.rule] == reason.pk,
            not heard_whole(
                reason.rule, {(row.agency_code, row.record_kind) for row in reason.evidence.all()}, seen
            ),
        )
        for reason in reasons
    ]


def act_in_words(owed: Owed) -> str:
    return ACT_NAMES.get(owed.act, owed.act.replace("_", " "))


@dataclass(frozen=True)
class ShownAnswer:
    answer: Answer
    corrected: bool
    owed: list[tuple[Owed, str]]


def answers_to(question: Question) -> list[ShownAnswer]:
    """Every answer, oldest first; a corrected one stays and says so."""
    found = list(question.answers.select_related("by", "agency").prefetch_related("owed"))
    corrected = {answer.corrects_id for answer in found}
    return [
        ShownAnswer(
            answer,
            answer.pk in corrected,
            [(owed, act_in_words(owed)) for owed in answer.owed.all()],
        )
        for answer in found
    ]


@dataclass(frozen=True)
class Beside:
    """A fact that stands beside a question."""

    on: date
    words: str
    more: str = ""


def beside(question: Question, seen: Seen, first_on: date) -> tuple[list[Beside], list[Beside]]:
    """Protective facts, whatever their age, and what was going on around the child in the half year before."""
    rows = Entry.objects.current().about(question.person_id).order_by("-happened_on", "id")
    entries = [row for row in rows if seen.shows(row.agency_code, row.compartment)]
    since = first_on - timedelta(days=CONTEXT_DAYS)
    protective = [row for row in entries if row.observed == Observed.PROTECTIVE]
    context = [
        row
        for row in entries
        if row.happened_on >= since
        and row.observed not in {Observed.PROTECTIVE, Observed.SIGN_OF_HARM}
        and (row.observed == Observed.VULNERABILITY or row.kind in CONTEXT_KINDS)
    ]
    facts = [_beside(row, seen) for row in context]
    facts += _moves(question.person_id, seen, since)
    return (
        [_beside(row, seen) for row in protective],
        sorted(facts, key=lambda fact: fact.on, reverse=True),
    )


def _beside(row: Entry, seen: Seen) -> Beside:
    told = seen.tells(row.agency_code, row.compartment)
    return Beside(row.happened_on, row.title, row.text if told else "")


def _moves(person_id: str, seen: Seen, since: date) -> list[Beside]:
    """A new address from an agency that had given another before. Where she lives is not said here: her page says it."""
    rows = Address.objects.current().filter(person_id=person_id, first_on__isnull=False)
    by_agency: dict[str, list[Address]] = defaultdict(list)
    for row in may_be_told(rows.order_by("first_on"), seen, withheld=False):
        by_agency[row.agency_code].append(row)
    names = agency_names(by_agency)
    return [
        Beside(later.first_on, f"A new address, as {names[code]} has it")
        for code, known in by_agency.items()
        for earlier, later in pairwise(known)
        if later.first_on >= since and _postcode(later) != _postcode(earlier)
    ]


def _postcode(row: Address) -> str:
    return row.postcode or row.sealed_postcode


def files_behind(seen: Seen, asked_on: date) -> list[tuple[FeedReach, str]]:
    """Feeds whose files stop well before the question: what they would say is not known."""
    rows = (
        FeedReach.objects.current()
        .exclude(feed="places")
        .select_related("agency")
        .order_by("feed", "agency__name")
    )
    limit = asked_on - timedelta(days=BEHIND_DAYS)
    return [
        (row, feed_name(row.feed))
        for row in rows
        if seen.shows(row.agency.code) and (row.reaches_to is None or row.reaches_to < limit)
    ]


def rules_cannot_see(reasons: list[ShownReason]) -> list[str]:
    """What the rules that asked do not see of any child, once each. It says nothing about this one."""
    return list(
        dict.fromkeys(
            gap
            for shown in reasons
            if shown.rule and not shown.half_heard
            for gap in shown.rule.not_seen(shown.reason.settings_used)
        )
    )


def missing_for_this_child(reasons: list[ShownReason], person_id: str) -> list[str]:
    """What Rowan could not work out for her: of a home that is withheld, no distance."""
    rests = any(shown.rule and shown.rule.name in RESTS_ON_A_MISSING_EPISODE for shown in reasons)
    return [WITHHELD] if rests and home_is_withheld(person_id) else []
