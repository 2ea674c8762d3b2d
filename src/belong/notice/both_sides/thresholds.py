"""What opens a task for a person, and from how many on an adult is told; printed on the pages that use them."""

from datetime import timedelta

LOW_FROM = 2
"""A pupil answered at least so many questions about adults by name, …"""
LOW_SHARE = 0.5
"""… and at least this share of them with one of the lower half of the answers."""
RESTORE_TIMES = 2
"""An adult set Restore for one pupil on at least so many days …"""
RESTORE_WITHIN = timedelta(weeks=12)
"""… within this time, and it stands at Restore now."""
OVERDUE_BY = timedelta(weeks=3)
"""A Restore whose day to look again passed this long ago."""
VERY_MANY = 20
"""An adult is told how many pupils named them from this many on."""
SAID_WITHIN = timedelta(days=365)
"""What a pupil said longer ago is not set beside what adults say now."""
NEWS_FOR = timedelta(days=14)
"""An answer to an offer stays on Today this long."""
