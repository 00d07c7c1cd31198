"""The worker: does long work that others ask for, one job after the other."""

TASKS = {"plan": "pipelines.planning.task:plan_asked"}
"""What does each kind of job, by name: the worker knows where it is, not what is in it.

It is given the settings, the request and whom to tell of progress, and returns the files
that the job made."""
