"""The daily huddle and the panels: the list, who came, what was decided and why, the minutes."""
