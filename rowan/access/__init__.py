"""May she see this? Involvement, and the one place that decides."""
