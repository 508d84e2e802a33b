"""A make-believe ward: visitors arrive and clerks call, by the same commands as real ones."""
