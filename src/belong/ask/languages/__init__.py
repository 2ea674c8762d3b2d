"""Questions and pages in the languages of families."""
