"""Paper: printers, what they can say of themselves, and the line of jobs before each of them."""
