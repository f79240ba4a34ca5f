"""Clocks that ran out go up; professional disagreements, their stages and how they end."""
