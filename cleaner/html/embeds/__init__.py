"""Posts, players and other embeds of a page."""
