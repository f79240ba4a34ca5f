"""Whoever comes first after a start waits no longer than the next: a worker has read its pages before it takes a visit."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.one_database
# In a process of its own: in this one other tests have read everything already.
FIRST_VISIT = """
import sys
import rowan.website.wsgi
from django.template import engines
from django.urls import get_resolver
from rowan.website.ready import templates

kept = engines["django"].engine.template_loaders[0].get_template_cache
asked = [name for name in templates() if name not in kept]
rooms = {pattern.urlconf_name.__name__ for pattern in get_resolver().url_patterns if hasattr(pattern, "urlconf_name") and hasattr(pattern.urlconf_name, "__name__")}
print(len(templates()), asked, len(rooms & sys.modules.keys()) == len(rooms) > 10)
"""


def test_every_page_is_read_before_the_first_visit():
    told = subprocess.run(
        [sys.executable, "-c", FIRST_VISIT], capture_output=True, text=True, timeout=120, check=True
    ).stdout.split(maxsplit=1)
    assert int(told[0]) > 100
    assert told[1].strip() == "[] True"
