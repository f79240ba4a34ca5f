"""Gathers records that have something to do with each other: a pair that may be one person, somebody both stand in, or a judgement brings them together."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from rowan.matching.desk import Desk
from rowan.matching.side_by_side import NOT_SAME, Pairs

Whole = NDArray[np.int64]
# `place` numbers the records that are settled tonight in the order they came: a lower place is an earlier record.
_RECORDS = """
    create or replace table matching_records as
    select row_number() over (order by r.first_received_on nulls last, r.rid) - 1 as place, r.rid, n.number
    from matching_read r join (select rid, number from matching_numbered semi join matching_again using (number)) n using (rid)
"""
PAIRS = """
    with every as (
        select place_l, place_r, bits, {held} as held from matching_pairs_new
        union all select k.* from kept_pairs k semi join matching_records l on l.number = k.place_l
    )
    select least(l.place, r.place) as place_l, greatest(l.place, r.place) as place_r, bits, held,
        case when l.place < r.place then l.number else r.number end as number_l,
        case when l.place < r.place then r.number else l.number end as number_r
    from every join matching_records l on l.number = every.place_l join matching_records r on r.number = every.place_r
"""
# With whom a record stands, and with whom it stands again when a judgement is undone.
_STANDS = """
    select rid, person_id from matching_standing
    union all
    select rid, stood_before from matching_standing where stood_before <> ''
"""
_TOGETHER = f"""
    select min(r.place) over (partition by s.person_id) as place_l, r.place as place_r
    from matching_records r join ({_STANDS}) s using (rid)
    union all
    select a.place, b.place from matching_judged j
    join matching_records a on a.rid = j.rid join matching_records b on b.rid = j.other_rid
    union all
    select a.place, b.place from matching_judged j
    join matching_records a on a.rid = j.rid
    join ({_STANDS}) s on s.person_id = j.person_id join matching_records b on b.rid = s.rid
"""


def number_places(desk: Desk) -> int:
    desk.do(_RECORDS)
    return desk.count("matching_records")


def gather(desk: Desk, count: int, pairs: Pairs) -> Whole:
    """The gathering of each place, by its lowest place; also the table `matching_gatherings`.

    Two records that are not the same have nothing to do with each other, unless they have one number at one agency: both would found one person.
    """
    told = (pairs.verdict != NOT_SAME) | pairs.own
    ones, others = [pairs.left[told]], [pairs.right[told]]
    for batch in desk.batches(_TOGETHER, 200_000):
        ones.append(batch["place_l"].to_numpy())
        others.append(batch["place_r"].to_numpy())
    led = brought_together(count, np.concatenate(ones), np.concatenate(others))
    desk.take("matching_gatherings", pa.table({"place": pa.array(np.arange(count)), "gathering": led}))
    return led


def brought_together(count: int, ones: Whole, others: Whole) -> Whole:
    """For each of so many places the lowest that a chain of these ties leads to."""
    leader = np.arange(count)
    while True:
        one, other = leader[ones], leader[others]
        apart = one != other
        if not apart.any():
            return leader
        ones, others = ones[apart], others[apart]
        low = np.minimum(one[apart], other[apart])
        for places in (one[apart], other[apart]):
            np.minimum.at(leader, places, low)
        while not np.array_equal(further := leader[leader], leader):
            leader = further


def pairs_within(gathering: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Every two places of one gathering, the lower first, some at a time."""
    order = np.argsort(gathering, kind="stable")
    led = gathering[order]
    step = 1
    while True:
        both = led[:-step] == led[step:] if step < len(led) else np.empty(0, bool)
        if not both.any():
            return
        yield order[:-step][both], order[step:][both]
        step += 1
