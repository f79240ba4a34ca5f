"""Which records a night weighs, and which it settles again: those that are new or changed, and all that has to do with them.

What is made of records that have to do with each other (a gathering) depends on these records, on where they stood, and on what people
judged of them, and on nothing else. Where none of it changed since the last night, that night's answer is tonight's.
"""

from typing import Any

from rowan.matching.kept import Keeping, Kept
from rowan.matching.rules.identity import READ

# Beyond this share of new or changed records, and this growth since the last full run, everybody is compared with everybody.
FRESH_AT_MOST = 0.2
GROWN_AT_MOST = 0.1

# A record stands at a barrier itself, or as the case that carries the barred 903 number.
BARRED = """
    select r.rid from matching_read r join matching_barriers b on r.source = b.source and r.source_id = b.source_id
    union
    select r.rid from matching_read r join matching_barriers b
    on r.cross_903 = b.source_id and b.source = regexp_replace(r.source, ':[^:]*$', '') || ':903'
"""
_TONIGHT = """
    create or replace table matching_tonight as
    with words as (
        select rid, string_agg(concat_ws('|', other_rid, person_id, verdict), '/' order by other_rid, person_id, verdict) as words
        from matching_judged group by rid
    )
    select r.rid, r.first_received_on, hash('{salt}', {read}) as said, words.words, b.rid is not null as barred, {given} as given
    from matching_read r left join matching_standing s using (rid) left join words using (rid) left join ({barred}) b using (rid)
"""
# All that is known of a record tonight beside what it says: where it stands, what was judged, what is closed to the machine.
_GIVEN = """hash(coalesce({s}.person_id, ''), coalesce({touched}, false), coalesce({s}.judged_by, ''), coalesce({s}.stood_before, ''),
    coalesce({words}, ''), {barred}, coalesce({s}.person_id in (select person_id from matching_restricted), false),
    coalesce({s}.stood_before in (select person_id from matching_restricted), false))"""
_NUMBERED = """
    create or replace table matching_numbered as
    select t.rid, k.number, false as fresh, k.given <> t.given as restated, t.said, t.given, k.gathering, k.settled
    from matching_tonight t join kept_records k on k.rid = t.rid and k.said = t.said
"""
_FRESH = """
    insert into matching_numbered
    select t.rid, {last} + row_number() over (order by first_received_on nulls last, t.rid), true, false, t.said, t.given, null, null
    from matching_tonight t anti join matching_numbered n on n.rid = t.rid
"""
_GONE = """
    create or replace table matching_gone as
    select k.number, k.gathering from kept_records k anti join matching_numbered n on n.number = k.number
"""
# A new tie between two records always has an end that is new or restated: a pair, a person they both stand in, a judgement.
_AGAIN = [
    "create or replace table matching_seeds as select rid, number from matching_numbered where fresh or restated",
    """
    create or replace table matching_whose as
    select s.person_id from matching_standing s join matching_seeds using (rid)
    union select s.stood_before from matching_standing s join matching_seeds using (rid) where s.stood_before <> ''
    """,
    """
    create or replace table matching_words_near as
    select j.rid, j.other_rid, j.person_id from matching_judged j where j.rid in (select rid from matching_seeds)
    or j.other_rid in (select rid from matching_seeds) or j.person_id in (select person_id from matching_whose)
    """,
    """
    create or replace table matching_tied as
    with theirs as (select person_id from matching_whose union select person_id from matching_words_near where person_id is not null),
    rids as (
        select rid from matching_standing where person_id in (select person_id from theirs)
        union select rid from matching_standing where stood_before in (select person_id from theirs)
        union select rid from matching_words_near union select other_rid from matching_words_near where other_rid is not null
    )
    select number from matching_seeds union select place_l from matching_pairs_new union select place_r from matching_pairs_new
    union select n.number from matching_numbered n semi join rids on rids.rid = n.rid
    """,
    """
    create or replace table matching_again as
    with touched as (
        select gathering from matching_gone
        union select n.gathering from matching_numbered n semi join matching_tied t on t.number = n.number where not n.fresh
    )
    select number from matching_tied
    union select n.number from matching_numbered n semi join touched on touched.gathering = n.gathering
    """,
]


def number_records(connection: Any, kept: Kept, salt: str) -> None:
    """`matching_numbered`: every record of tonight. A number is of what one record said once: changed, it has a new one."""
    read = ", ".join(READ)
    given = _GIVEN.format(s="s", touched="s.touched", words="words.words", barred="b.rid is not null")
    _do(connection, _TONIGHT.format(salt=salt, read=read, barred=BARRED, given=given))
    _do(connection, _NUMBERED)
    _do(connection, _FRESH.format(last=kept.last_number))
    _do(connection, _GONE)


def expect(connection: Any) -> None:
    """`matching_expected`: what will be given of the records settled tonight when they stand as tonight has them. Asked before anything is carried over.

    Of those that may be settled otherwise then (`matching_moving`) nothing is expected, so that the next night looks at them again.
    """
    touched = "l.person_id in (select person_id from matching_standing where touched)"
    given = _GIVEN.format(s="l", touched=touched, words="t.words", barred="t.barred")
    _do(
        connection,
        f"""
        create or replace table matching_expected as
        select n.number, {given} as given from links l join matching_numbered n using (rid) join matching_tonight t using (rid)
        join matching_records r on r.number = n.number join matching_gatherings g using (place)
        where g.gathering not in (select gathering from matching_moving)
        """,
    )


def why_everybody(connection: Any, keeping: Keeping | None, kept: Kept) -> str:
    """Why tonight compares everybody with everybody, or nothing when only what is new needs to be."""
    if keeping is None or not kept.files:
        return "nothing was kept by these rules"
    days = (keeping.on - kept.full_on).days
    if not 0 <= days < keeping.full_every_days:
        return "it is the day for it"
    [(count, fresh, gone)] = connection.execute(
        "select count(*), count(*) filter (fresh), (select count(*) from matching_gone) from matching_numbered"
    ).fetchall()
    if abs(count - kept.records_when_full) > GROWN_AT_MOST * kept.records_when_full:
        return "there are many more records, or fewer, than at the last"
    if max(fresh, gone) > FRESH_AT_MOST * count:
        return "many records are new"
    return ""


def choose_again(connection: Any, *, everybody: bool) -> None:
    """`matching_again`: the numbers of the records that are settled tonight."""
    if everybody:
        _do(connection, "create or replace table matching_again as select number from matching_numbered")
        return
    for sql in _AGAIN:
        _do(connection, sql)


def _do(connection: Any, sql: str) -> None:
    connection.execute(sql).fetchall()
