"""Pages of recognition: giving, looking through, timelines, the school's own words, houses."""
