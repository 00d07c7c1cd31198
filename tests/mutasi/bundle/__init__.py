"""Tests of a region as files."""
