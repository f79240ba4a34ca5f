"""Names that were published before are found too."""

from django.db import migrations

from rowan.people.rules.finding import sounds_of

AT_ONCE = 2_000


def give_sounds(apps, schema_editor):
    names = apps.get_model("people", "Name").objects
    last = 0
    while rows := list(names.filter(pk__gt=last, until_run=None).order_by("pk")[:AT_ONCE]):
        for row in rows:
            row.sounds = sounds_of(row.first_name, row.surname)
        names.bulk_update(rows, ["sounds"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("people", "0004_what_somebody_told_of_is_found_by")]
    operations = [migrations.RunPython(give_sounds, migrations.RunPython.noop)]
