"""Which records a night weighs, and which it settles again: those that are new or changed, and all that has to do with them.

What is made of records that have to do with each other (a gathering) depends on these records, on where they stood, and on what people
judged of them, and on nothing else. Where none of it changed since the last night, that night's answer is tonight's.
"""

from rowan.matching.desk import Desk
from rowan.matching.kept import Keeping, Kept
from rowan.matching.rules.identity import READ

# Beyond this share of new or changed records, and this growth since the last full run, everybody is compared with everybody.
FRESH_AT_MOST = 0.2
GROWN_AT_MOST = 0.1

# A record stands at a barrier itself, or as the case that carries the barred 903 number.
_BARRED = """
    create or replace table matching_barred as
    select r.rid from matching_read r join matching_barriers b on r.source = b.source and r.source_id = b.source_id
    union
    select r.rid from matching_read r join matching_barriers b
    on r.cross_903 = b.source_id and b.source = regexp_replace(r.source, ':[^:]*$', '') || ':903'
"""
_WORDS = """
    create or replace table matching_words_of as
    select rid, string_agg(concat_ws('|', other_rid, person_id, verdict), '/' order by other_rid, person_id, verdict) as words
    from matching_judged group by rid
"""
# All that is known of a record tonight beside what it says: where it stands, what was judged, what is closed to the machine.
_GIVEN = """hash(coalesce({s}.person_id, ''), coalesce({touched}, false), coalesce({s}.judged_by, ''), coalesce({s}.stood_before, ''),
    coalesce(w.words, ''), b.rid is not null, coalesce({s}.person_id in (select person_id from matching_restricted), false),
    coalesce({s}.stood_before in (select person_id from matching_restricted), false))"""
_NUMBERED_BEFORE = """
    create or replace table matching_numbered as
    select k.rid, k.number, false as fresh, k.said, s.given, s.gathering, s.settled from kept_records k join kept_stands s using (number)
"""
# Only what is not as it was is put down: on most nights hardly anything.
_DIFFERS = """
    create or replace table matching_differs as
    with tonight as (
        select r.rid, r.first_received_on, hash('{salt}', {read}) as said, {given} as given
        from matching_read r left join matching_standing s using (rid) left join matching_words_of w using (rid) left join matching_barred b using (rid)
    )
    select t.rid, t.first_received_on, t.said, t.given, n.number, n.gathering, coalesce(n.said = t.said, false) as says_the_same
    from tonight t full outer join matching_numbered n on n.rid = t.rid
    where (n.said = t.said and n.given = t.given) is not true
"""
_GONE = [
    "create or replace table matching_gone as select number, gathering from matching_differs where number is not null and not says_the_same",
    "create or replace table matching_restated as select rid, number, given from matching_differs where says_the_same",
    "delete from matching_numbered where number in (select number from matching_gone)",
]
_FRESH = """
    insert into matching_numbered
    select rid, {last} + row_number() over (order by first_received_on nulls last, rid), true, said, given, null, null
    from matching_differs where rid is not null and not says_the_same
"""
# A new tie between two records always has an end that is new or restated: a pair, a person they both stand in, a judgement.
_AGAIN = [
    "create or replace table matching_seeds as select rid, number from matching_numbered where fresh union all select rid, number from matching_restated",
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


def number_records(desk: Desk, kept: Kept, salt: str) -> None:
    """`matching_numbered`: every record of tonight. A number is of what one record said once: changed, it has a new one."""
    read = ", ".join(f"r.{name}" for name in READ)
    given = _GIVEN.format(s="s", touched="s.touched")
    for sql in (
        _BARRED,
        _WORDS,
        _NUMBERED_BEFORE,
        _DIFFERS.format(salt=salt, read=read, given=given),
        *_GONE,
    ):
        desk.do(sql)
    desk.do(_FRESH.format(last=kept.last_number))


def expect(desk: Desk) -> None:
    """`matching_expected`: what will be given of the records settled tonight when they stand as tonight has them.

    Of those that may be settled otherwise then (`matching_moving`) nothing is expected, so that the next night looks at them again.
    """
    touched = "l.person_id in (select person_id from matching_standing where touched)"
    desk.do(f"""
        create or replace table matching_expected as
        select r.number, {_GIVEN.format(s="l", touched=touched)} as given
        from matching_links l join matching_records r using (rid) join matching_gatherings g using (place)
        left join matching_words_of w using (rid) left join matching_barred b using (rid)
        where g.gathering not in (select gathering from matching_moving)
    """)


def why_everybody(desk: Desk, keeping: Keeping | None, kept: Kept) -> str:
    """Why tonight compares everybody with everybody, or nothing when only what is new needs to be."""
    if keeping is None or not kept.files:
        return "nothing was kept by these rules"
    days = (keeping.on - kept.full_on).days
    if not 0 <= days < keeping.full_every_days:
        return "it is the day for it"
    [(count, fresh, gone)] = desk.rows(
        "select count(*), count(*) filter (fresh), (select count(*) from matching_gone) from matching_numbered"
    )
    if abs(count - kept.records_when_full) > GROWN_AT_MOST * kept.records_when_full:
        return "there are many more records, or fewer, than at the last"
    if max(fresh, gone) > FRESH_AT_MOST * count:
        return "many records are new"
    return ""


def fresh(desk: Desk) -> int:
    return desk.count("matching_numbered where fresh")


def choose_again(desk: Desk, *, everybody: bool) -> None:
    """`matching_again`: the numbers of the records that are settled tonight."""
    if everybody:
        desk.do("create or replace table matching_again as select number from matching_numbered")
        return
    for sql in _AGAIN:
        desk.do(sql)
