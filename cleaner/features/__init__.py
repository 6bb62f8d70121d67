"""What can be said of a line, as numbers and truths."""
