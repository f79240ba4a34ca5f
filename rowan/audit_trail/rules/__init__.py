"""What binds one line of the trail to the next, and what its words mean: plain Python."""
