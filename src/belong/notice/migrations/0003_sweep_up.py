"""After texts were encrypted: leave nothing of them as they were in the free space of the database.

SQLite has overwritten what it freed (`secure_delete`) and keeps it in no log after this; PostgreSQL writes the four
tables anew. A copy of the database from before holds what it held.
"""

from django.db import migrations

TABLES = ("relationship", "relationshipchange", "knownby", "moment")


def sweep(apps, schema_editor):
    """Give the space back; not inside a transaction, where no database can."""
    connection = schema_editor.connection
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"VACUUM (FULL) notice_{table}")
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notice", "0002_encrypt_words")]
    operations = [migrations.RunPython(sweep, migrations.RunPython.noop)]
