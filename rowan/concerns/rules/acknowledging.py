"""A concern that was passed to the child's own worker is the worker's once they say so: until then a clock runs, and after it it goes up."""

PASSED_KIND = "concern passed on"
TO_BE_ACKNOWLEDGED = "a concern passed to the child’s worker, to be acknowledged"
NOTHING_WAITS = "Nothing waits to be acknowledged here."
SAID_ALREADY = "Somebody has said already that the worker has it."
NOT_YOURS = "The child’s worker, or whoever this has gone up to, says that they have it."
SAY_HOW = "Say whom you rang and what they said: the worker does not sign in to Rowan."


def refusal_to_acknowledge(
    *, waits: bool, is_theirs: bool, by_the_desk: bool, at_the_desk: bool, words: str
) -> str | None:
    """Why somebody cannot say that the worker has it, or None when they can. `by_the_desk`: the worker does not sign in, and is rung."""
    if not waits:
        return NOTHING_WAITS
    if by_the_desk and (at_the_desk or is_theirs):
        return None if words.strip() else SAY_HOW
    return None if is_theirs else NOT_YOURS
