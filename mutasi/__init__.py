"""The domain: its words, its law, what was known; no learning and no web."""
