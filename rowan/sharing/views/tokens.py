"""The token a form was made with: pressing twice sends the same one, and makes one thing."""

from uuid import UUID

from rowan.refusals import NotPossible


def token_of(request) -> UUID:
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        raise NotPossible("This form is not whole. Open the page again and send it from there.") from None
