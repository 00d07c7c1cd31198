"""A region as files: a folder of CSV or Parquet, one file a table.

``contract`` says what a file must be, ``reading`` and ``writing`` do what they
say; docs/bundle.md tells it to those who make such files.
"""
