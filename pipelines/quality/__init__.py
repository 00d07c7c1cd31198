"""The quality of the records as a report: figures, a page, and a list of rows to mend."""
