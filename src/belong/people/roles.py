"""The twelve roles. These words appear in code, on screen and in the documents alike."""

PUPIL = "pupil"
CARER = "carer"
TEACHER = "teacher"
PASTORAL_LEAD = "pastoral lead"
SENCO = "SENCO"
DSL = "DSL"
SENIOR_LEADER = "senior leader"
GOVERNOR = "governor"
OUTSIDE_STAFF = "outside staff"
SURVEY_LEAD = "survey lead"
ANALYST = "analyst"
TECHNICIAN = "technician"

ALL = (
    PUPIL,
    CARER,
    TEACHER,
    PASTORAL_LEAD,
    SENCO,
    DSL,
    SENIOR_LEADER,
    GOVERNOR,
    OUTSIDE_STAFF,
    SURVEY_LEAD,
    ANALYST,
    TECHNICIAN,
)
STAFF = (TEACHER, PASTORAL_LEAD, SENCO, DSL, SENIOR_LEADER, SURVEY_LEAD)
PASTORAL = (PASTORAL_LEAD, SENCO, DSL, SENIOR_LEADER)
CHOICES = [(role, role) for role in ALL]
