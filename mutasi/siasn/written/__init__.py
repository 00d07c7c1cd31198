"""Rows as SIASN words them: what the writer puts into each resource."""
