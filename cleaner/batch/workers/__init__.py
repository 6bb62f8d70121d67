"""Processes that clean documents, and what watches over them."""
