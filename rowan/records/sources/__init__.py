"""How agencies' files are described: one profile a format, plain declarations."""
