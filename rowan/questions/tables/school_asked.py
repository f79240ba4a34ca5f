"""May the pupil's own school be asked, and had the pupil only just joined it?"""

import ibis
from ibis.expr.types import Table

from rowan.questions.rules.absence_risen import NEW_AT_SCHOOL_DAYS

# All that a rule on attendance reads beside the weeks and marks themselves.
MOVE = ("person_id", "agency", "joined_on")
OPEN_CASE = ("person_id", "opened_on", "closed_on")
AGREEMENT = ("feed", "agency", "own_watch", "until_on")
MARKS_FEED = "attendance_marks"
LOG_FEED = "school_log"


def with_joining(risen: Table, school_moves: Table) -> Table:
    moves = school_moves.select(*MOVE)
    moves = moves.group_by(who="person_id", school="agency").agg(joined_on=moves.joined_on.max())
    met = risen.left_join(
        moves,
        [
            risen.person_id == moves.who,
            risen.agency == moves.school,
            moves.joined_on <= risen["on"],
            risen["on"].delta(moves.joined_on, unit="day") <= NEW_AT_SCHOOL_DAYS,
        ],
    )
    return met.drop("who", "school")


def with_audience(risen: Table, agreements: Table, open_cases: Table, feed: str = MARKS_FEED) -> Table:
    told = agreements.select(*AGREEMENT)
    watched = told.filter((told.feed == feed) & told.own_watch)
    watched = watched.group_by(watching="agency").agg(
        watched_until=watched.until_on.max(), ends=watched.until_on.notnull().min()
    )
    cases = open_cases.select(*OPEN_CASE)
    days = risen.select("person_id", "on").distinct()
    met = open_days(days, cases)
    heard = risen.left_join(watched, risen.agency == watched.watching)
    were_open = met.select(open_who="person_id", open_on="on")
    heard = heard.left_join(
        were_open, [heard.person_id == were_open.open_who, heard["on"] == were_open.open_on]
    )
    may_ask = (
        (heard.watching.notnull() & (~heard.ends | (heard.watched_until >= heard["on"])))
        | heard.open_who.notnull()
    ).fill_null(False)
    return heard.mutate(audience=may_ask.ifelse(heard.agency, ibis.null("string")))


def open_days(days: Table, cases: Table) -> Table:
    """Of these children and days, those on which the child's case was open."""
    spans = cases.select("opened_on", "closed_on", who="person_id")
    met = days.join(
        spans,
        [
            days.person_id == spans.who,
            spans.opened_on <= days["on"],
            spans.closed_on.isnull() | (spans.closed_on >= days["on"]),
        ],
    )
    return met.select("person_id", "on").distinct()
