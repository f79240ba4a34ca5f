"""The overnight run: snapshot, steps, publish; the engine and the store."""
