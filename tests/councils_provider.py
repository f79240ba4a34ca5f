"""A council's own sign-in, as a process of its own: django-allauth's OpenID provider on this machine, with people of its own.

Run as `python councils_provider.py FOLDER PORT CAME_FROM`. What it should say besides the truth is read anew at every request from
`FOLDER/says.json`: `claims` to put into the token, and a `fault`.
"""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from functools import cache
from pathlib import Path

CLIENT_ID, CLIENT_SECRET = "rowan-at-the-council", "an-invented-client-secret"
PASSWORD = "an-invented-password-at-the-council"
# Everybody at the council who has a sign-in there; what Rowan knows of them is another matter.
PEOPLE = ["tamsin", "mirela", "colm", "nobody-in-rowan"]
# Which claim is left out, as a provider does that tells it at its userinfo address only.
LEFT_OUT = "left out"


class Provider:
    """The running process, for a test: where it is, and what it is to say."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.issuer = folder, f"http://127.0.0.1:{port}"

    def says(self, *, fault: str = "", **claims) -> None:
        fresh = self.folder / "says.fresh"
        fresh.write_text(json.dumps({"claims": claims, "fault": fault}))
        fresh.replace(self.folder / "says.json")

    def asked(self) -> list[str]:
        """The paths asked of it so far."""
        return (self.folder / "asked.txt").read_text().split()


@contextmanager
def running(folder: Path, came_from: str):
    """The council's provider, which sends people back to `came_from` and nowhere else."""
    port = free_port()
    provider = Provider(folder, port)
    provider.says()
    (folder / "asked.txt").write_text("")
    said = (folder / "said.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, __file__, str(folder), str(port), came_from],
        stdout=said,
        stderr=subprocess.STDOUT,
        env={name: value for name, value in os.environ.items() if not name.startswith("DJANGO")},
    )
    try:
        _wait_for(provider, process)
        yield provider
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        said.close()


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def _wait_for(provider: Provider, process) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{provider.issuer}/.well-known/openid-configuration", timeout=30).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError((provider.folder / "said.txt").read_text()[-2000:])


# ---- the process itself

urlpatterns: list = []


def serve(folder: Path, port: int, came_from: str) -> None:
    import django
    from django.conf import settings

    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="invented",
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "council.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            f"{__name__}.what_it_is_to_say",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SESSION_COOKIE_NAME="council-session",
        CSRF_COOKIE_NAME="council-form",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_ADAPTER=f"{__name__}.adapter",
        IDP_OIDC_PRIVATE_KEY=_new_key(),
        USE_TZ=True,
        FOLDER=folder,
        OTHER_KEY=_new_key(),
    )
    django.setup()
    from django.urls import include, path

    urlpatterns.extend(
        [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]
    )
    from allauth.core.internal import jwkkit

    # Reading a key again for every token takes longer than all else that a sign-in does.
    jwkkit.load_jwk_from_pem = cache(jwkkit.load_jwk_from_pem)
    _fill(came_from)
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    from django.core.wsgi import get_wsgi_application

    # A browser opens connections it may never use.
    server = type("Threaded", (ThreadingMixIn, WSGIServer), {"daemon_threads": True})
    make_server("127.0.0.1", port, get_wsgi_application(), server_class=server).serve_forever()


def _new_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    return (
        rsa.generate_private_key(65537, 2048)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def _fill(came_from: str) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name in PEOPLE:
        person = get_user_model().objects.create_user(name, password=PASSWORD)
        EmailAddress.objects.create(user=person, email=f"{name}@council.example", verified=True, primary=True)
    for client_id, secret in [(CLIENT_ID, CLIENT_SECRET), ("another-system", CLIENT_SECRET)]:
        client = Client(id=client_id, name="Rowan", skip_consent=True)
        client.set_secret(secret)
        client.set_scopes(["openid", "email", "profile"])
        client.set_redirect_uris(came_from.split())
        client.save()


def _to_say() -> dict:
    from django.conf import settings

    return json.loads((settings.FOLDER / "says.json").read_text())


def adapter():
    """Made once Django is set up; what the token says is what the test wrote down."""
    from allauth.idp.oidc.adapter import DefaultOIDCAdapter
    from allauth.idp.oidc.models import PrivateKey
    from django.conf import settings

    class Council(DefaultOIDCAdapter):
        def populate_id_token(self, id_token, client, scopes, **more):
            for name, value in _to_say()["claims"].items():
                if value == LEFT_OUT:
                    id_token.pop(name, None)
                else:
                    id_token[name] = value

        def get_signing_key(self):
            if _to_say()["fault"] == "another key":
                return PrivateKey(pem=settings.OTHER_KEY)
            return super().get_signing_key()

    return Council()


def what_it_is_to_say(get_response):
    from django.conf import settings
    from django.http import HttpResponse, HttpResponseRedirect

    def middleware(request):
        with (settings.FOLDER / "asked.txt").open("a") as asked:
            asked.write(request.path + "\n")
        fault, path = _to_say()["fault"], request.path
        at_token, at_configuration = path.endswith("/token"), path.endswith("openid-configuration")
        if fault == "rubbish" and at_token:
            return HttpResponse('{"access_token": [', content_type="application/json")
        if fault == "rubbish everywhere" and at_configuration:
            return HttpResponse("<h1>Under maintenance</h1>")
        if fault == "down" and at_token:
            return HttpResponse(status=500)
        if fault == "elsewhere" and at_configuration:
            return HttpResponseRedirect("https://elsewhere.example/")
        if fault == "endless" and path.endswith("jwks.json"):
            return HttpResponse(b" " * 600_000)
        response = get_response(request)
        if fault in CHANGED and at_configuration:
            said = json.loads(response.content) | {CHANGED[fault]: "https://elsewhere.example/there"}
            response.content = json.dumps(said)
        if fault in FORGED and at_token:
            said = json.loads(response.content)
            said["id_token"] = FORGED[fault](said["id_token"])
            response.content = json.dumps(said)
        if response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware


# Which address of the configuration is another host's.
CHANGED = {
    "another issuer": "issuer",
    "token elsewhere": "token_endpoint",
    "keys elsewhere": "jwks_uri",
    "page elsewhere": "authorization_endpoint",
}


def _packed(part: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def _unpacked(part: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _changed_after_signing(token: str) -> str:
    head, body, signature = token.split(".")
    return ".".join([head, _packed(_unpacked(body) | {"email": "mirela@council.example"}), signature])


def _without_signature(token: str) -> str:
    head, body, _ = token.split(".")
    return ".".join([_packed(_unpacked(head) | {"alg": "none"}), body, ""])


def _signed_with_the_secret(token: str) -> str:
    import hashlib
    import hmac

    head, body, _ = token.split(".")
    signed = f"{_packed(_unpacked(head) | {'alg': 'HS256'})}.{body}"
    made = hmac.new(CLIENT_SECRET.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(made).decode().rstrip('=')}"


FORGED = {
    "changed after signing": _changed_after_signing,
    "without signature": _without_signature,
    "signed with the secret": _signed_with_the_secret,
}

if __name__ == "__main__":
    # Django looks for this very module by name.
    sys.modules["councils_provider"] = sys.modules["__main__"]
    __name__ = "councils_provider"
    serve(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
