"""From bytes to rows, with the physical line of each."""
