"""What can be typed: each command translates words into one call of a job, and back."""
