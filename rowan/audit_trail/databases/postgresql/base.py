"""Django asks each database for a module of this name."""

import re

from django.db.backends.postgresql import base
from psycopg.sql import Literal

from ..writing_last import WritesTheTrailLast

# How many questions a connection keeps the plan of. Pages ask some two hundred alike.
PLANS_KEPT = 400


class DatabaseOperations(base.DatabaseWrapper.ops_class):
    def last_executed_query(self, cursor, sql, params):
        """With its values, too, where they went beside the words."""
        if isinstance(cursor, base.ServerBindingCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(WritesTheTrailLast, base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def init_connection_state(self):
        super().init_connection_state()
        self.connection.prepared_max = PLANS_KEPT

    def with_what_never_differs(self, sql: str, params: list, told: type) -> tuple[str, list]:
        """A question's own constants, written into its words: a plan that knows them reads three signs of harm and not every line there is."""
        self.ensure_connection()
        left = iter(params)
        kept = []

        def word(found: re.Match) -> str:
            if found[0] == "%%" or isinstance(value := next(left), told):
                kept.extend([] if found[0] == "%%" else [value])
                return found[0]
            return Literal(value).as_string(self.connection).replace("%", "%%")

        return re.sub("%%|%s", word, sql), kept

    def cursor_for_what_is_asked_alike(self):
        """Values go beside the words and not within them, so that PostgreSQL knows the words again and plans them once (`asked_alike`)."""
        self.ensure_connection()
        usual, self.connection.cursor_factory = self.connection.cursor_factory, base.ServerBindingCursor
        try:
            return self.cursor()
        finally:
            self.connection.cursor_factory = usual
