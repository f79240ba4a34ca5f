"""How a count and a share are written in a table of figures, where some are not shown."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..by_group import TOO_FEW, Shown
from ..rules.declaration import day_in_words

register = template.Library()
NOT_SHOWN = format_html('<abbr title="not shown">{}</abbr>', "c")


@register.filter
def count_or_c(count: int | None) -> str | SafeString:
    return NOT_SHOWN if count is None else f"{count:,}"


@register.filter
def iso_day(day: str) -> str:
    """3 June 2026, of a day kept in a table of figures."""
    return day_in_words(day)


@register.filter
def in_a_thousand(of: Shown) -> str | SafeString:
    return _with_range(of, 1000, 1, "")


@register.filter
def in_a_hundred(of: Shown) -> str | SafeString:
    return _with_range(of, 100, 0, "%")


def _with_range(of: Shown, times: int, places: int, unit: str) -> str | SafeString:
    """The share, and beneath it its range."""
    if of is None:
        return NOT_SHOWN
    if of == TOO_FEW:
        return "too few"
    share, least, most = (f"{times * figure:.{places}f}" for figure in (of.share, of.least, of.most))
    return format_html(
        '{}{}<br><span class="govuk-hint govuk-!-margin-bottom-0">{} to {}</span>', share, unit, least, most
    )
