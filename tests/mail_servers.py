"""A mail server and a GOV.UK Notify on loopback, for tests: real sockets, real wire formats, a few lines each."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP (RFC 5321) to take a mail. `refuse` says how many mails it turns away first."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, address=("127.0.0.1", 0)):
        super().__init__(address, _Conversation)
        self.mails: list[bytes] = []
        self.refuse = 0
        self.slow = 0.0  # seconds a mail, for a test that kills the sender

    def handle_error(self, request, client_address):
        """A sender that was killed hangs up in the middle: that is what the test does, and no fault."""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def messages(self) -> list[Message]:
        return [message_from_bytes(mail) for mail in self.mails]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(220, "rowan tests")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith((b"EHLO", b"HELO", b"MAIL", b"RCPT", b"RSET")):
                self.say(250, "yes")
            elif verb == b"DATA":
                self.take()
            elif verb == b"QUIT":
                return self.say(221, "bye")
            else:
                self.say(502, "no")
        return None

    def take(self):
        self.say(354, "go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        time.sleep(self.server.slow)
        if self.server.refuse > 0:
            self.server.refuse -= 1
            return self.say(451, "later")
        self.server.mails.append(b"".join(lines))
        return self.say(250, "taken")

    def say(self, code: int, words: str):
        self.wfile.write(f"{code} {words}\r\n".encode())


class Notify(ThreadingHTTPServer):
    """Takes what GOV.UK Notify takes, and answers as it does."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[tuple[str, dict, dict]] = []
        self.looked_up: list[str] = []
        self.answer = 201

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Asked(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers), body))
        said = json.dumps({"id": "740e5834-3a29-46b4-9a6f-16142fde533a"}).encode()
        self.send_response(self.server.answer)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_GET(self):
        """Which notifications it took under a reference."""
        [reference] = parse_qs(urlparse(self.path).query)["reference"]
        self.server.looked_up.append(reference)
        taken = [
            {"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": body["reference"]}
            for _, _, body in self.server.asked
        ]
        said = json.dumps(
            {"notifications": [each for each in taken if each["reference"] == reference]}
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        """A test says what it wants to say itself."""


@contextmanager
def running(server) -> Iterator:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
