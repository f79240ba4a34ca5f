"""What a browser would send of a page without being asked: the hidden boxes of its forms."""

import re
from html import unescape

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def hidden_in(page: str, *actions: str) -> dict[str, str]:
    """The hidden boxes of the form that goes to one of these addresses (or back to the page itself), but for the token of the page."""
    for form in FORM.findall(page):
        start = dict(ATTRIBUTE.findall(form[: form.index(">")]))
        if start.get("method") == "post" and start.get("action", "").partition("#")[0] in (actions or ("",)):
            boxes = [dict(ATTRIBUTE.findall(box)) for box in HIDDEN.findall(form)]
            return {
                box["name"]: unescape(box.get("value", ""))
                for box in boxes
                if box["name"] != "csrfmiddlewaretoken"
            }
    return {}
