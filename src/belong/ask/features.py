"""The parts of the ask room: each brings its rules, its data map and its addresses."""

from belong.ask.checkins import access as checkins_access
from belong.ask.checkins import records as checkins_records
from belong.ask.friends import access as friends_access
from belong.ask.friends import records as friends_records
from belong.ask.languages import access as languages_access
from belong.ask.languages import records as languages_records
from belong.ask.looks import access as looks_access
from belong.ask.looks import records as looks_records
from belong.ask.paper import access as paper_access
from belong.ask.paper import records as paper_records
from belong.ask.places import access as places_access
from belong.ask.places import records as places_records
from belong.ask.recordings import access as recordings_access
from belong.ask.recordings import records as recordings_records
from belong.ask.usual import access as usual_access
from belong.ask.usual import records as usual_records
from belong.ask.walls import access as walls_access
from belong.ask.walls import records as walls_records

ACCESS = (
    checkins_access,
    friends_access,
    languages_access,
    looks_access,
    paper_access,
    places_access,
    recordings_access,
    usual_access,
    walls_access,
)
RECORDS = (
    checkins_records,
    friends_records,
    languages_records,
    looks_records,
    paper_records,
    places_records,
    recordings_records,
    usual_records,
    walls_records,
)
