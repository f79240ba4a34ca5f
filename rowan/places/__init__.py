"""Homes, schools, streets, shops and parks."""
