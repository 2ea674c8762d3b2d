"""The roster: schools, people, groups, roles, and how they come in from a school's own systems."""
