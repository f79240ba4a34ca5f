"""What may come with a report from somebody without an account: a few photographs or documents, and none where only a call back is asked for."""

FILES_AT_MOST = 3
ENOUGH = f"You have added {FILES_AT_MOST} files, which is as many as we take. Take one off to add another."
A_VIRUS = (
    "The virus scanner found something in this file, so it was not kept. You can still tell us in words."
)


def refusal_of_another(already: int) -> str | None:
    return ENOUGH if already >= FILES_AT_MOST else None
