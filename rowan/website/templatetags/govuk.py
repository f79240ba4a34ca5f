"""GOV.UK components in Django templates, and how Rowan writes a date."""

from datetime import date, datetime
from functools import cache, lru_cache

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

register = template.Library()


@cache
def _environment() -> Environment:
    # The macros import one another by this prefix.
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def _macro(component: str):
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    module = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    return getattr(module, name)


def read_component(component: str) -> None:
    """Its macro and all that the macro includes, so that whoever sees the component first does not wait for them."""
    parts = f"govuk_frontend_jinja/components/{component}/"
    for part in _environment().list_templates(filter_func=lambda name: name.startswith(parts)):
        _environment().get_template(part)
    _macro(component)


def render_component(component: str, params: dict) -> SafeString:
    """One component by its name in the GOV.UK Design System, such as "error-summary". Text is escaped; html is not."""
    return mark_safe(str(_macro(component)(params)))  # the macro escapes what it is given


def _nested(params: dict) -> dict:
    """`errorMessage__text="x"` says {"errorMessage": {"text": "x"}}: templates have no way to write that."""
    made: dict = {}
    for name, value in params.items():
        *outer, last = name.split("__")
        place = made
        for key in outer:
            place = place.setdefault(key, {})
        place[last] = value
    return made


@register.simple_tag
def govuk(component: str, **params) -> SafeString:
    if component in ON_EVERY_PAGE:
        return _rendered_once(component, tuple(params.items()))
    return render_component(component, _nested(params))


# The frame's own pieces, which say the same to everybody.
ON_EVERY_PAGE = frozenset({"skip-link", "generic-header"})


@lru_cache(maxsize=32)
def _rendered_once(component: str, params: tuple[tuple[str, str], ...]) -> SafeString:
    return render_component(component, _nested(dict(params)))


@register.simple_block_tag(end_name="endgovuk")
def govukblock(content, component: str, **params) -> SafeString:
    """A component around a piece of the page: what stands between the tags becomes its html."""
    return render_component(component, _nested(params) | {"html": content})


@register.filter
def day(value: date | datetime | None) -> str:
    """3 June 2026."""
    if not value:
        return "not known"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return f"{value.day} {value:%B %Y}"


@register.filter
def short_day(value: date | None) -> str:
    """3 Jun 2026, for tables with many dates."""
    return f"{value.day} {value:%b %Y}" if value else "not known"


@register.filter
def moment(value: datetime | None) -> str:
    """3 June 2026 at 2:05pm."""
    if not value:
        return "not known"
    return f"{day(value)} at {clock(value)}"


@register.filter
def when(value: date | datetime | None) -> str:
    """A moment as a moment, a day as a day: for what is due by either."""
    return moment(value) if isinstance(value, datetime) else day(value)


@register.filter
def clock(value: datetime) -> str:
    """2:05pm, for a line that stands under its day."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%I:%M%p}".lstrip("0").lower()


@register.filter
def error_list(form) -> list[dict]:
    """The form's errors as the error summary wants them: each linked to the first thing a person can type in."""
    found = [{"text": error} for error in form.non_field_errors()]
    for field in form:
        for error in field.errors:
            found.append({"text": error, "href": f"#{first_id(field)}"})
    return found


@register.filter
def first_id(field) -> str:
    """A group of radios or a date has no id of its own to jump to: the first of its parts has."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


def pages(page, params, anchor: str = "") -> dict:
    """GOV.UK pagination for a Paginator page, keeping the rest of the address."""

    def address(number: int) -> str:
        changed = params.copy()
        changed["page"] = str(number)
        return f"?{changed.urlencode()}{anchor}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    made: dict = {
        "items": [
            {"ellipsis": True}
            if number == page.paginator.ELLIPSIS
            else {"number": number, "href": address(number), "current": number == page.number}
            for number in numbers
        ]
    }
    if page.has_previous():
        made["previous"] = {"href": address(page.previous_page_number())}
    if page.has_next():
        made["next"] = {"href": address(page.next_page_number())}
    return made


@register.simple_tag
def pagination(page, params, anchor: str = "") -> SafeString:
    if page.paginator.num_pages == 1:
        return mark_safe("")
    return render_component("pagination", pages(page, params, anchor))


@register.filter
def is_invalid(attributes: dict) -> bool:
    """Django marks a widget with an error for screen readers; the red border follows that mark."""
    return attributes.get("aria-invalid") == "true"
