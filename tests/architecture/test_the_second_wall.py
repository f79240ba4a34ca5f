"""Every table that holds something of a child stands behind the second wall, or says why not; a new one without a line fails the build."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from rowan.people.models import Person
from rowan.website.personal_data import declarations
from rowan.website.walled_tables import (
    ABOUT_A_PERSON,
    IN_A_COMPARTMENT,
    LEADS_ON,
    OF_TWO_PEOPLE,
    OUTSIDE,
    SAYS_WHOSE,
    THROUGH,
)

# Columns that tell of a child, or of something of theirs, without leading to it as the database sees it.
PLAINLY = {"person_id", "about_person", "left_person_id", "into_id", "compartment", "about_id", "made_in_id", "entry_key", "rid"}  # fmt: skip
NAMED = {*ABOUT_A_PERSON, *THROUGH, *OF_TWO_PEOPLE, *OUTSIDE}


def every_table() -> list[type[models.Model]]:
    return [table for table in apps.get_models(include_auto_created=True) if table._meta.managed]


def that_hold_something_of_a_child(tables: Iterable[type[models.Model]]) -> set[str]:
    """By a column, by what is declared of them, or by any chain of rows that leads to one of those."""
    tables = list(tables)
    found = {
        table._meta.db_table for table in tables if _tells_plainly(table) or _is_kept_with_a_child(table)
    }
    while True:
        more = {table._meta.db_table for table in tables if _leads_to(table) & found} - found
        if not more:
            return found
        found |= more


def _tells_plainly(table: type[models.Model]) -> bool:
    return bool(PLAINLY & {field.name for field in table._meta.local_concrete_fields}) or (
        Person._meta.db_table in _leads_to(table)
    )


def _is_kept_with_a_child(table: type[models.Model]) -> bool:
    """A part of a child's record, or words on their way into one."""
    said = declarations().get(table._meta.label)
    return said is not None and (
        said.kept == "childs_record" or (said.kept == "days" and "text" in said.kinds.values())
    )


def _leads_to(table: type[models.Model]) -> set[str]:
    return {
        field.related_model._meta.db_table
        for field in table._meta.local_concrete_fields
        if field.is_relation and field.related_model
    }


def test_every_table_that_holds_something_of_a_child_stands_behind_the_wall_or_says_why_not():
    assert that_hold_something_of_a_child(every_table()) == NAMED
    assert len(NAMED) == len(ABOUT_A_PERSON) + len(THROUGH) + len(OF_TWO_PEOPLE) + len(OUTSIDE), (
        "each is named once"
    )
    assert all(OUTSIDE.values())
    assert set(IN_A_COMPARTMENT) <= set(ABOUT_A_PERSON)


def test_a_table_goes_by_a_column_that_always_leads_to_what_it_belongs_to():
    by_name = {table._meta.db_table: table for table in every_table()}
    for name, (column, whole) in {**THROUGH, **LEADS_ON}.items():
        field = next(each for each in by_name[name]._meta.local_concrete_fields if each.column == column)
        assert not field.null, name
        assert field.related_model._meta.db_table == whole, name
        assert whole in {*ABOUT_A_PERSON, *THROUGH, *SAYS_WHOSE, *LEADS_ON}, name
    assert set(SAYS_WHOSE) | set(LEADS_ON) <= set(OUTSIDE)


@isolate_apps("rowan.website")
def test_a_new_table_is_found_however_far_from_the_child_it_stands():
    class Letter(models.Model):
        person_id = models.CharField(max_length=32)

        class Meta:
            app_label = "website"

    class Page(models.Model):
        letter = models.ForeignKey(Letter, on_delete=models.PROTECT)

        class Meta:
            app_label = "website"

    class Blot(models.Model):
        page = models.OneToOneField(Page, on_delete=models.PROTECT)

        class Meta:
            app_label = "website"

    class Stamp(models.Model):
        price = models.IntegerField()

        class Meta:
            app_label = "website"

    found = that_hold_something_of_a_child([Blot, Stamp, Page, Letter])
    assert found == {"website_letter", "website_page", "website_blot"}
