import belong.base.secrets
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ask", "0005_turning_to_adults"),
        ("guard", "0001_initial"),
        ("notice", "0003_sweep_up"),
        ("people", "0003_tries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ambassador",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "-id"],
                "indexes": [models.Index(fields=["school", "pupil"], name="notice_amba_school__3900c0_idx")],
            },
        ),
        migrations.CreateModel(
            name="BackToday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "verbose_name": "back today",
                "constraints": [models.UniqueConstraint(fields=("pupil", "on"), name="back_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Board",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("hype", "hype board"), ("gratitude", "gratitude board")], max_length=9
                    ),
                ),
                ("title", models.CharField(max_length=60)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("years", models.JSONField(blank=True, default=list)),
                ("pupils_post", models.BooleanField(default=True)),
                (
                    "week_starts",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=0,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("link_hash", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "link",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", editable=False, purpose="notice.board_link"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.group",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["title", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", False), ("place", "")),
                            models.Q(("group__isnull", True), models.Q(("place", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="board_of_a_class_or_a_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("link_hash", ""), _negated=True),
                        fields=("link_hash",),
                        name="one_board_per_link",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(choices=[("adults", "adults"), ("pupils", "pupils")], max_length=6),
                ),
                ("on_class_device", models.BooleanField(default=False)),
                ("words", belong.base.secrets.EncryptedTextField(purpose="notice.board")),
                ("written_at", models.DateTimeField()),
                ("marked", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("shown", "shown"),
                            ("declined", "declined"),
                            ("taken down", "taken down"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("shown_on", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    belong.base.secrets.EncryptedTextField(blank=True, default="", purpose="notice.board"),
                ),
                ("win_of", models.DateField(blank=True, null=True)),
                ("submission", models.UUIDField(default=uuid.uuid4)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="notice.board"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-shown_on", "-id"],
                "indexes": [
                    models.Index(fields=["board", "state", "shown_on"], name="posts_of_a_week"),
                    models.Index(fields=["school", "author", "shown_on"], name="posts_of_an_author"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("sent_by__isnull", False)),
                        fields=("sent_by", "submission"),
                        name="one_post_per_submission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "shown", "declined", "taken down"])),
                        name="known_post_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "shown"), _negated=True),
                            ("shown_on__isnull", False),
                            _connector="OR",
                        ),
                        name="shown_since_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="notice.boardpost",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "pupil"), name="named_once_on_a_post")
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended", models.BooleanField(default=False)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notice.board"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CareTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("answers", "What the pupil answered about adults, by name"),
                            ("again", "An adult set Restore more than once"),
                            ("overdue", "A conversation to restore is long overdue"),
                        ],
                        max_length=8,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.care_reason"
                    ),
                ),
                (
                    "adult",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ask.wave",
                    ),
                ),
            ],
            options={
                "ordering": ["opened_on", "id"],
                "indexes": [
                    models.Index(fields=["owner", "closed_on"], name="notice_care_owner_i_4ce4dd_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("adult__isnull", True), ("closed_on__isnull", True)),
                        fields=("pupil",),
                        name="one_open_care_task_from_answers",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("adult__isnull", False), ("closed_on__isnull", True)),
                        fields=("pupil", "adult"),
                        name="one_open_care_task_per_adult",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adult__isnull", True), ("seen", "answers")),
                            models.Q(models.Q(("seen", "answers"), _negated=True), ("adult__isnull", False)),
                            _connector="OR",
                        ),
                        name="care_task_names_the_adult_it_is_about",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("effort", "Extra effort"),
                            ("wellbeing", "Wellbeing followed"),
                            ("support", "Support found"),
                        ],
                        max_length=9,
                    ),
                ),
                ("line", belong.base.secrets.EncryptedTextField(purpose="notice.care_step")),
                ("done_on", models.DateField()),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="notice.caretask",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("task", "step"), name="one_row_per_care_step")
                ],
            },
        ),
        migrations.CreateModel(
            name="CircleBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", belong.base.secrets.EncryptedTextField(purpose="notice.circle_back")),
                ("due_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("submission", models.UUIDField()),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["adult", "due_on"],
                        name="circle_backs_owed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("adult", "submission"), name="one_circle_back_per_submission"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what_helps",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.what_helps"
                    ),
                ),
                (
                    "line",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.hand_over"
                    ),
                ),
                ("with_states", models.BooleanField(default=False)),
                ("written_on", models.DateField()),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.group"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-written_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("adult", "pupil", "group"), name="one_hand_over_per_group"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HouseThanks",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.house_thanks"
                    ),
                ),
                ("on", models.DateField()),
                ("submission", models.UUIDField(default=uuid.uuid4)),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thanks",
                        to="notice.houseevent",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.group"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("by", "submission"), name="one_thanks_per_submission")
                ],
            },
        ),
        migrations.CreateModel(
            name="Intention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("strategy", models.CharField(max_length=60)),
                ("made_on", models.DateField()),
                ("due_on", models.DateField()),
                ("due_before", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("dropped_on", models.DateField(blank=True, null=True)),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [models.Index(fields=["adult", "due_on"], name="intentions_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_on__isnull", True), ("dropped_on__isnull", True)),
                        fields=("adult", "pupil", "strategy"),
                        name="one_open_intention_each",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuerKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("multibase", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("compromised_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "multibase"), name="one_issuer_key_per_school")
                ],
            },
        ),
        migrations.CreateModel(
            name="LeftOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("pupil", "the pupil asked"),
                            ("family", "the family asked"),
                            ("safety", "to keep them safe"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "note",
                    belong.base.secrets.EncryptedTextField(blank=True, default="", purpose="notice.left_off"),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("pupil",),
                        name="left_off_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("place", "Place"),
                            ("shop", "Shop or café"),
                            ("festival", "Festival or day"),
                            ("people", "Who to meet"),
                            ("about", "Getting about"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("about", models.TextField(max_length=1200)),
                ("where", models.CharField(blank=True, default="", max_length=160)),
                ("who_to_meet", models.CharField(blank=True, default="", max_length=200)),
                ("lesson_hook", models.TextField(blank=True, default="", max_length=400)),
                (
                    "photo",
                    belong.base.secrets.EncryptedBinaryField(
                        editable=False, null=True, purpose="notice.local_photo"
                    ),
                ),
                ("has_photo", models.BooleanField(default=False)),
                ("caption", models.CharField(blank=True, default="", max_length=160)),
                ("made_on", models.DateField()),
                ("changed_on", models.DateField()),
                ("before", models.JSONField(null=True)),
                ("retired_on", models.DateField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "verbose_name": "local page",
                "ordering": ["title", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["place", "shop", "festival", "people", "about"])),
                        name="known_kind_of_local_page",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("until", models.DateField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="notice.localpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "local day",
                "ordering": ["on", "id"],
                "constraints": [models.UniqueConstraint(fields=("page", "on"), name="one_local_day_a_page")],
            },
        ),
        migrations.CreateModel(
            name="MatchOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    belong.base.secrets.EncryptedTextField(blank=True, default="", purpose="notice.match"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Waiting for an answer"),
                            ("accepted", "Looks out for them"),
                            ("declined", "Not this time"),
                            ("withdrawn", "Taken back"),
                            ("ended", "Ended"),
                        ],
                        default="offered",
                        max_length=9,
                    ),
                ),
                ("offered_on", models.DateField()),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-offered_on", "-id"],
                "indexes": [
                    models.Index(fields=["adult", "state"], name="notice_matc_adult_i_d52973_idx"),
                    models.Index(fields=["pupil", "state"], name="notice_matc_pupil_i_c37a17_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "accepted"])),
                        fields=("adult", "pupil"),
                        name="one_standing_match_per_adult_and_pupil",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["offered", "accepted", "declined", "withdrawn", "ended"])
                        ),
                        name="known_match_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedByMany",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pupils", models.PositiveSmallIntegerField()),
                ("told_on", models.DateField()),
                ("seen_on", models.DateField(blank=True, null=True)),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ask.wave"
                    ),
                ),
            ],
            options={
                "ordering": ["-told_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("adult", "wave"), name="named_by_many_once_per_wave")
                ],
            },
        ),
        migrations.CreateModel(
            name="NameSound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mime", models.CharField(max_length=20)),
                ("seconds", models.FloatField()),
                (
                    "sound",
                    belong.base.secrets.EncryptedBinaryField(editable=False, purpose="notice.name_sound"),
                ),
                ("made_on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "verbose_name": "name said aloud",
            },
        ),
        migrations.CreateModel(
            name="NoBirthday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "verbose_name": "birthday not mentioned",
            },
        ),
        migrations.CreateModel(
            name="NoteHome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("send_after", models.DateTimeField()),
                ("printed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "moment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="note_home",
                        to="notice.moment",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sending", "on its way"),
                            ("sent", "sent"),
                            ("failed", "not sent"),
                            ("came_back", "came back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("trouble", models.CharField(blank=True, max_length=12)),
                ("at", models.DateTimeField(blank=True, null=True)),
                (
                    "carer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="notice.notehome",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["school", "state"], name="notice_lett_school__8e4c3c_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("note", "carer"), name="one_letter_per_carer")
                ],
            },
        ),
        migrations.CreateModel(
            name="ObservationSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "next_step",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.next_step"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "moment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seen", to="notice.moment"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProfilePage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("drafted_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being written"),
                            ("waiting", "waits for the pupil’s yes"),
                            ("held", "an adult reads it first"),
                            ("approved", "shared"),
                            ("replaced", "an earlier page"),
                            ("withdrawn", "no longer shared"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("approved_on", models.DateField(blank=True, null=True)),
                ("family_on", models.DateField(blank=True, null=True)),
                ("let_through_on", models.DateField(blank=True, null=True)),
                ("said_no_on", models.DateField(blank=True, null=True)),
                (
                    "approved_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="guard.concern",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "family_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-drafted_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")),
                        fields=("pupil",),
                        name="one_approved_profile",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "waiting", "held"])),
                        fields=("pupil", "drafted_by"),
                        name="one_draft_profile_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfilePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("likes", "What I like and am good at"),
                            ("helps", "What helps me"),
                            ("taking_part", "What helps me take part"),
                            ("know", "What adults should know"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "text",
                    belong.base.secrets.EncryptedTextField(blank=True, default="", purpose="notice.profile"),
                ),
                (
                    "supports",
                    belong.base.secrets.EncryptedJSONField(default=list, purpose="notice.profile_supports"),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("tutor", "Just my tutor"),
                            ("tutors", "My tutor, and the one after"),
                            ("teachers", "Adults who teach or help me"),
                            ("staff", "All staff"),
                        ],
                        default="teachers",
                        max_length=8,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="notice.profilepage",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("page", "field"), name="one_part_per_field")],
            },
        ),
        migrations.CreateModel(
            name="Shown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.CharField(
                        choices=[("recognition", "recognition"), ("award", "badge"), ("moment", "moment")],
                        max_length=11,
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("on_wall", models.BooleanField(default=False)),
                ("to_family", models.BooleanField(default=False)),
                ("chosen_on", models.DateField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("pupil", "entry", "number"), name="one_choice_per_entry")
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("used", models.JSONField(blank=True, default=list)),
                ("withdrawn", models.JSONField(blank=True, default=list)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "number"), name="one_status_list_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="TalkUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", belong.base.secrets.EncryptedTextField(purpose="notice.talk_up")),
                ("made_on", models.DateField()),
                ("until", models.DateField()),
                ("used_on", models.DateField(null=True)),
                ("used_in", models.UUIDField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "line for a colleague",
                "ordering": ["made_on", "id"],
                "indexes": [models.Index(fields=["pupil", "used_on", "until"], name="open_talk_ups")],
            },
        ),
        migrations.CreateModel(
            name="Trait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("about", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("value", "value"), ("trait", "trait")], default="value", max_length=5
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="Badge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("criteria", models.TextField(max_length=1000)),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("circle", "Circle"),
                            ("shield", "Shield"),
                            ("hexagon", "Hexagon"),
                            ("star", "Star"),
                            ("flower", "Flower"),
                            ("square", "Square"),
                        ],
                        default="circle",
                        max_length=8,
                    ),
                ),
                (
                    "sign",
                    models.CharField(
                        choices=[
                            ("star", "Star"),
                            ("heart", "Heart"),
                            ("leaf", "Leaf"),
                            ("book", "Book"),
                            ("people", "Two people"),
                            ("sun", "Sun"),
                            ("mountain", "Mountain"),
                            ("note", "Music note"),
                            ("bridge", "Bridge"),
                            ("spark", "Spark"),
                        ],
                        default="star",
                        max_length=8,
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("teal", "Teal"),
                            ("blue", "Blue"),
                            ("plum", "Plum"),
                            ("green", "Green"),
                            ("brick", "Brick"),
                            ("slate", "Slate"),
                        ],
                        default="teal",
                        max_length=6,
                    ),
                ),
                ("picture", models.BinaryField(blank=True, null=True)),
                ("picture_kind", models.CharField(blank=True, max_length=12)),
                (
                    "given_by",
                    models.CharField(
                        choices=[
                            ("staff", "Any adult, to their own pupils"),
                            ("pastoral", "Pastoral staff and senior leaders"),
                        ],
                        default="staff",
                        max_length=8,
                    ),
                ),
                ("lasts_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("made_on", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "trait",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="notice.trait",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shape__in", ["circle", "shield", "hexagon", "star", "flower", "square"]),
                            (
                                "sign__in",
                                [
                                    "star",
                                    "heart",
                                    "leaf",
                                    "book",
                                    "people",
                                    "sun",
                                    "mountain",
                                    "note",
                                    "bridge",
                                    "spark",
                                ],
                            ),
                            ("colour__in", ["teal", "blue", "plum", "green", "brick", "slate"]),
                        ),
                        name="known_badge_look",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("given_at", models.DateTimeField()),
                (
                    "evidence",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.badge_evidence"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("recipient", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("revoked_on", models.DateField(blank=True, null=True)),
                (
                    "revoked_why",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.badge_revoked"
                    ),
                ),
                ("taken_on", models.DateField(blank=True, null=True)),
                ("status_place", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "badge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="awards", to="notice.badge"
                    ),
                ),
                (
                    "status_list",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="notice.statuslist",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
                "indexes": [models.Index(fields=["school", "pupil", "on"], name="awards_of_pupil")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_on__isnull", True)),
                        fields=("badge", "pupil"),
                        name="one_standing_award_per_badge_and_pupil",
                    ),
                    models.UniqueConstraint(
                        fields=("status_list", "status_place"), name="one_award_per_status_place"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("staff", "staff"),
                            ("pupil", "a pupil"),
                            ("ambassador", "an ambassador"),
                            ("family", "family"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_signed", models.BooleanField(default=True)),
                (
                    "words",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.recognition"
                    ),
                ),
                (
                    "first_words",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.recognition"
                    ),
                ),
                (
                    "reply",
                    belong.base.secrets.EncryptedTextField(
                        blank=True, default="", purpose="notice.recognition"
                    ),
                ),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("approved", "approved"), ("declined", "declined")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("submission", models.UUIDField(default=uuid.uuid4)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
                (
                    "trait",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="notice.trait"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-recorded_at", "-id"],
                "indexes": [
                    models.Index(fields=["school", "pupil", "state", "on"], name="recognised"),
                    models.Index(fields=["school", "state", "pupil"], name="recognition_queue"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("by__isnull", False)),
                        fields=("by", "submission"),
                        name="one_recognition_per_submission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "approved", "declined"])),
                        name="known_recognition_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "data",
                    belong.base.secrets.EncryptedBinaryField(
                        editable=False, purpose="notice.recognition_photo"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                (
                    "recognition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photo",
                        to="notice.recognition",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UsualPrompt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("made_on", models.DateField()),
                ("recent", models.PositiveSmallIntegerField()),
                ("adults", models.PositiveSmallIntegerField()),
                ("before", models.PositiveSmallIntegerField()),
                ("weeks_before", models.PositiveSmallIntegerField()),
                ("aspects", models.JSONField(default=dict)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("pupil", "since"), name="one_prompt_per_fortnight")
                ],
            },
        ),
        migrations.CreateModel(
            name="UsualSignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("rule", models.CharField(max_length=12)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WillNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("adult", "pupil"), name="one_will_notice_per_adult_and_pupil"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="moment",
            name="known_moment_kind",
        ),
        migrations.AddField(
            model_name="moment",
            name="aspect",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mood", "Mood"),
                    ("behaviour", "Behaviour"),
                    ("work", "Work"),
                    ("friendship", "Friendship"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="moment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("greeting", "Greeting"),
                    ("check_in", "Weekend check-in"),
                    ("praise", "Praise"),
                    ("gesture", "Small gesture"),
                    ("work", "Work on display"),
                    ("note_home", "Note home"),
                    ("observation", "Observation"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="moment",
            index=models.Index(
                condition=models.Q(("kind", "observation")), fields=["school", "on"], name="observations"
            ),
        ),
        migrations.AddConstraint(
            model_name="moment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["greeting", "check_in", "praise", "gesture", "work", "note_home", "observation"],
                    )
                ),
                name="known_moment_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="moment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("aspect", ""),
                    models.Q(
                        ("aspect__in", ["mood", "behaviour", "work", "friendship"]), ("kind", "observation")
                    ),
                    _connector="OR",
                ),
                name="aspect_of_observations",
            ),
        ),
    ]
