"""Files in and out: one function per format, and files that are whole or not there."""
