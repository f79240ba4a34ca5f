"""Puts what somebody had typed back into its form on a page, as she left it.

It works on the page as sent, so every form of every room is served, and none has to know that its text was once lost.
"""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

# Never kept and never put back: what proves who somebody is, and the token of the page that was lost.
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "credential", "code")
_NOT_TYPED = {"submit", "button", "image", "reset", "file", "password"}

Attributes = dict[str, str | None]


def may_be_kept(name: str) -> bool:
    return not any(word in name.lower() for word in NEVER_KEPT)


@dataclass
class _Control:
    """A piece of a form that holds something: where its tag stands, and for longer text, where that stands."""

    tag: str
    attributes: Attributes
    start: int
    end: int
    text_end: int = 0
    belongs_to: str = ""  # the name of an option's list

    @property
    def name(self) -> str:
        return self.belongs_to or self.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        return (self.attributes.get("type") or "text").lower() if self.tag == "input" else self.tag

    @property
    def value(self) -> str:
        return self.attributes.get("value") or ""


@dataclass
class _Form:
    action: str
    controls: list[_Control] = field(default_factory=list)

    def names(self) -> set[str]:
        return {control.name for control in self.controls}

    def hidden_agree(self, typed: dict[str, list[str]]) -> bool:
        hidden = [c for c in self.controls if c.kind == "hidden" and may_be_kept(c.name)]
        return all(control.value in typed.get(control.name, [""]) for control in hidden)


class _Forms(HTMLParser):
    """Every form that is sent (not merely asked with), and what is in it."""

    def __init__(self, html: str, page: str):
        super().__init__(convert_charrefs=True)
        self.page, self.found = page, list[_Form]()
        self._form: _Form | None = None
        self._list_name = ""
        self._text: _Control | None = None
        self._line_starts = [0]
        for line in html.split("\n"):
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, start = dict(attrs), self._offset()
        if tag == "form":
            sent = (attributes.get("method") or "get").lower() == "post"
            self._form = _Form(_path(attributes.get("action") or self.page)) if sent else None
            if self._form:
                self.found.append(self._form)
        elif tag == "select":
            self._list_name = attributes.get("name") or ""
        elif self._form and tag in {"input", "textarea", "option"}:
            end = start + len(self.get_starttag_text() or "")
            control = _Control(tag, attributes, start, end)
            control.belongs_to = self._list_name if tag == "option" else ""
            self._form.controls.append(control)
            self._text = control if tag == "textarea" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._list_name = ""
        elif tag == "textarea" and self._text:
            self._text.text_end, self._text = self._offset(), None

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column


def fill_in(html: str, *, page: str, action: str, typed: dict[str, list[str]]) -> str | None:
    """The page with its form filled in, or None when the form that was sent to `action` is not on it any more."""
    forms = [form for form in _Forms(html, page).found if form.action == action and form.names() & set(typed)]
    if not forms:
        return None
    # Of several alike, the one about the same thing.
    form = next((form for form in forms if form.hidden_agree(typed)), forms[0])
    waiting = {name: list(values) for name, values in typed.items()}
    pieces, done = [], 0
    for control in form.controls:
        if not control.name or not may_be_kept(control.name) or control.kind in _NOT_TYPED:
            continue
        pieces += [html[done : control.start], _filled(control, waiting, typed)]
        done = control.text_end if control.tag == "textarea" else control.end
    return "".join(pieces) + html[done:]


def _filled(control: _Control, waiting: dict[str, list[str]], typed: dict[str, list[str]]) -> str:
    attributes = dict(control.attributes)
    if control.kind in {"radio", "checkbox", "option"}:
        mark = "selected" if control.tag == "option" else "checked"
        attributes.pop(mark, None)
        if (control.value if "value" in attributes else "on") in typed.get(control.name, []):
            attributes[mark] = mark
        return _tag(control.tag, attributes)
    given = waiting.get(control.name)
    said = given.pop(0) if given else None
    if control.tag == "textarea":
        # A browser drops the first line break after the tag, so one more is written.
        return _tag("textarea", attributes) + "\n" + escape(said or "", quote=False)
    if said is not None:
        attributes["value"] = said
    return _tag(control.tag, attributes)


def _path(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]


def _tag(tag: str, attributes: Attributes) -> str:
    written = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attributes.items()
    )
    return f"<{tag}{written}>"
