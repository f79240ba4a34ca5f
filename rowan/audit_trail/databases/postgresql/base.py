"""Django asks each database for a module of this name."""

from django.db.backends.postgresql import base

from ..writing_last import WritesTheTrailLast


class DatabaseWrapper(WritesTheTrailLast, base.DatabaseWrapper):
    pass
