"""How much of the sweep one run does: half on each database, so that `make test` does all of it once; all of it on both in `make soak`."""

import os
from collections.abc import Sequence

from django.conf import settings

WHOLE = os.environ.get("ROWAN_SWEEP") == "whole"
ON_POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]


def half_here(everything: Sequence) -> list:
    return list(everything) if WHOLE else list(everything[ON_POSTGRESQL::2])
