"""Pages that need nothing else: words, figures and drawings in one HTML file."""
