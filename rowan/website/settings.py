"""Every setting of the site, read once at start; a missing one says what it is and where to get it."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from rowan.home import serves
from rowan.website.signing_keys import signing_keys

CHECKOUT = Path(__file__).resolve().parent.parent.parent

# Where everything Rowan keeps lies; a scratch ROWAN_HOME is a whole separate Rowan.
ROWAN_HOME = Path(os.environ.get("ROWAN_HOME") or CHECKOUT / "var").resolve()
# One file of keys per home, outside the home and outside its backups.
ROWAN_KEYS = Path(os.environ.get("ROWAN_KEYS") or CHECKOUT / "keys").resolve()

DEBUG = False
ALLOWED_HOSTS = os.environ.get("ROWAN_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
# Plain cookies over http are for a Rowan that answers to this machine's own names alone. Any other name means service: https, and
# cookies that a browser sends nowhere else.
SERVED_ON_LOOPBACK = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}
# The demonstration listens here only; a home in service sits behind its own front server.
LISTEN_HOST = os.environ.get("ROWAN_LISTEN", "127.0.0.1")
LISTEN_PORT = int(os.environ.get("ROWAN_PORT", "8000"))


# Empty where a home in service has none: then whatever needs it fails, and `rowan serve` says what to do.
SECRET_KEY, *SECRET_KEY_FALLBACKS = signing_keys(
    ROWAN_KEYS, in_service=serves(ROWAN_HOME, only_this_machine=SERVED_ON_LOOPBACK)
) or [""]


def database() -> dict:
    """PostgreSQL when DATABASE_URL names it; otherwise SQLite in ROWAN_HOME, for a first look."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        ROWAN_HOME.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "rowan.audit_trail.databases.sqlite3",
            "NAME": ROWAN_HOME / "rowan.sqlite3",
            "OPTIONS": {
                # Readers go on while one writer writes; a writer takes its lock at the start instead of failing halfway.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
            },
        }
    return {
        "ENGINE": "rowan.audit_trail.databases.postgresql",
        **postgresql(url, "DATABASE_URL"),
        "CONN_MAX_AGE": 60 * 60,
        # What is asked alike is planned at its second time and kept so (rowan/asked_alike.py); all else is planned as it is asked.
        "OPTIONS": {"prepare_threshold": 1, "options": "-c plan_cache_mode=force_generic_plan"},
    }


def postgresql(url: str, variable: str) -> dict:
    """Where a PostgreSQL is, and as whom to sign in to it."""
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{variable} must look like postgresql://user:password@host/name; leave it empty for SQLite in ROWAN_HOME."
        )
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A unix socket's folder is given percent-encoded as the host.
        "HOST": unquote(parts.hostname or "")
        if "%" not in parts.netloc
        else unquote(parts.netloc.rpartition("@")[2].split(":")[0]),
        "PORT": parts.port or "",
    }


def database_owner() -> dict:
    """The role that owns the tables and alone may change their shape (`rowan migrate`); the application signs in as another."""
    url = os.environ.get("ROWAN_OWNER_URL", "")
    if not url or not os.environ.get("DATABASE_URL"):
        return {}
    return {name: value for name, value in postgresql(url, "ROWAN_OWNER_URL").items() if name != "NAME"}


DATABASES = {"default": database()}
DATABASE_OWNER = database_owner()
DATABASE_APPLICATION_ROLE = DATABASES["default"].get("USER", "")
# A second folder for the trail's anchors, out of reach of whoever reaches this home: another disk, another machine.
ROWAN_ANCHORS = Path(os.environ["ROWAN_ANCHORS"]).resolve() if os.environ.get("ROWAN_ANCHORS") else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The rooms, in the order of a child's story.
ROOMS = [
    "rowan.audit_trail",
    "rowan.agencies",
    "rowan.timescales",
    "rowan.notices",
    "rowan.access",
    "rowan.records",
    "rowan.places",
    "rowan.matching",
    "rowan.people",
    "rowan.chronology",
    "rowan.questions",
    "rowan.sharing",
    "rowan.concerns",
    "rowan.missing",
    "rowan.assessments",
    "rowan.plans",
    "rowan.meetings",
    "rowan.escalation",
    "rowan.single_view",
    "rowan.website",
    "rowan.pipeline",
    "rowan.synthetic",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]
AUTH_USER_MODEL = "agencies.Practitioner"
AUTHENTICATION_BACKENDS = ["rowan.agencies.backend.SignedInBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Signing in is django-allauth's work, by Rowan's pages and words (rowan/agencies).
ACCOUNT_ADAPTER = "rowan.agencies.adapters.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "rowan.agencies.forms.SignInForm",
    "reauthenticate": "rowan.agencies.forms.ConfirmPasswordForm",
    "change_password": "rowan.agencies.forms.ChangePasswordForm",
}
# A whole council may come from one address; one name is tried five times in five minutes, from wherever.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "30/m/ip,5/5m/key"}
# How many of our own front servers stand before Rowan, and so how far the caller's address is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ROWAN_FRONT_SERVERS", "0"))
MFA_ADAPTER = "rowan.agencies.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# The clock of a phone may be half a minute out.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "rowan.agencies.forms.CodeForm",
    "reauthenticate": "rowan.agencies.forms.ConfirmCodeForm",
    "activate_totp": "rowan.agencies.forms.EnrolAppForm",
    "add_webauthn": "rowan.agencies.forms.AddPasskeyForm",
    "edit_webauthn": "rowan.agencies.forms.RenamePasskeyForm",
}
# An agency's own sign-in (OpenID Connect): which ones there are stands in the web database, and each is asked by Rowan's own rules.
SOCIALACCOUNT_ADAPTER = "rowan.agencies.own_sign_in_protocol.OwnSignInAdapter"
# What limits how often is counted in the web database, so that it holds for all of Rowan's processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "agencies_remembered",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# What a page says once waits in the session, sealed, not in a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "rowan.agencies.sessions"
# Signed out after so long without a page, and at the end of a working day whatever is done.
SIGNED_IN_IDLE_FOR = timedelta(minutes=int(os.environ.get("ROWAN_IDLE_MINUTES", "30")))
SIGNED_IN_AT_MOST = timedelta(hours=int(os.environ.get("ROWAN_SESSION_HOURS", "10")))

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "rowan.website.middleware.pages_ask_the_browser_for_nothing",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "rowan.website.middleware.only_looks_and_forms",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rowan.agencies.middleware.sessions_have_limits",
    "rowan.agencies.middleware.whole_sign_in_only",
    "rowan.agencies.middleware.typed_text_comes_back",
    "rowan.website.middleware.rows_are_read_with_the_readers_eyes",
    "rowan.website.middleware.a_page_is_of_one_night",
    "rowan.website.middleware.a_look_asks_nothing_twice",
    "rowan.website.middleware.sign_in_required",
    "rowan.website.middleware.refusals_as_pages",
    "rowan.website.middleware.personal_pages_are_not_kept",
]
ROOT_URLCONF = "rowan.website.urls"
WSGI_APPLICATION = "rowan.website.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CHECKOUT / "rowan" / "website" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rowan.website.context.frame",
            ],
            "builtins": ["rowan.website.templatetags.govuk"],
        },
    }
]

# No nonce and no hash: nothing inline is allowed at all (docs/adr/0030).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rowan.website.views.send_again"
# Who signed in last in this browser, signed: for whom to keep a form that arrives too late.
TYPIST_COOKIE_NAME = "rowan-typist"
if not SERVED_ON_LOOPBACK:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-rowan-session", "__Host-rowan-form"
    TYPIST_COOKIE_NAME = "__Host-rowan-typist"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # The front server ends TLS and says so; it must set this header itself and drop a caller's own.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_AGE = int(SIGNED_IN_AT_MOST.total_seconds())

# An upload is held in memory while it is looked at, never in a clear file on the disk; too large a one is let go as it comes.
FILE_UPLOAD_HANDLERS = ["rowan.website.uploads.InMemoryAndNoLarger"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# Where ClamAV's daemon listens: unix:///run/clamav/clamd.ctl or tcp://host:3310. Once named, no upload is taken without it.
CLAMAV = os.environ.get("ROWAN_CLAMAV", "")

# Work for later lies in the web database, put there in the act's own transaction; `rowan worker` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Mail says only "something needs you", with a link to this address. Without a mail server or a Notify key nobody is mailed.
ROWAN_ADDRESS = os.environ.get("ROWAN_ADDRESS", f"http://localhost:{LISTEN_PORT}").rstrip("/")
SMTP_URL = os.environ.get(
    "ROWAN_SMTP_URL", ""
)  # smtp://user:password@host:port, smtps://… or smtp+starttls://…
MAIL_FROM = os.environ.get("ROWAN_MAIL_FROM", "rowan@localhost")
NOTIFY_KEY = os.environ.get("ROWAN_NOTIFY_KEY", "")  # of GOV.UK Notify: name-service-secret
NOTIFY_TEMPLATE = os.environ.get("ROWAN_NOTIFY_TEMPLATE", "")  # its one field is ((link))
NOTIFY_URL = os.environ.get("ROWAN_NOTIFY_URL", "https://api.notifications.service.gov.uk").rstrip("/")

# Whose Rowan this is, and whom to ask about one's data: said in the privacy notices.
COUNCIL_ADDRESS = os.environ.get("ROWAN_COUNCIL_ADDRESS", "")
DATA_PROTECTION_OFFICER = os.environ.get("ROWAN_DATA_PROTECTION_OFFICER", "")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in [CHECKOUT / "build" / "static"] if path.exists()]
STATIC_ROOT = CHECKOUT / "build" / "collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if (STATIC_ROOT / "staticfiles.json").exists() and not os.environ.get("ROWAN_PLAIN_STATIC")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"what": {"()": "rowan.website.logs.SaysWhatNeverWho"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "what"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
