"""What an interview found, as lines of the one chronology, each in the compartment it belongs to."""

from datetime import datetime

from django.utils import timezone

from rowan.chronology.models import Compartment, Entry, Observed
from rowan.chronology.notes import Written, write_line
from rowan.questions.actions import ask_about_signs
from rowan.records.models import OvernightRun

from ..models import Episode, HomeInterview
from ..rules.findings import FACTORS, named, observation_of, signs_of_harm

KIND_OF_LINE = "return_interview"
HEADINGS = {
    "childs_words": "In the child’s words",
    "why_words": "Why",
    "where_words": "Where",
    "with_whom": "With whom",
    "harm_words": "Harm",
    "way_back": "How the child got back",
    "what_would_help": "What would help",
    "held_where": "Held at",
}


def leave_lines(episode: Episode, made: HomeInterview, heard, *, by, now: datetime) -> list[Entry]:
    """Within the act that records the interview."""
    found = heard.found()
    code = observation_of(found)
    timed = "in time" if made.held_at <= episode.interview_due_at else "late"
    _line(
        made, "", f"Return home interview, held {timed}", Compartment.POLICE, in_words(made, heard.names),
        observed=Observed.INDICATOR if code else "", code=code, by=by, now=now,
    )  # fmt: skip
    if heard.intelligence.strip():
        _line(made, "intelligence", "From a return home interview", Compartment.INTELLIGENCE, heard.intelligence, by=by, now=now)  # fmt: skip
    if heard.health.strip():
        _line(made, "health", "From a return home interview", Compartment.HEALTH, heard.health, by=by, now=now)  # fmt: skip
    signs = [
        _line(
            made, sign.code, sign.words, Compartment.POLICE, made.harm_words, kind="sign_of_harm", observed=Observed.SIGN_OF_HARM,
            code=sign.code, by=by, now=now,
        )
        for sign in signs_of_harm(found)
    ]  # fmt: skip
    if signs:
        ask_about_signs(signs, run=OvernightRun.current_number(), today=timezone.localdate(now), now=now)
    return signs


def in_words(made: HomeInterview, names) -> str:
    parts = [f"{heading}: {words}" for box, heading in HEADINGS.items() if (words := getattr(made, box))]
    if factors := named(made.factors, FACTORS):
        parts.append(f"Pushed or pulled by: {'; '.join(factors)}")
    if names:
        parts.append(f"Names heard, as they were said: {'; '.join(names)}")
    return "\n".join(parts)


def lines_of(made: HomeInterview):
    """Every line that this interview left; a page shows each as far as its reader may see."""
    return Entry.objects.current().filter(key__startswith=_key(made), by_day=True).order_by("id")


def _key(made: HomeInterview, part: str = "") -> str:
    return f"rhi {made.pk} {part}".strip()


def _line(made, part, title, compartment, text, *, by, now, kind=KIND_OF_LINE, observed="", code="") -> Entry:
    return write_line(
        Written(
            key=_key(made, part),
            person_id=made.episode.person_id,
            kind=kind,
            title=title[:300],
            happened_on=timezone.localdate(made.held_at),
            happened_at=made.held_at,
            compartment=compartment,
            text=text.strip(),
            observed=observed,
            observed_code=code,
        ),
        by=by,
        now=now,
    )
