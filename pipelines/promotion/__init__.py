"""Whether a model that was trained may serve: gates, and what changes when they hold."""
