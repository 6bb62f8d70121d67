"""YAML to rules."""
