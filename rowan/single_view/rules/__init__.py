"""Which looks are what, who may ask about them, and which patterns of looks are worth a question."""
