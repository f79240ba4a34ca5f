"""The second wall: PostgreSQL's own row security, set after each `rowan migrate` by the tables' owner, and FORCEd upon it too.

A row that `access` would never show its reader is not there for the reader's connection, whatever a page forgot to ask. It is a wall
against mistakes, not against somebody who speaks SQL as the application: they can say that they are anybody.
"""

from django.db import connections, transaction

from rowan.access.reading import WALLED

# Rows about one person: not there for a reader to whom that person's record is hidden.
ABOUT_A_PERSON = (
    "people_knownas",
    "people_name",
    "people_identifier",
    "people_address",
    "people_schoolplace",
    "people_safecontact",
    "matching_recordlink",
    "chronology_entry",
    "chronology_entrysource",
    "chronology_attendanceweek",
    "questions_strategyanswer",
    "records_attachment",
    "sharing_serviceconsent",
    "missing_sheet",
    "missing_sheetprint",
    "assessments_strand",
)
# Rows in a compartment: not there for a reader whose role opens none of it, or another agency's.
OF_THE_READERS_AGENCY = (
    "agency_id = (select id from agencies_agency where code = current_setting('rowan.agency', true))"
)
IN_A_COMPARTMENT = {
    "chronology_entry": "agency_code = (select current_setting('rowan.agency', true))",
    "records_attachment": OF_THE_READERS_AGENCY,
    "sharing_serviceconsent": OF_THE_READERS_AGENCY,
}
# Tables that name a person and stand outside the wall, each with why.
OUTSIDE = {
    "people_person": "an id and where it leads; access follows it before it knows who reads",
    "timescales_clock": "a clock passes to another owner whoever reads: none may be stranded",
    "audit_trail_entry": "the trail tells those who answer for it who looked, hidden records too; it holds no narrative",
    "access_involvement": "what access decides by",
    "access_joinedrecord": "what access decides by",
    "access_restriction": "what access decides by",
    "access_keptout": "what access decides by",
    "access_opening": "what access decides by",
    "matching_unsurepair": "ids and reasons in words such as 'same birth date'; no name",
    "matching_judgement": "ids; a judgement is kept whoever reads",
    "questions_question": "passes to another owner whoever reads; what it rests on is in the walled tables",
    "sharing_decisionitem": "the reader's own decision: its page asks access for each item",
    "sharing_request": "its clock and its chase run whoever reads; every page asks access before it shows one",
    "single_view_openedrecord": "ids of the last weeks' openings, read by Rowan alone to count them",
    "single_view_looksquestion": "the person's id only; a page for information governance, who are shown no row of a record",
    "concerns_concern": "a concern reaches whoever answers for the child, known or not; every page asks access before it shows one",
    "concerns_matched": "ids, and how triage knows, sealed; its page asks access",
    # concerns, at triage
    "concerns_lookedamongrestricted": "that Rowan told an owner; an id, read by that owner's way in and by Rowan alone",
    "concerns_partknown": "somebody described in a concern; its page asks for the concern first",
    "concerns_resolved": "ids, and how that is known, sealed; its page asks for the concern first",
    "concerns_check": "what one agency is asked, and its answer, sealed; its page asks whose it is",
    "concerns_protection": "its clock runs whoever reads; every page asks access before it shows one",
    "missing_episode": "its clock runs and a feed's report joins it whoever reads; every page asks access before it shows one",
    # plans, meetings, escalation: acts and the schedule reach every row; every page asks access before it shows one.
    "plans_action": "its clock passes on and goes up whoever reads; every page asks access before it shows one",
    "meetings_item": "its meeting carries it forward whoever reads; every page asks the rule on packs and access for each",
    "escalation_disagreement": "its stages go up whoever reads; every page asks access before it shows one",
    "sharing_decisiondraft": "what one practitioner is typing, shown to nobody else",
}
# Who a source is: not there for anybody but whoever carried out an act of two people about that concern, in the hour after.
OF_TWO_PEOPLE = {
    "concerns_source": """exists (
        select 1 from sharing_approval a
         where a.act = 'unmask_source' and a.approved and a.about_id = concern_id::text
           and a.performed_at > now() - interval '1 hour'
           and a.asked_by_id::text = current_setting('rowan.reader', true))""",
}
NAME = "second_wall"

# Everybody joined with a hidden one is hidden too, as in `access.standing`.
HIDDEN = """
create or replace function rowan_hidden() returns setof text language sql stable as $$
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
NOT_HIDDEN = "person_id <> all (array(select rowan_hidden()))"


def raise_the_wall(*, using="default", **_) -> None:
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' and pg_has_role(tableowner, 'USAGE')"
        )
        mine = {name for (name,) in cursor.fetchall()}
        if not {*ABOUT_A_PERSON, *OF_TWO_PEOPLE, "access_letin", "access_joinedrecord"} <= mine:
            return  # not the owner's `migrate`, or one back to before these tables
        cursor.execute(HIDDEN)
        shown = {table: _shown(table) for table in ABOUT_A_PERSON}
        shown |= {table: f"{READER} = 'rowan' or {approved}" for table, approved in OF_TWO_PEOPLE.items()}
        for table, condition in shown.items():
            cursor.execute(f"alter table {table} enable row level security")
            cursor.execute(f"alter table {table} force row level security")
            cursor.execute(f"drop policy if exists {NAME} on {table}")
            # A row may be written about anybody; to get back the number it was given, write it as ROWAN.
            cursor.execute(f"create policy {NAME} on {table} for all using ({condition}) with check (true)")


def _shown(table: str) -> str:
    asked = [NOT_HIDDEN]
    if own := IN_A_COMPARTMENT.get(table):
        walled = ", ".join(f"'{kind}'" for kind in WALLED)
        asked.append(
            f"(compartment not in ({walled}) or compartment = any ({_listed('opens')})"
            f" or (compartment = any ({_listed('opens_own')}) and {own}))"
        )
    return f"{READER} = 'rowan' or ({READER} <> '' and {' and '.join(asked)})"


def _listed(setting: str) -> str:
    return f"(select string_to_array(coalesce(current_setting('rowan.{setting}', true), ''), ','))::text[]"
