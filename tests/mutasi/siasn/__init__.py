"""Tests of SIASN exports as a region."""
