"""Published rules, and the questions they put to a named person."""
