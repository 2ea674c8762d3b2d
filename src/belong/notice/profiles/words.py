"""The words of a pupil's page: simple enough for a pupil of eight, the same on every screen."""

from django.utils.translation import gettext_lazy as _

from belong.notice.models import Audience, ProfileField

TITLES = {field: field.label for field in ProfileField}
ASKS = {
    ProfileField.LIKES: _("Things you enjoy, people and pets that matter, what others say you do well."),
    ProfileField.HELPS: _("What makes a day go well? What can an adult do when it is hard?"),
    ProfileField.TAKING_PART: _("Tick what would help in lessons. You can add your own words."),
    ProfileField.KNOW: _(
        "What you would like adults to know, so that you don’t have to say it again and again."
    ),
}
SUPPORTS = {
    "heads_up": _("Tell me beforehand what you will ask me"),
    "agenda": _("Show me what comes next today"),
    "thinking_time": _("Give me time to think before I answer"),
    "circle_back": _("If I’m not ready, come back to me later"),
    "write_first": _("Let me write it down first"),
    "partner": _("Let me talk to a partner first"),
    "signal": _("Let us have a signal for “not now”"),
    "not_aloud": _("Please don’t ask me to read aloud"),
}
WHO_READS = {
    Audience.TUTOR: _("Your tutor now. Not the next one."),
    Audience.TUTORS: _("Your tutor now, and whoever is your tutor after that."),
    Audience.TEACHERS: _("Your teachers, and the pastoral lead, SENCO, safeguarding lead and heads."),
    Audience.STAFF: _("Every adult who works with pupils. Your family says yes first, too."),
}
READ_FIRST = _(
    "If you write something that sounds as if you may not be safe, an adult whose job it is reads it first."
)
ASKS_ABOUT = {
    ProfileField.LIKES: "In their words: what they enjoy, who matters, what others say they do well.",
    ProfileField.HELPS: _("What makes a day go well? What can an adult do when it is hard?"),
    ProfileField.TAKING_PART: "Tick what would help in lessons.",
    ProfileField.KNOW: "What they would like adults to know. Sensitive history stays off this page.",
}
