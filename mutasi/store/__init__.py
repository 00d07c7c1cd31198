"""The store: dated records in a database; the only place that knows SQL."""
