"""A real server that kills itself, as `kill -9` does, at the how-manieth step of its writing the file KILL_AT says; and rises again.

Started by killed_server.py as a process of its own: it serves pages from a child process, and forks another when one dies.
"""

import os
import signal
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django

WRITES = ("insert", "update", "delete")


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Countdown:
    """Counts the steps of writing from the beginning of a request, and dies at the one it is told."""

    def __init__(self, file: Path):
        self.file, self.left = file, 0

    def begin(self) -> None:
        self.left = int(self.file.read_text() or 0) if self.file.exists() else 0

    def step(self) -> None:
        if self.left:
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)

    def around_a_statement(self, execute, sql, params, many, context):
        if not sql.lstrip().lower().startswith(WRITES):
            return execute(sql, params, many, context)
        self.step()
        return execute(sql, params, many, context)


def serve(port: int, file: Path) -> None:
    from django.db import connections
    from django.db.backends.signals import connection_created

    from rowan.website.wsgi import application

    countdown = Countdown(file)
    database = type(connections["default"])
    commit = database._commit

    def committing(self):
        countdown.step()
        commit(self)
        countdown.step()

    database._commit = committing
    connection_created.connect(
        lambda connection, **_: connection.execute_wrappers.append(countdown.around_a_statement), weak=False
    )

    def counted(environ, start_response):
        countdown.begin()
        return application(environ, start_response)

    make_server("127.0.0.1", port, counted, handler_class=Quiet).serve_forever()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rowan.website.settings")
    django.setup()
    # Read once, so that each child rises in a moment.
    from django.urls import get_resolver

    import rowan.website.wsgi  # noqa: F401

    assert get_resolver().url_patterns
    while True:
        child = os.fork()
        if not child:
            serve(int(sys.argv[1]), Path(sys.argv[2]))
        _, how = os.waitpid(child, 0)
        if not os.WIFSIGNALED(how):
            sys.exit("The server ended by itself.")
