"""What the verbs for repeated text share."""
