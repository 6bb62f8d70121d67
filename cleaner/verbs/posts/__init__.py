"""What the verbs for flattened posts share."""
