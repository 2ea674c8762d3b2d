"""Triggers that refuse to change or delete an entry of the audit trail."""

from django.db import migrations

from belong.base.append_only import grow_only, undo


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]

    operations = [migrations.RunPython(grow_only, undo)]
