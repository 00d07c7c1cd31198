"""The map of positions (*peta jabatan*) and the analysis of workload (*ABK*).

Spreadsheets in which an agency draws its units and posts, says how many people each
needs, and counts the work that the need follows from.  ``reading`` takes them in.
"""
