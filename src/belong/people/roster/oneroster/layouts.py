"""Which file is which, and which heading is which: OneRoster 1.1 and 1.2, and the vendors' dialects of it.

Sources: 1EdTech OneRoster 1.1 and 1.2 CSV bindings; Microsoft School Data Sync CSV formats 1 and 2.1, of which the
first (Student.csv, Section.csv …) is also sent out with British headings. Headings are compared without case,
spaces and punctuation, so `School DfE Number` and `schoolDfeNumber` are one.
"""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from belong.people.roster import codes
from belong.people.roster.fields import headings_of

_STATUS = ("status", "recordstatus")
_ORG = (
    "orgsourcedid",
    "schoolsourcedid",
    "orgsourcedids",
    "schooldfenumber",
    "schoolsisid",
    "schoolid",
    "schoolurn",
    "orgid",
)
_PERSON = {
    "id": ("sourcedid", "sisid", "id", "userid", "usersisid", "personid"),
    "status": _STATUS,
    "enabled": ("enableduser",),
    "org": _ORG,
    "primary_org": ("primaryorgsourcedid",),
    "role": ("role", "roles", "userrole"),
    "user_ids": ("userids",),
    "given_name": ("givenname", "firstname", "forename", "legalforename", "legalfirstname"),
    "family_name": ("familyname", "lastname", "surname", "legalsurname", "legallastname"),
    "preferred_name": (
        "preferredgivenname",
        "preferredfirstname",
        "preferredforename",
        "preferredname",
        "knownas",
    ),
    "preferred_family": ("preferredfamilyname", "preferredlastname", "preferredsurname"),
    "identifier": ("identifier",),
    "master_id": ("usermasteridentifier",),
    "email": ("email", "emailaddress", "secondaryemail", "useremail"),
    "agents": ("agentsourcedids", "agents"),
    "year": ("grades", "grade", "gradelevel", "yeargroup", "ncyear"),
    "title": ("title", "salutation", "prefix"),
    "born": ("birthdate", "dateofbirth", "dob", "birthday"),
    "sex": ("sex", "gender", "legalsex"),
    **{name: headings_of()[name] for name in ("upn", "said_like", "joined_on", "left_on", "home_language")},
}
_SENSITIVE = {name: headings_of()[name] for name in codes.characteristics()}
_PERSON |= _SENSITIVE


def _with_id(*more: str) -> dict[str, tuple[str, ...]]:
    return {**_PERSON, "id": (*_PERSON["id"], *more)}


@dataclass(frozen=True)
class Layout:
    """A kind of file: names it goes by, its fields with the headings they go by, and those it can't do without."""

    kind: str
    stems: tuple[str, ...]
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    role: str = ""
    told_by: tuple[str, ...] = ()


_CLASS = {
    "id": ("sourcedid", "sisid", "id", "sectionid", "classid", "sectionsisid"),
    "status": _STATUS,
    "title": ("title", "sectionname", "classname", "name"),
    "grade": ("grades", "grade", "yeargroup"),
    "course": ("coursesourcedid", "coursesisid", "courseid"),
    "course_title": ("coursename", "coursetitle"),
    "type": ("classtype", "type"),
    "org": _ORG,
    "terms": ("termsourcedids", "sessionsourcedids", "termsourcedid", "sessionsourcedid"),
    "begins": ("termstartdate", "startdate", "begindate"),
    "ends": ("termenddate", "enddate"),
    "teacher": ("teacherid", "teachersisid", "teachersourcedid"),
}
_ENROLMENT = {
    "id": (),
    "status": _STATUS,
    "class": ("classsourcedid", "sectionid", "sectionsisid", "classid"),
    "user": (
        "usersourcedid",
        "sisid",
        "id",
        "studentid",
        "teacherid",
        "userid",
        "studentsisid",
        "teachersisid",
    ),
    "role": ("role",),
    "begins": ("begindate", "startdate"),
    "ends": ("enddate",),
}
LAYOUTS = (
    Layout("manifest", ("manifest",), {"name": ("propertyname",), "value": ("value",)}),
    Layout(
        "orgs",
        ("orgs", "org", "organisations", "organizations", "schools", "school"),
        {
            "id": ("sourcedid", "sisid", "dfenumber", "schoolid", "id", "urn"),
            "status": _STATUS,
            "name": ("name", "schoolname", "orgname"),
            "type": ("type", "orgtype"),
            "number": ("identifier", "urn", "schoolnumber"),
            "parent": ("parentsourcedid", "parentsourceid"),
        },
        ("id", "name"),
        told_by=("parentsourcedid", "schoolnumber"),
    ),
    Layout(
        "users", ("users", "user", "people"), _with_id(), ("id",), told_by=("enableduser", "agentsourcedids")
    ),
    Layout(
        "users",
        ("students", "student", "pupils", "pupil"),
        _with_id("studentid", "pupilid"),
        ("id",),
        "student",
    ),
    Layout("users", ("teachers", "teacher", "staff"), _with_id("teacherid", "staffid"), ("id",), "teacher"),
    Layout(
        "roles",
        ("roles", "role"),
        {
            "user": ("usersourcedid", "userid"),
            "status": _STATUS,
            "role": ("role",),
            "org": _ORG,
            "begins": ("begindate", "rolestartdate", "startdate"),
            "ends": ("enddate", "roleenddate"),
            "grade": ("grade", "grades"),
        },
        ("user", "role"),
        told_by=("userprofilesourcedid", "rolestartdate"),
    ),
    Layout(
        "demographics",
        ("demographics", "demographic"),
        {
            "user": ("sourcedid", "usersourcedid"),
            "status": _STATUS,
            "born": _PERSON["born"],
            "sex": _PERSON["sex"],
            **_SENSITIVE,
        },
        ("user",),
        told_by=("americanindianoralaskanative", "cityofbirth", "birthcity", "racecodes"),
    ),
    Layout(
        "classes",
        ("classes", "class", "sections", "section"),
        _CLASS,
        ("id", "title"),
        told_by=("classtype",),
    ),
    Layout(
        "enrollments",
        ("enrollments", "enrollment", "enrolments", "enrolment"),
        _ENROLMENT,
        ("class", "user"),
        told_by=("classsourcedid",),
    ),
    Layout(
        "enrollments",
        ("studentenrollment", "studentenrollments", "studentenrolment", "studentenrolments"),
        _ENROLMENT,
        ("class", "user"),
        "student",
    ),
    Layout("enrollments", ("teacherroster", "teacherrosters"), _ENROLMENT, ("class", "user"), "teacher"),
    Layout(
        "relationships",
        ("relationships", "relationship", "guardianrelationship", "guardianrelationships"),
        {
            "pupil": ("usersourcedid", "sisid", "studentid", "studentsisid", "studentsourcedid"),
            "carer": (
                "relationshipusersourcedid",
                "guardiansourcedid",
                "guardianid",
                "agentsourcedid",
                "email",
            ),
            "relation": ("relationshiprole", "role", "relationship"),
            "status": _STATUS,
        },
        ("pupil", "carer"),
        told_by=("relationshipusersourcedid",),
    ),
    Layout(
        "flags",
        ("userflags", "userflag"),
        {"user": ("usersourcedid", "userid"), "flag": ("flag", "flags"), "status": _STATUS},
        ("user", "flag"),
    ),
    Layout(
        "sessions",
        ("academicsessions", "academicsession", "terms", "term"),
        {"id": ("sourcedid", "sisid", "id"), "ends": ("enddate",), "begins": ("startdate",)},
        ("id",),
        told_by=("schoolyear",),
    ),
    Layout(
        "courses",
        ("courses", "course"),
        {"id": ("sourcedid", "sisid", "id"), "title": ("title", "name"), "grade": ("grades", "grade")},
        ("id",),
        told_by=("schoolyearsourcedid",),
    ),
)
HEADINGS = frozenset(
    heading for layout in LAYOUTS for headings in layout.fields.values() for heading in headings
)


def layout_for(file: str, headings: list[str]) -> Layout | None:
    """The layout of a file: by its name, with dates and vendors' prefixes around it forgiven; else by its headings."""
    stem = re.sub(r"[^a-z]", "", PurePosixPath(file.partition(" › ")[0].lower()).stem)
    for layout in LAYOUTS:
        if stem in layout.stems:
            return layout
    suffixed = [
        (name, layout) for layout in LAYOUTS for name in layout.stems if len(name) > 4 and stem.endswith(name)
    ]
    if suffixed and not _NOT_OURS.search(stem):
        return max(suffixed, key=lambda pair: len(pair[0]))[1]
    for layout in LAYOUTS:
        if (
            not _NOT_OURS.search(stem)
            and set(layout.told_by) & set(headings)
            and _has_required(layout, headings)
        ):
            return layout
    return None


_NOT_OURS = re.compile(r"profile|resource|lineitem|result|categor|scorescale|credential")


def _has_required(layout: Layout, headings: list[str]) -> bool:
    return all(set(layout.fields[name]) & set(headings) for name in layout.required)
