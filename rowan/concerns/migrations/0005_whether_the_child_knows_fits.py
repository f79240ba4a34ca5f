"""Two of its answers are eleven letters long: PostgreSQL refused the whole concern of whoever chose one of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("concerns", "0004_reports_that_wait_their_turn")]

    operations = [
        migrations.AlterField(
            model_name="concern",
            name="child_knows",
            field=models.CharField(blank=True, max_length=15),
        ),
    ]
