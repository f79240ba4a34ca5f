from hashlib import sha256
from itertools import groupby, islice

import django.db.models.deletion
from django.db import migrations, models

MONTHS_OF_A_TERM = 4
ROWS_AT_ONCE = 500


def put_weeks_together(apps, schema_editor):
    """Weeks that pages show stay shown until the next night, which writes its own; an unfinished night's, and what ended, go."""
    Run, Week, Term = (
        apps.get_model(*name)
        for name in (("records", "OvernightRun"), ("chronology", "AttendanceWeek"), ("chronology", "AttendanceTerm"))
    )  # fmt: skip
    finished = Run.objects.filter(finished_at__isnull=False)
    current = finished.aggregate(newest=models.Max("number"))["newest"] or 0
    stands = models.Q(until_run=None) | models.Q(until_run__gt=current)
    shown = Week.objects.filter(stands, since_run__lte=current)
    in_order = shown.order_by("person_id", "agency_code", "week_on").iterator(chunk_size=2000)
    terms = (
        _term(Term, current, *whose, list(weeks))
        for whose, weeks in groupby(in_order, key=lambda week: (week.person_id, week.agency_code, _term_of(week.week_on)))
    )  # fmt: skip
    # Their keys are not a night's: the next one ends them and writes its own.
    while some := list(islice(terms, ROWS_AT_ONCE)):
        Term.objects.bulk_create(some)


def _term(Term, run, person_id, agency_code, term_on, weeks):
    return Term(
        key=sha256(f"put together|{person_id}|{agency_code}|{term_on}".encode()).hexdigest(),
        since_run=run,
        person_id=person_id,
        agency_code=agency_code,
        term_on=term_on,
        weeks=[
            [week.week_on.isoformat(), week.possible, week.absent, week.authorised, week.unauthorised]
            for week in weeks
        ],
        codes={week.week_on.isoformat(): week.codes for week in weeks},
    )


def _term_of(monday):
    return monday.replace(month=(monday.month - 1) // MONTHS_OF_A_TERM * MONTHS_OF_A_TERM + 1, day=1)


class Migration(migrations.Migration):
    dependencies = [
        ("chronology", "0002_arrests_by_day"),
        ("people", "0002_known_as_is_found_by_birth_date_and_name"),
        ("records", "0001_what_is_stored"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendanceTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since_run", models.PositiveIntegerField()),
                ("until_run", models.PositiveIntegerField(blank=True, null=True)),
                ("key", models.CharField(max_length=64)),
                ("agency_code", models.CharField(max_length=80)),
                ("term_on", models.DateField()),
                ("weeks", models.JSONField(default=list)),
                ("codes", models.JSONField(default=dict)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance_terms",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "term_on"], name="chronology__person__955f67_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "since_run"), name="one_attendance_term_a_run")
                ],
            },
        ),
        migrations.RunPython(put_weeks_together, migrations.RunPython.noop),
        migrations.DeleteModel(name="AttendanceWeek"),
    ]
