"""A make-believe ward: visitors who arrive and clerks who call, by the same commands as real ones."""
