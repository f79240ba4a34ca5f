"""What other rooms ask, as the register of rules tells it: with the numbers in force in those rooms."""

from dataclasses import dataclass
from datetime import date

from rowan.timescales.actions import dated_values
from rowan.timescales.declared import declared_settings
from rowan.timescales.rules.settings import values_on

from .rules.asked_elsewhere import ASKED_ELSEWHERE, AskedElsewhere


@dataclass(frozen=True)
class ShownElsewhere:
    rule: AskedElsewhere
    sentence: str


def asked_elsewhere(today: date) -> list[ShownElsewhere]:
    values = values_on(declared_settings(), dated_values(), today)
    return [ShownElsewhere(each, each.published(values)) for each in ASKED_ELSEWHERE]
