"""Every statistic that is checked against R, subject by subject."""
