"""The governors' report: one content, shown on screen and set as a tagged PDF."""

from belong.tell.report.content import Report, make_report
from belong.tell.report.pdf import report_pdf

__all__ = ["Report", "make_report", "report_pdf"]
