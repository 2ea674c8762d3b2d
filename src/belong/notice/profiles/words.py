"""The words of a pupil's page: simple enough for a pupil of eight, the same on every screen."""

from belong.notice.models import Audience, ProfileField

TITLES = {field: field.label for field in ProfileField}
ASKS = {
    ProfileField.LIKES: "Things you enjoy, people and pets that matter, what others say you do well.",
    ProfileField.HELPS: "What makes a day go well? What can an adult do when it is hard?",
    ProfileField.TAKING_PART: "Tick what would help in lessons. You can add your own words.",
    ProfileField.KNOW: "What you would like adults to know, so that you don’t have to say it again and again.",
}
SUPPORTS = {
    "heads_up": "Tell me beforehand what you will ask me",
    "agenda": "Show me what comes next today",
    "thinking_time": "Give me time to think before I answer",
    "circle_back": "If I’m not ready, come back to me later",
    "write_first": "Let me write it down first",
    "partner": "Let me talk to a partner first",
    "signal": "Let us have a signal for “not now”",
    "not_aloud": "Please don’t ask me to read aloud",
}
WHO_READS = {
    Audience.TUTOR: "Your tutor now. Not the next one.",
    Audience.TUTORS: "Your tutor now, and whoever is your tutor after that.",
    Audience.TEACHERS: "Your teachers, and the pastoral lead, SENCO, safeguarding lead and heads.",
    Audience.STAFF: "Every adult who works with pupils. Your family says yes first, too.",
}
READ_FIRST = (
    "If you write something that sounds as if you may not be safe, an adult whose job it is reads it first."
)
ASKS_ABOUT = {
    ProfileField.LIKES: "In their words: what they enjoy, who matters, what others say they do well.",
    ProfileField.HELPS: "What makes a day go well? What can an adult do when it is hard?",
    ProfileField.TAKING_PART: "Tick what would help in lessons.",
    ProfileField.KNOW: "What they would like adults to know. Sensitive history stays off this page.",
}
