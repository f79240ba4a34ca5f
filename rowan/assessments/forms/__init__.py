"""What a person types about where a child stands. What is missing is said by the rules, beside its box."""
