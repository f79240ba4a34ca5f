"""What a worker has behind it before its first visit, so that nobody waits for it: every page's code and every template is read."""

import gc
import re
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from django.urls import reverse

from rowan.home import is_in_service
from rowan.refusals import NotPossible

from .context import NAVIGATION
from .signing_keys import PURPOSE, signing_keys
from .templatetags.govuk import read_component

COMPONENT = re.compile(r"{% govuk(?:block)? \"([a-z-]+)\"")


def refuse_without_a_signing_key() -> None:
    """Asked before anybody is served. Anywhere but in service one was made by now."""
    if not signing_keys(settings.ROWAN_KEYS, in_service=is_in_service()):
        raise NotPossible(
            f"The key for '{PURPOSE}' is not in ROWAN_KEYS. A home in service makes none by itself, since every form and session that is open "
            f"would be lost. Put the key back, or, where there never was one, run `rowan keys make {PURPOSE}`."
        )


def be_ready() -> None:
    refuse_without_a_signing_key()
    # Looking one address up reads every room's, and with them its views and forms.
    reverse("home")
    sources = [get_template(name).template.source for name in templates()]
    for component in {NAVIGATION, *(found for source in sources for found in COMPONENT.findall(source))}:
        read_component(component)
    # What stays for good is not gone through again each time that memory is tidied.
    gc.collect()
    gc.freeze()


def templates() -> list[str]:
    """The name of every page and part of a page of Rowan's own."""
    here = settings.CHECKOUT / "rowan"
    return sorted(
        str(path.relative_to(folder))
        for folder in map(Path, engines["django"].template_dirs)
        if folder.is_relative_to(here)
        for path in folder.rglob("*.html")
    )
