"""Observations nobody has read yet are found without the read ones; who had a moment lately, by day."""

from django.db import migrations, models


def mark(apps, schema_editor):
    """What was seen so far says so on the observation itself."""
    seen = apps.get_model("notice", "ObservationSeen")._base_manager
    apps.get_model("notice", "Moment")._base_manager.filter(pk__in=seen.values("moment")).update(
        seen_by_lead=True
    )


class Migration(migrations.Migration):
    dependencies = [("notice", "0004_noticing")]
    operations = [
        migrations.AddField("moment", "seen_by_lead", models.BooleanField(default=False)),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddIndex(
            "moment",
            models.Index(
                condition=models.Q(("kind", "observation"), ("seen_by_lead", False)),
                fields=["school", "on", "recorded_at"],
                name="observations_to_read",
            ),
        ),
        migrations.AddIndex(
            "moment", models.Index(fields=["school", "on", "kind", "pupil"], name="moments_by_day")
        ),
    ]
