"""Jobs: who is needed and who is there, and which places will fall vacant."""
