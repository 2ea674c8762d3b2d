"""Reports of `belong analyse`: one analysis as HTML, PDF, JSON, CSV or text."""
