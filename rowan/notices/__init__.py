"""What Rowan sends, and the list of what needs somebody: e-mail with no personal data, only "something needs you" and a link."""
