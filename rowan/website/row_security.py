"""The second wall: PostgreSQL's own row security, set after each `rowan migrate` by the tables' owner, and FORCEd upon it too.

A row that `access` would never show its reader is not there for the reader's connection, whatever a page forgot to ask. It is a wall
against mistakes, not against somebody who speaks SQL as the application: they can say that they are anybody.
"""

from django.db import connections, transaction

from rowan.access.reading import WALLED

from .walled_tables import ABOUT_A_PERSON, IN_A_COMPARTMENT, LEADS_ON, OF_TWO_PEOPLE, SAYS_WHOSE, THROUGH

BEHIND_THE_WALL = (*ABOUT_A_PERSON, *THROUGH, *OF_TWO_PEOPLE)
NAME = "second_wall"

# Everybody joined with a hidden one is hidden too, as in `access.standing`.
HIDDEN = """
create or replace function rowan_hidden() returns setof text language sql stable rows 20 as $$
  with closed as (
    select r.person_id from access_restriction r
     where r.lifted_at is null
       and not exists (
         select 1 from access_letin l
          where l.restriction_id = r.id and l.practitioner_id::text = current_setting('rowan.reader', true))
    union
    select k.person_id from access_keptout k
     where k.lifted_at is null and k.practitioner_id::text = current_setting('rowan.reader', true)
  ), groups as (
    select coalesce(j.now_id, c.person_id) as now_id
      from closed c left join access_joinedrecord j on j.person_id = c.person_id
  )
  select now_id from groups
  union
  select j.person_id from access_joinedrecord j join groups using (now_id)
$$
"""
READER = "(select coalesce(current_setting('rowan.reader', true), ''))"
HIDDEN_ONES = "array(select hidden from rowan_hidden() as hidden)"


def raise_the_wall(*, using="default", **_) -> None:
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' and pg_has_role(tableowner, 'USAGE')"
        )
        mine = {name for (name,) in cursor.fetchall()}
        if not {*BEHIND_THE_WALL, "access_letin", "access_joinedrecord"} <= mine:
            return  # not the owner's `migrate`, or one back to before these tables
        cursor.execute(HIDDEN)
        for table in BEHIND_THE_WALL:
            cursor.execute(f"alter table {table} enable row level security")
            cursor.execute(f"alter table {table} force row level security")
            cursor.execute(f"drop policy if exists {NAME} on {table}")
            # A row may be written about anybody; to get back the number it was given, write it as ROWAN.
            cursor.execute(
                f"create policy {NAME} on {table} for all using ({_shown(table)}) with check (true)"
            )


def _shown(table: str) -> str:
    if table in OF_TWO_PEOPLE:
        return f"{READER} = 'rowan' or {OF_TWO_PEOPLE[table]}"
    to_the_reader = _belongs_to_what_is_shown(table) if table in THROUGH else _is_not_hidden(table)
    return f"{READER} = 'rowan' or ({READER} <> '' and {to_the_reader})"


def _is_not_hidden(table: str) -> str:
    asked = [f"person_id <> all ({HIDDEN_ONES})"]
    if own := IN_A_COMPARTMENT.get(table):
        walled = ", ".join(f"'{kind}'" for kind in WALLED)
        asked.append(
            f"(compartment not in ({walled}) or compartment = any ({_listed('opens')})"
            f" or (compartment = any ({_listed('opens_own')}) and {own}))"
        )
    return " and ".join(asked)


def _belongs_to_what_is_shown(table: str) -> str:
    """Of a row that stands behind the wall it is enough that it is there: its own policy has answered."""
    column, whole = {**THROUGH, **LEADS_ON}[table]
    asked = [f"{whole}.id = {table}.{column}"]
    if whole in SAYS_WHOSE:
        asked.append(f"coalesce({whole}.{SAYS_WHOSE[whole]}, '') <> all ({HIDDEN_ONES})")
    elif whole in LEADS_ON:
        asked.append(_belongs_to_what_is_shown(whole))
    # Not `exists`: of that the planner may make one pass over the whole table, for the sake of a page's thirty rows.
    return f"coalesce((select true from {whole} where {' and '.join(asked)}), false)"


def _listed(setting: str) -> str:
    return f"(select string_to_array(coalesce(current_setting('rowan.{setting}', true), ''), ','))::text[]"
