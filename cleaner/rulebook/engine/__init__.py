"""What a document's hits become: edits that may be applied."""
