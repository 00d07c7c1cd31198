"""Local lists: what an agency knows and no central system holds.

Answers to offers, objections, where units lie, homes, assessments, potential, urgent
work, circumstances told, blackouts and governments, as spreadsheets that people fill in.
``catalogue`` says which lists there are and ``reading`` takes them in; what a column
means is the vocabulary's.
"""
