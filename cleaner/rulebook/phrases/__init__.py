"""What a phrase says."""
