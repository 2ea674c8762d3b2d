"""Screens of the tell room: writing a response, the page for those who were asked, the governors' report."""
