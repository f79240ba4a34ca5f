"""Which records are about the same person, and who judged so."""
