"""Django's two databases, which write what waits for the trail as the last thing before they commit (docs/adr/0016)."""
