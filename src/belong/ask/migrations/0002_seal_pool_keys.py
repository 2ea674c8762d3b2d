"""The keys under which pupils' pooled answers are kept, sealed: a copy of the database alone no longer opens them.

All of it is one transaction. There is no way back, so that no key is ever written out in the clear again.
"""

import base64

from django.db import migrations

import belong.base.secrets
from belong.base.secrets import encrypt

PURPOSE = "ask.pool_key"


def seal(apps, schema_editor):
    """Write the key of every wave that still has one into the sealed column."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, pool_key FROM ask_wave WHERE pool_key IS NOT NULL")
        sealed = [
            (encrypt(base64.b64encode(bytes(key)).decode("ascii"), PURPOSE), wave_id)
            for wave_id, key in cursor.fetchall()
        ]
        if sealed:
            cursor.executemany("UPDATE ask_wave SET sealed_key = %s WHERE id = %s", sealed)


class Migration(migrations.Migration):
    dependencies = [("ask", "0001_initial")]
    operations = [
        migrations.AddField(
            "wave", "sealed_key", belong.base.secrets.SealedKeyField(null=True, purpose=PURPOSE)
        ),
        migrations.RunPython(seal),
        migrations.RemoveField("wave", "pool_key"),
        migrations.RenameField("wave", "sealed_key", "pool_key"),
    ]
