"""An independent reading of docs/rules.md, to hold the rules against.

It answers for one person, one post and one day from plain rows of records, one
value at a time, and shares no code with ``mutasi.state`` or ``mutasi.rules``: an
error in either shows as a disagreement.  Every function is named for its chapter of
the document; :mod:`~tests.mutasi.rules.verifier.terms` holds the chapter *Terms*.
Parameters are read from the dated files that the rules read too, for they are data.
"""
