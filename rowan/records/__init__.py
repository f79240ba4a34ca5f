"""What each agency sent, exactly as it came, where from, under which feed agreement."""
