"""The rule book: YAML files become rules, rules become one scan, and a policy decides what may go."""
