"""What must be heeded before somebody is reached, on top of every page about them: the frame puts it there, no page can forget it."""

from django import template

from ..safe_contact import safe_contact_of

register = template.Library()


@register.inclusion_tag("people/_safe_contact.html")
def safe_contact(person_id: str) -> dict:
    """For readers whom `access` has let in: only a page that was shown a child has one to name."""
    return {"safe_contact": safe_contact_of([person_id])[person_id]}
