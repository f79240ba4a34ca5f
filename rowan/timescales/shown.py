"""Settings as pages show them: what each decides, its value today, every value there has been, and on what ground."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .models import SettingValue
from .rules.settings import DatedValue, Setting, values_on


@dataclass(frozen=True)
class ShownSetting:
    declared: Setting
    value: str
    history: list[SettingValue]

    @property
    def part_of(self) -> str:
        """Which rule or law of its room it belongs to, or nothing: many a rule has a setting that is explained in the same words."""
        return ", ".join(part.replace("_", " ") for part in self.declared.name.split(".")[1:-1]).capitalize()

    @property
    def default(self) -> str:
        return _plain(self.declared.default)

    @property
    def differs(self) -> bool:
        """Whether it is another value today than the one Rowan comes with."""
        return self.value != self.default

    def changes_after(self, today: date) -> bool:
        return any(row.from_on > today for row in self.history)

    def holds(self, words: str) -> bool:
        """Whether each of these words stands in what is said of it."""
        said = f"{self.declared.name} {self.declared.explanation} {self.declared.unit} {self.declared.owner} {self.declared.source} {self.value}"
        return all(word in said.casefold() for word in words.casefold().split())


def shown_settings(settings: Iterable[Setting], today: date) -> tuple[dict, list[ShownSetting]]:
    """Their values today, and each for a page. One query."""
    settings = list(settings)
    dated = list(SettingValue.objects.filter(name__in=[each.name for each in settings]))
    history: dict[str, list[SettingValue]] = defaultdict(list)
    for row in sorted(dated, key=lambda row: (row.from_on, row.pk)):
        history[row.name].append(row)
    values = values_on(settings, [DatedValue(row.name, row.value, row.from_on) for row in dated], today)
    shown = [ShownSetting(each, _plain(values[each.name]), history[each.name]) for each in settings]
    return dict(values), shown


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value) or "nothing"
