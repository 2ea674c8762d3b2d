"""What adults wrote about children, encrypted: every text that is there is written anew under the school's key.

The columns grow first (a sealed text is longer than the 280 characters it may hold), then each text is sealed, then
the field becomes the one that opens it. All of it is one transaction: a database is either before or after it. There
is no way back, so that no text is ever written out in the clear again.
"""

from django.db import migrations, models

import belong.base.secrets
from belong.base.secrets import encrypt

BATCH = 500
WORDS = (
    ("relationship", "reason", "notice.reason"),
    ("relationshipchange", "reason", "notice.reason"),
    ("knownby", "line", "notice.line"),
    ("moment", "note", "notice.note"),
)


def seal(apps, schema_editor):
    """Encrypt every text of the four columns, in batches by primary key."""
    quote = schema_editor.quote_name
    with schema_editor.connection.cursor() as cursor:
        for model, name, purpose in WORDS:
            table, column = quote(f"notice_{model}"), quote(name)
            last = 0
            while True:
                cursor.execute(
                    f"SELECT id, {column} FROM {table} WHERE id > %s ORDER BY id LIMIT {BATCH}", [last]
                )
                rows = cursor.fetchall()
                if not rows:
                    break
                sealed = [(encrypt(words, purpose), row_id) for row_id, words in rows]
                cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", sealed)
                last = rows[-1][0]


def _grown(model, name):
    return migrations.AlterField(model, name, models.TextField(blank=True, default=""))


def _opened(model, name, purpose):
    field = belong.base.secrets.EncryptedTextField(blank=True, default="", purpose=purpose)
    return migrations.AlterField(model, name, field)


class Migration(migrations.Migration):
    dependencies = [("notice", "0001_initial")]
    operations = [
        *(_grown(model, name) for model, name, _ in WORDS),
        migrations.RunPython(seal),
        *(_opened(*words) for words in WORDS),
    ]
