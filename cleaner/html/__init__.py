"""HTML pages: from markup to article text, facts, embeds and images. Everything here works on one lxml tree."""
