from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of a release become the last column: SQLite reads through them to whatever stands behind."""

    dependencies = [("see", "0003_places")]

    operations = [
        migrations.RemoveConstraint("releaserecord", "a_ready_release_holds_its_tables"),
        migrations.AddField("releaserecord", "tables", models.JSONField(null=True, blank=True)),
        migrations.RunSQL(
            "UPDATE see_releaserecord SET tables = payload", "UPDATE see_releaserecord SET payload = tables"
        ),
        migrations.RemoveField("releaserecord", "payload"),
        migrations.RenameField("releaserecord", "tables", "payload"),
        migrations.AddConstraint(
            "releaserecord",
            models.CheckConstraint(
                name="a_ready_release_holds_its_tables",
                condition=~models.Q(state="ready") | (models.Q(payload__isnull=False) & ~models.Q(hash="")),
            ),
        ),
    ]
