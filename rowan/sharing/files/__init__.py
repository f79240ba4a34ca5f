"""Files that leave Rowan: made, signed, and known again."""
