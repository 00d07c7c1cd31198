"""Exports of SIASN, BKN's national personnel system, as a region's records.

``resources`` says which keys are read of which resource; what it does not name is
dropped where it is met.  ``documents`` finds and streams the JSON, ``staff_list`` the
CSV or Excel list of employees; ``reading`` makes a region of them, which meets the same
contracts and the same quarantine as a bundle.
"""
