"""Tidies records column by column: whatever any of them says is tidied once, however many say it, and the engine puts it back beside them.

By the very rules of `rules/identity.py`, which tidy one record at a time where one is looked at more closely; a test holds both against each other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from rowan.matching.desk import Desk
from rowan.matching.known_names import known_as
from rowan.matching.rules.identity import (
    READ,
    Identity,
    SamePlace,
    home_of,
    plain_names,
    tidy_number_of_nhs,
)
from rowan.matching.rules.names import family_name_parts, lines_of, with_heads
from rowan.matching.weighing import sound_of
from rowan.records.rules.identifiers import fault_in_upn, is_temporary_upn, tidy_upn
from rowan.records.rules.postcodes import tidy_postcode
from rowan.records.rules.sealing import Place
from rowan.records.rules.spelling import plain

ROWS_A_BATCH = 20_000
# From the distinct values of some columns to columns of what they are once tidied.
Tidy = Callable[..., Mapping[str, Sequence[Any]]]
_TEXT = pa.string()
_TEXTS, _LINES = pa.list_(pa.string()), pa.list_(pa.int64())
_GIVEN = {
    "code": pa.int64(),
    "first_name": _TEXT,
    "first_names": _TEXTS,
    "first_sound": _TEXT,
    "known_as": _LINES,
}
_FAMILY = {
    "code": pa.int64(), "surname": _TEXT, "surname_parts": _TEXTS, "surname_sound": _TEXT, "surname_known_as": _LINES,
}  # fmt: skip
# Of each kind: the columns of a record it is made of, and what it is once tidied.
KINDS: dict[str, tuple[tuple[str, ...], dict[str, pa.DataType]]] = {
    "given": (("first_name", "preferred_first_name"), _GIVEN),
    "family": (("surname", "preferred_surname"), _FAMILY),
    "middle": (("middle_names",), {"code": pa.int64()}),
    "upn": (("upn",), {"number": _TEXT, "temporary": pa.bool_()}),
    "nhs": (("nhs_number",), {"number": _TEXT}),
    "postcode": (("postcode",), {"text": _TEXT, "same": _TEXT}),
    "address": (("address",), {"text": _TEXT, "same": _TEXT}),
}
# Put down first, so that the engine knows how few they are and looks them up among everybody, not everybody among them.
_WANTED = "create or replace table matching_wanted as select number, rid from matching_numbered where number in ({numbers})"
_CHOSEN = f"""
    create or replace table matching_chosen as select n.number as place, {", ".join(f"r.{name}" for name in READ)}
    from {{of}} r join matching_wanted n using (rid)
"""
# What was said, and what is tidied of it put beside it. In two steps: together they would need all of a night's memory.
_NAMES_AND_NUMBERS = """
    create or replace table matching_named as
    with former as (select * from matching_upn where key_0 in (select former_upn from matching_chosen))
    select c.place, g.code as given, f.code as family, m.code as middle, c.birth_date, c.source, c.source_id, c.cross_903, c.address, c.postcode,
        coalesce(n.number, '') as nhs, coalesce(case when not u.temporary then u.number end, '') as upn,
        list_distinct([case when not u.temporary then u.number end, case when not o.temporary then o.number end]) as upns,
        list_distinct([case when u.temporary then u.number end, case when o.temporary then o.number end]) as temporary_upns
    from matching_chosen c join matching_given g on g.key_0 = coalesce(c.first_name, '') and g.key_1 = coalesce(c.preferred_first_name, '')
    join matching_family f on f.key_0 = coalesce(c.surname, '') and f.key_1 = coalesce(c.preferred_surname, '')
    join matching_middle m on m.key_0 = coalesce(c.middle_names, '')
    left join matching_upn u on u.key_0 = c.upn left join former o on o.key_0 = c.former_upn
    left join matching_nhs n on n.key_0 = c.nhs_number
"""
_HOMES = """
    insert into matching_tidied by name
    select c.* exclude (address, postcode, cross_903),
        case when ends_with(source, ':903') then source || '|' || source_id
            when cross_903 <> '' then regexp_replace(source, ':[^:]*$', '') || ':903|' || cross_903 else '' end as council_903,
        coalesce(a.text, '') as address, coalesce(a.same, '') as same_address,
        coalesce(p.text, '') as postcode, coalesce(p.same, '') as same_postcode
    from matching_named c left join matching_address a on a.key_0 = c.address left join matching_postcode p on p.key_0 = c.postcode
"""
_EMPTY = """
    create or replace table matching_tidied (place bigint, given bigint, family bigint, middle bigint, birth_date date, source varchar,
    source_id varchar, nhs varchar, upn varchar, upns varchar[], temporary_upns varchar[], council_903 varchar, address varchar,
    same_address varchar, postcode varchar, same_postcode varchar)
"""
# A record as Splink sees it (`weighing.weighed_columns`).
WEIGHED_OF_TIDIED = """
    select t.place, g.first_name, g.first_names, g.first_sound, g.known_as, f.surname, f.surname_parts, f.surname_sound, f.surname_known_as,
        strftime(t.birth_date, '%Y%m%d') as birth_date, strftime(t.birth_date, '%Y') as birth_year, strftime(t.birth_date, '%m%d') as birth_day,
        nullif(t.same_postcode, '') as postcode, nullif(split_part(t.postcode, ' ', 1), '') as district, nullif(t.same_address, '') as address,
        list_sort(list_distinct(list_concat([t.source || '|' || t.source_id, nullif(t.council_903, ''), 'nhs|' || nullif(t.nhs, '')],
            list_transform(list_concat(t.upns, t.temporary_upns), lambda number: 'upn|' || number)))) as numbers
    from matching_tidied t join matching_given g on g.code = t.given join matching_family f on f.code = t.family
"""


class Tidying:
    """What the records chosen so far say, tidied: a table `matching_tidied`, and names by their codes there."""

    def __init__(self, desk: Desk, same_place: SamePlace) -> None:
        self.desk, self.same_place, self.known = desk, same_place, known_as()
        self.first_names: list[tuple[str, ...]] = []
        self.surnames: list[tuple[str, ...]] = []
        self.middle_names: list[tuple[str, ...]] = []
        self.desk.do(_EMPTY)
        for kind in KINDS:
            desk.take(f"matching_{kind}", self._shape(kind).empty_table())

    def add(self, numbers: str, of: str = "matching_read") -> None:
        """Tidy the records of these numbers (a query), which stand in `of`."""
        self.desk.do(_WANTED.format(numbers=numbers))
        self.desk.do(_CHOSEN.format(of=of))
        if self._nobody_chosen():
            return
        tidy: dict[str, Tidy] = {
            "given": self._given, "family": self._family, "middle": self._middle, "upn": self._upn, "nhs": self._nhs,
            "postcode": self._place(Place.POSTCODE, tidy_postcode), "address": self._place(Place.ADDRESS, plain),
        }  # fmt: skip
        for kind, how in tidy.items():
            self._tidy(kind, how)
        self.desk.do(_NAMES_AND_NUMBERS)
        self.desk.do(_HOMES)
        self.desk.do("drop table matching_named")

    def _nobody_chosen(self) -> bool:
        return not self.desk.rows("select 1 from matching_chosen limit 1")

    def named(self, place: int, given: int, family: int, middle: int) -> Identity:
        """Somebody of these names, of whom nothing else is said."""
        first_names, surnames = self.first_names[given], self.surnames[family]
        return Identity(
            place=place, rid="", source="", source_id="", agency="", birth_date=None, nhs_number="", upns=frozenset(), upn="",
            temporary_upns=frozenset(), council_903="", address="", postcode="", same_address="", same_postcode="",
            first_names=first_names, known_as=self.lines_of(first_names), middle_names=self.middle_names[middle],
            surnames=surnames, surnames_known_as=self.lines_of(surnames),
        )  # fmt: skip

    def lines_of(self, names: tuple[str, ...]) -> frozenset[int]:
        return lines_of(names, self.known)

    def _tidy(self, kind: str, how: Tidy) -> None:
        said, _ = KINDS[kind]
        keys = [f"coalesce({name}, '') as key_{number}" for number, name in enumerate(said)]
        # A number that somebody has now is another's former one, when it was given anew.
        also = (
            " union select former_upn as key_0 from matching_chosen where former_upn <> ''"
            if kind == "upn"
            else ""
        )
        named = ", ".join(f"key_{number}" for number in range(len(said)))
        found = f"select distinct {', '.join(keys)} from matching_chosen{also}"
        sql = f"select {named} from ({found}) anti join matching_{kind} using ({named})"
        shape = self._shape(kind)

        def batches() -> Iterator[pa.RecordBatch]:
            for batch in self.desk.batches(sql, ROWS_A_BATCH):
                tidied = how(*(column.to_pylist() for column in batch.columns))
                made = [pa.array(tidied[name], kind) for name, kind in KINDS[kind_of][1].items()]
                yield pa.RecordBatch.from_arrays([*batch.columns, *made], schema=shape)

        kind_of = kind
        self.desk.take("matching_tidied_now", pa.RecordBatchReader.from_batches(shape, batches()))
        self.desk.do(f"insert into matching_{kind} select * from matching_tidied_now")

    @staticmethod
    def _shape(kind: str) -> pa.Schema:
        said, tidied = KINDS[kind]
        return pa.schema([(f"key_{number}", _TEXT) for number in range(len(said))] + list(tidied.items()))

    def _given(self, names: list[str], preferred: list[str]) -> Mapping[str, Sequence[Any]]:
        found = [plain_names(*each) for each in zip(names, preferred, strict=True)]
        code = range(len(self.first_names), len(self.first_names) + len(found))
        self.first_names += found
        return {
            "code": code,
            "first_name": [each[0] if each else None for each in found],
            "first_names": [with_heads(each) for each in found],
            "first_sound": [sound_of(each[0]) if each else None for each in found],
            "known_as": [sorted(self.lines_of(with_heads(each))) for each in found],
        }

    def _family(self, names: list[str], preferred: list[str]) -> Mapping[str, Sequence[Any]]:
        found = [plain_names(*each) for each in zip(names, preferred, strict=True)]
        code = range(len(self.surnames), len(self.surnames) + len(found))
        self.surnames += found
        return {
            "code": code,
            "surname": [each[0] if each else None for each in found],
            "surname_parts": [
                sorted({part for name in each for part in family_name_parts(name)}) for each in found
            ],
            "surname_sound": [sound_of(each[0]) if each else None for each in found],
            "surname_known_as": [sorted(self.lines_of(each)) for each in found],
        }

    def _middle(self, names: list[str]) -> Mapping[str, Sequence[Any]]:
        code = range(len(self.middle_names), len(self.middle_names) + len(names))
        self.middle_names += [tuple(plain(name).split()) for name in names]
        return {"code": code}

    def _upn(self, numbers: list[str]) -> Mapping[str, Sequence[Any]]:
        tidy = [tidy_upn(number) for number in numbers]
        found = [number if number and not fault_in_upn(number) else None for number in tidy]
        return {"number": found, "temporary": [bool(each and is_temporary_upn(each)) for each in found]}

    def _nhs(self, numbers: list[str]) -> Mapping[str, Sequence[Any]]:
        return {"number": [tidy_number_of_nhs(number) or None for number in numbers]}

    def _place(self, place: Place, tidy: Callable[[str], str]) -> Tidy:
        def tidied(cells: list[str]) -> Mapping[str, Sequence[Any]]:
            homes = [home_of(place, cell, self.same_place) for cell in cells]
            return {"text": [tidy(text) for text, _ in homes], "same": [same for _, same in homes]}

        return tidied
