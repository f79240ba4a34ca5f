"""A rule as the register shows it: its sentence and settings, whom it asks, and how often it did."""

from dataclasses import dataclass
from datetime import date

from rowan.access.reading import ROWAN, reading_as
from rowan.agencies.rules.posts import POST_NAMES
from rowan.records.models import OvernightRun
from rowan.timescales.shown import ShownSetting, shown_settings

from .by_group import totals
from .models import FeedQuestion, RuleSwitch
from .rules.declaration import Rule
from .rules.suppression import SMALL


@dataclass(frozen=True)
class PublishedRule:
    rule: Rule
    sentence: str
    not_seen: tuple[str, ...]
    asks: str
    deputy: str
    on: bool
    switch: RuleSwitch | None
    settings: list[ShownSetting]
    counts: dict


def published_rule(rule: Rule, today: date, *, counted: bool) -> PublishedRule:
    """A rule as the register shows it. How often it asked is for those who sign in."""
    values, settings = shown_settings(rule.goes_by, today)
    switch = RuleSwitch.objects.filter(rule=rule.name, from_on__lte=today).order_by("from_on", "id").last()
    return PublishedRule(
        rule=rule,
        sentence=rule.published(values),
        not_seen=rule.not_seen(values),
        asks=POST_NAMES[rule.asks],
        deputy=POST_NAMES[rule.deputy] if rule.deputy else "",
        on=switch.on if switch else True,
        switch=switch,
        settings=settings,
        counts=_counts(rule, today) if counted else {},
    )


# As in `by_group`: a count that differed from reader to reader would tell who is hidden from one of them.
@reading_as(ROWAN)
def _counts(rule: Rule, today: date) -> dict:
    if rule.about_a_feed:
        asked = FeedQuestion.objects.shown(OvernightRun.current_number()).filter(rule=rule.name)
        return {"waiting": asked.open().count(), "answered": asked.exclude(answered_by=None).count()}
    run = OvernightRun.current()
    last_night = run.counts.get("questions", {}) if run else {}
    held_back = [held for held in last_night.get("held_back", []) if held.get("rule") == rule.name]
    not_measured = last_night.get("not_measured", []) if rule.name == "far_from_home" else []
    return {
        "of_months": totals(rule, today),
        "held_back": [(_unless_small(held["occasions"]), held["because"]) for held in held_back],
        "not_measured": [(_unless_small(missed["episodes"]), missed["because"]) for missed in not_measured],
    }


def _unless_small(count: int) -> int | None:
    return None if count in SMALL else count
