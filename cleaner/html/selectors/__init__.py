"""CSS selectors over a page, and what they prune."""
