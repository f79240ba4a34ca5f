"""How soon a concern must be read and decided: local labels, and a clock in the hub's working hours that red ignores (domain 1.2)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum

from rowan.timescales.rules.working_days import is_working_day

from .settings import CLOSES_AT, LABELS, OPENS_AT, RED_LOOKED_AT_WITHIN, WITHIN_HOURS


class Urgency(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"


def label(urgency: str, settings: Mapping[str, object]) -> str:
    """What the area calls it."""
    return str(settings[LABELS[urgency].name])


def due_at(received_at: datetime, urgency: str, settings: Mapping[str, object]) -> datetime:
    """When it must be decided. Red counts every hour; the others count the hours the hub is open. `received_at` is local time."""
    hours = float(str(settings[WITHIN_HOURS[urgency].name]))
    if urgency == Urgency.RED:
        return received_at + timedelta(hours=hours)
    return _after_working_hours(
        received_at, timedelta(hours=hours), _hour(settings, OPENS_AT.name), _hour(settings, CLOSES_AT.name)
    )


def red_looked_at_by(received_at: datetime, settings: Mapping[str, object]) -> datetime:
    """When somebody has to have begun to look at a red concern: so many hours of the clock."""
    return received_at + timedelta(hours=float(str(settings[RED_LOOKED_AT_WITHIN.name])))


def within_open_hours(
    moment: datetime, hours: float, settings: Mapping[str, object], *, every_hour: bool = False
) -> datetime:
    """So many hours of the hub's later; with `every_hour`, so many of the clock. `moment` is local time."""
    if every_hour:
        return moment + timedelta(hours=hours)
    return _after_working_hours(
        moment, timedelta(hours=hours), _hour(settings, OPENS_AT.name), _hour(settings, CLOSES_AT.name)
    )


def is_open(moment: datetime, settings: Mapping[str, object]) -> bool:
    """Whether the hub is at work at this local time."""
    return next_read_at(moment, settings) == moment


def next_read_at(moment: datetime, settings: Mapping[str, object]) -> datetime:
    """When somebody next reads what comes in: now while the hub is open, else when it opens. `moment` is local time."""
    return _after_working_hours(
        moment, timedelta(0), _hour(settings, OPENS_AT.name), _hour(settings, CLOSES_AT.name)
    )


def _after_working_hours(moment: datetime, left: timedelta, opens: time, closes: time) -> datetime:
    while True:
        begins = datetime.combine(moment.date(), opens, moment.tzinfo)
        ends = datetime.combine(moment.date(), closes, moment.tzinfo)
        if is_working_day(moment.date()) and moment < ends:
            moment = max(moment, begins)
            if moment + left <= ends:
                return moment + left
            left -= ends - moment
        moment = datetime.combine(moment.date() + timedelta(days=1), time(), moment.tzinfo)


def _hour(settings: Mapping[str, object], name: str) -> time:
    hours, minutes = str(settings[name]).split(":")
    return time(int(hours), int(minutes))
