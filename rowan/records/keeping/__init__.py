"""Where rows are kept: the Delta tables, and the way in."""
