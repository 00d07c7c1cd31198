"""Columns of what is known of people, positions and both together."""

from features._compute import FEATURES, Prepared, prepare
from features._feature import Concept, Feature, Grain

__all__ = ["FEATURES", "Concept", "Feature", "Grain", "Prepared", "prepare"]
