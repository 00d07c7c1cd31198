"""Learners: what past transfers teach about the next one."""
