"""The pictures of an article and their credits."""
