"""Jobs: records and artifacts in, artifacts and reports out, from the command line."""
