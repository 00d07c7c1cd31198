"""Monitoring: a period beside what the model learned from, and whether to learn anew."""
