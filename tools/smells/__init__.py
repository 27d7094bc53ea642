"""The checks behind tools/lint, one idea a module; each takes a Tree and returns a list of Finding."""
