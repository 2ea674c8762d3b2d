"""The parts of the notice room: each brings its rules, its data map and its addresses."""

from belong.notice.badges import access as badges_access
from belong.notice.badges import records as badges_records
from belong.notice.boards import access as boards_access
from belong.notice.boards import records as boards_records
from belong.notice.both_sides import access as both_sides_access
from belong.notice.both_sides import records as both_sides_records
from belong.notice.classroom import access as classroom_access
from belong.notice.classroom import records as classroom_records
from belong.notice.greeting import access as greeting_access
from belong.notice.greeting import records as greeting_records
from belong.notice.local import access as local_access
from belong.notice.local import records as local_records
from belong.notice.noting import access as noting_access
from belong.notice.noting import records as noting_records
from belong.notice.profiles import access as profiles_access
from belong.notice.profiles import records as profiles_records
from belong.notice.recognition import access as recognition_access
from belong.notice.recognition import records as recognition_records
from belong.notice.register import access as register_access
from belong.notice.register import records as register_records

ACCESS = (
    badges_access,
    boards_access,
    both_sides_access,
    classroom_access,
    greeting_access,
    local_access,
    noting_access,
    profiles_access,
    recognition_access,
    register_access,
)
RECORDS = (
    badges_records,
    boards_records,
    both_sides_records,
    classroom_records,
    greeting_records,
    local_records,
    noting_records,
    profiles_records,
    recognition_records,
    register_records,
)
