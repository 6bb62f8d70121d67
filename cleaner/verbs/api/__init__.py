"""What a verb is and what it may look at."""
