"""What the product promises of itself, wherever it is held to it."""

CALIBRATED = 0.03
"""Expected calibration error up to which chances count as meaning what they say."""

HELD_IN_THIRD = 0.86
"""Share of outcomes that a 90% interval must hold in each third of evidence."""
