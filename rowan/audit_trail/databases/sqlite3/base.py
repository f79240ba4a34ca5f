"""Django asks each database for a module of this name."""

from django.db.backends.sqlite3 import base

from ..writing_last import WritesTheTrailLast


class DatabaseWrapper(WritesTheTrailLast, base.DatabaseWrapper):
    pass
