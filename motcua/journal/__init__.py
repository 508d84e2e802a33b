"""The journal: every fact of every day, kept for good."""
