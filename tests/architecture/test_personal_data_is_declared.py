"""Every stored field says what personal data it is and how long it is kept; a new one without a line fails the build."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from rowan.encryption import SealedTextField
from rowan.website.personal_data import Declared, declarations, faults, fields_of

TELLS_WHO = re.compile(
    r"(^|_)(first_name|middle_names|surname|birth_date|address|postcode|nhs_number|upn|email|display_name)$"
)


def test_every_field_of_every_table_is_declared():
    assert faults(apps.get_models(), declarations()) == []


def test_what_plainly_tells_of_somebody_is_never_said_to_be_nothing():
    wrong = [
        f"{declared.table}.{field}"
        for declared in declarations().values()
        for field, kind in declared.kinds.items()
        if kind == "none" and TELLS_WHO.search(field)
    ]
    assert wrong == []


def test_what_is_sealed_is_never_said_to_be_nothing():
    declared = declarations()
    wrong = [
        f"{table._meta.label}.{field.name}"
        for table in apps.get_models()
        for field in table._meta.local_concrete_fields
        if isinstance(field, SealedTextField) and declared[table._meta.label].kinds[field.name] == "none"
    ]
    assert wrong == []


@isolate_apps("rowan.website")
def test_what_is_missing_wrong_or_gone_is_found():
    class Letter(models.Model):
        sent_to = models.CharField(max_length=10)
        sent_on = models.DateField()

        class Meta:
            app_label = "website"

    label = "website.Letter"
    good = Declared(label, "a letter", "running", {"sent_to": "identity", "sent_on": "life"})
    assert fields_of(Letter) == ["sent_to", "sent_on"]
    assert faults([Letter], {label: good}) == []
    assert faults([Letter], {})[0].startswith("website.Letter: say in its room's personal_data.toml")
    for broken in [
        Declared(label, "a letter", "running", {"sent_to": "identity"}),
        Declared(label, "a letter", "running", {"sent_to": "identity", "sent_on": "gossip"}),
        Declared(label, "a letter", "running", {**good.kinds, "read_on": "life"}),
        Declared(label, "a letter", "a while", good.kinds),
        Declared(label, "", "running", good.kinds),
    ]:
        assert len(faults([Letter], {label: broken})) == 1
    assert faults([], {label: good}) == ["website.Letter is declared in a personal_data.toml and is no table"]


def test_a_field_declared_twice_is_found():
    from rowan.website.personal_data import _declared

    with pytest.raises(ValueError, match="declared twice"):
        _declared("website.Letter", {"about": "a letter", "kept": "running", "none": ["x"], "life": ["x"]})
