# Counts of tries to sign in.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_school_accounts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField(default=0)),
                ('began_at', models.DateTimeField()),
                ('wait_until', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['began_at'], name='people_trie_began_a_c24c6b_idx')],
            },
        ),
    ]
