"""How a move comes about, step by step: who may do what, when, and what follows.

Two courses, each a table and nothing else: that of a proposal
(:mod:`mutasi.workflow.proposals`) and that of an employee's own application
(:mod:`mutasi.workflow.applications`).  What is not in a table is refused.
"""
