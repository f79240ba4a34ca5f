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
_GIVEN = """hash({s}.rid, coalesce(s.person_id, ''), coalesce({touched}, false), coalesce(s.judged_by, ''), coalesce(s.stood_before, ''),
    coalesce(w.words, ''), b.rid is not null, coalesce(s.person_id in (select person_id from matching_restricted), false),
    coalesce(s.stood_before in (select person_id from matching_restricted), false))"""
_WITH_WORDS = (
    "left join matching_words_of w on w.rid = {s}.rid left join matching_barred b on b.rid = {s}.rid"
)
_STANDS = f"""
    create or replace table matching_stands as
    select {_GIVEN.format(s="s", touched="s.touched")} as given from matching_standing s {_WITH_WORDS.format(s="s")}
"""
# Of records `o`, whether they stand anywhere or not.
_GIVEN_TO = _GIVEN.format(s="o", touched="s.touched")
_OF = f"o left join matching_standing s on s.rid = o.rid {_WITH_WORDS.format(s='o')}"
_NUMBERED_BEFORE = """
    create or replace table matching_numbered as
    select k.rid, k.number, false as fresh, k.said, s.given, s.gathering, s.settled from kept_records k join kept_stands s using (number)
"""
# By digests alone, of which the engine compares a million in no time: only of what is not as it was more is looked at.
_NEW = """
    create or replace {kind} matching_new as
    select {read}, hash('{salt}', {read}) as said from matching_read where hash('{salt}', {read}) not in (select said from matching_numbered)
"""
_GONE = [
    """
    create or replace table matching_gone as select number, gathering from matching_numbered
    where said not in (select hash('{salt}', {read}) from matching_read)
    """,
    "delete from matching_numbered where number in (select number from matching_gone)",
]
_RESTATED = [
    """
    create or replace table matching_maybe_restated as
    select rid, number, given as given_before from matching_numbered where given not in (select given from matching_stands)
    """,
    f"""
    create or replace table matching_restated as
    select rid, number, given from (
        select o.rid, o.number, o.given_before, {_GIVEN_TO} as given from matching_maybe_restated {_OF}
    ) where given <> given_before
    """,
]
_FRESH = f"""
    insert into matching_numbered
    select o.rid, {{last}} + row_number() over (order by o.first_received_on nulls last, o.rid), true, o.said, {_GIVEN_TO}, null, null
    from matching_new {_OF}
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
    read, everybody = ", ".join(READ), not kept.files
    for sql in (_BARRED, _WORDS, _NUMBERED_BEFORE, _STANDS):
        desk.do(sql)
    # Everybody is not put down a second time.
    desk.do(_NEW.format(salt=salt, read=read, kind="view" if everybody else "table"))
    for sql in (*_GONE, *_RESTATED):
        desk.do(sql.format(salt=salt, read=read))
    desk.do(_FRESH.format(last=kept.last_number))


def expect(desk: Desk) -> None:
    """`matching_expected`: what will be given of the records settled tonight when they stand as tonight has them.

    Of those that may be settled otherwise then (`matching_moving`) nothing is expected, so that the next night looks at them again.
    """
    touched = "s.person_id in (select person_id from matching_standing where touched)"
    desk.do(f"""
        create or replace table matching_expected as
        select r.number, {_GIVEN.format(s="s", touched=touched)} as given
        from matching_links s join matching_records r using (rid) join matching_gatherings g using (place) {_WITH_WORDS.format(s="s")}
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


def how_many_are_fresh(desk: Desk) -> int:
    return desk.count("matching_numbered where fresh")


def choose_again(desk: Desk, *, everybody: bool) -> None:
    """`matching_again`: the numbers of the records that are settled tonight."""
    if everybody:
        desk.do("create or replace table matching_again as select number from matching_numbered")
        return
    for sql in _AGAIN:
        desk.do(sql)
