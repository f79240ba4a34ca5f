"""A feed has sent nothing for longer than it ever does: whatever an agency sends, held against its own past. Asks about a feed, never about a child.

How often a feed comes is nowhere agreed and differs from a register every night to a list every month, so what to expect is read off the days on
which it came: the gap, in working days, that nine in ten of its gaps did not pass. A feed that stops looks like children who are all well, and
every rule that rests on it falls silent with it (design, promise 8).

A school's registers are compared with other schools instead where there are enough of them (`feed_silent`): only they tell a holiday from silence.
"""

from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.records.rules.feed_names import feed_name
from rowan.timescales.rules.settings import Setting

from .declaration import Figures, Rule, Values, count_in, day_in_words, some, whole
from .feed_silent import LEAST_SCHOOLS, OTHERS_WITHIN_DAYS

OWNER = "The hub's information governance lead"
OWN_CHOICE = "The hub's own choice"

GAPS_PERCENT = Setting(
    name="questions.feed_late.gaps_percent",
    unit="percent",
    default=90,
    least=50,
    most=100,
    source=f"{OWN_CHOICE}: a feed's few longest gaps, over a holiday or a change of system, do not say what to expect of it.",
    owner=OWNER,
    explanation="A feed is expected within the gap that at least this share of its past gaps did not pass.",
)
LONGER_PERCENT = Setting(
    name="questions.feed_late.longer_percent",
    unit="percent",
    default=150,
    least=100,
    most=500,
    source=f"{OWN_CHOICE}: half as long again, so that a monthly file which is some days late asks nobody.",
    owner=OWNER,
    explanation="Asks when the silence has lasted this share of the expected gap, and longer than it.",
)
LEAST_DAYS = Setting(
    name="questions.feed_late.least_working_days",
    unit="working days",
    default=5,
    least=2,
    most=60,
    source=f"{OWN_CHOICE}: a week. A system changed over a weekend is mended in less.",
    owner=OWNER,
    explanation="Asks nothing of a shorter silence, however often the feed comes.",
)
LEAST_DELIVERIES = Setting(
    name="questions.feed_late.least_deliveries",
    unit="days",
    default=5,
    least=3,
    most=50,
    source=f"{OWN_CHOICE}: four gaps are the fewest that tell anything of a habit.",
    owner=OWNER,
    explanation="Asks only of a feed that came on at least this many days.",
)
LOOKS_BACK_DAYS = Setting(
    name="questions.feed_late.looks_back_days",
    unit="days",
    default=730,
    least=90,
    most=2200,
    source=f"{OWN_CHOICE}: two years, so that a feed's newer habit soon outweighs an older one.",
    owner=OWNER,
    explanation="How far back a feed's gaps are looked at.",
)
DUE = Setting(
    name="questions.feed_late.due_working_days",
    unit="working days",
    default=3,
    least=0,
    most=20,
    source=f"{OWN_CHOICE}: time to ring whoever sends the files.",
    owner=OWNER,
    explanation="How soon the question wants an answer.",
)


def explain(figures: Figures, values: Values) -> str:
    """`agency` is its name, which the night does not know. `others` is empty for a feed that no other is compared with."""
    agency, others = figures.get("agency_name") or "This agency", count_in(figures, "others")
    days = "school day" if others else "working day"
    said = (
        f"{agency} has sent nothing of its feed “{feed_name(str(figures.get('feed')))}” since {day_in_words(figures.get('last_on'))}: "
        f"{some(count_in(figures, 'silent_days'), days)}. It came on {count_in(figures, 'deliveries')} days in the past {whole(values, LOOKS_BACK_DAYS)}, and in "
        f"{whole(values, GAPS_PERCENT)}% of the times within {some(count_in(figures, 'expected'), 'working day')} of the time before."
    )
    if others:
        return f"{said} Only days are counted on which {some(others, 'other school')} that sends registers {'was' if others == 1 else 'were'} open."
    if figures.get("feed") == "attendance_marks":
        return f"{said} No other school's registers show which of these were school days, and Rowan has no calendar of holidays, so all are counted: is it a holiday?"
    return said


RULE = Rule(
    name="feed_late",
    version=1,
    title="A feed has sent nothing for longer than it ever does",
    sentence=(
        "Files of a feed have come on {least_deliveries} days or more in the past {looks_back_days}, and nothing has come since the last for {least_working_days} working days or more, "
        "and for {longer_percent}% or more of the gap within which {gaps_percent}% of its gaps lay. A school's registers are held against those of other schools instead, "
        "where at least three others send them; where one or two do, only days on which one of them was open are counted."
    ),
    question="Why has nothing come, and when will it?",
    why=(
        "When a feed stops, every rule that rests on it falls silent, and silence is easily read as all being well. "
        "Most silences are a changed system or somebody on leave."
    ),
    source="Design promise 8: silence is not reassurance. The gap is an empirical quantile by nearest rank (Hyndman and Fan 1996, type 1).",
    owner=OWNER,
    review_on=date(2027, 6, 30),
    equality_note=(
        "It asks about an agency's files and about no child. It reads on which days files came and on which days schools were open, and nothing of anybody in them, so no group of children is "
        "asked about more."
    ),
    asks=PostKind.LEAD,
    deputy=None,
    due_working_days=DUE,
    feed_reaches_within_days=LOOKS_BACK_DAYS,
    settings=(GAPS_PERCENT, LONGER_PERCENT, LEAST_DAYS, LEAST_DELIVERIES),
    borrowed=(LEAST_SCHOOLS, OTHERS_WITHIN_DAYS),
    explain=explain,
    could_be=(
        "a system that was changed or is being mended",
        "whoever sends the files being away",
        "a school's holiday, where no other school shows it",
        "nothing new to send, by an agency that sends no empty file",
    ),
    does_not_see=(
        "a feed that has come on fewer than {least_deliveries} days, such as a yearly return",
        "a file that comes in time and is half empty",
        "what nobody has agreed to send",
    ),
    about_a_feed=True,
)
