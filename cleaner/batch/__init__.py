"""Runs over files and folders that lose nothing: every document ends in exactly one of clean, skipped, rejected."""
