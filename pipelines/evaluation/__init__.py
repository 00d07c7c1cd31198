"""The job of judging models: a back-test in time, as JSON and as a page for people."""
