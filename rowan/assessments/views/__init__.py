"""The pages of where a child stands: the list, a child's own, each version, and the forms."""
