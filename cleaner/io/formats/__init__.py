"""Rows and records in files."""
