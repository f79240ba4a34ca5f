"""One request in, one page out."""
