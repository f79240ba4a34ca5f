"""Django asks each database for a module of this name."""

from django.db.backends.sqlite3 import base

from ..writing_last import WritesTheTrailLast


class DatabaseWrapper(WritesTheTrailLast, base.DatabaseWrapper):
    def cursor_for_what_is_asked_alike(self):
        """SQLite's driver knows words again by itself."""
        return self.cursor()

    def with_what_never_differs(self, sql: str, params: list, told: type) -> tuple[str, list]:
        return sql, params
