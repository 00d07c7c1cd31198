"""How quick ranking is, against a naive way and against the bare models."""
