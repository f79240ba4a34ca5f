"""Lines that a concern leaves in a timeline stand where concerns do, and not in the core that everybody around a child reads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chronology", "0003_what_people_write_by_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="compartment",
            field=models.CharField(
                choices=[
                    ("core", "Core"),
                    ("education", "Education"),
                    ("social_care", "Social care"),
                    ("police", "Police reports"),
                    ("health", "Health"),
                    ("sexual_health", "Sexual health"),
                    ("intelligence", "Intelligence"),
                    ("contacts", "Contacts and concerns"),
                ],
                max_length=20,
            ),
        ),
    ]
