"""The one settings file; everything a school sets comes from the environment.

BELONG_HOME      folder for the database, keys, uploads and static files (default ./var)
DATABASE_URL     postgres://… for many schools; SQLite in BELONG_HOME where absent
BELONG_HOSTS     host names served, comma-separated (default localhost)
BELONG_URL       the address people type, for links in mails (default the first host name)
BELONG_HTTPS     1 where a certificate or a proxy gives HTTPS
BELONG_BEHIND_PROXY  1 where a proxy stands in front and says who asks (X-Forwarded-For)
BELONG_SECURITY_CONTACT  mailto:… or https://… for /.well-known/security.txt; no such file where absent
BELONG_DEMO      1 for the demo school: sign-in by one tap, clearly labelled
BELONG_MAIL_URL  smtp://user:password@host:port; mail is written to BELONG_HOME/mail where absent
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF

from belong.content.translations import ENGLISH, languages

os.umask(0o077)  # whatever belong writes is its owner's alone: database, keys, uploads, backups, mails
HOME = Path(os.environ.get("BELONG_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
BELONG_HOME = HOME
DEMO = os.environ.get("BELONG_DEMO") == "1"
HTTPS = os.environ.get("BELONG_HTTPS") == "1"
BEHIND_PROXY = os.environ.get("BELONG_BEHIND_PROXY") == "1"
DEBUG = False


def _secret_key() -> str:
    """The signing key: from the environment, or made once and kept in BELONG_HOME readable by its owner only."""
    if key := os.environ.get("BELONG_SECRET_KEY"):
        return key
    path = HOME / "secret.key"
    if not path.exists():
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "belong.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
            "TEST": {"NAME": None},
        }
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit(f"DATABASE_URL begins with {parts.scheme}://; belong knows postgres:// only.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


SECRET_KEY = _secret_key()
BELONG_URL = os.environ.get("BELONG_URL", "")
ALLOWED_HOSTS = os.environ.get("BELONG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]

INSTALLED_APPS = [
    "belong.site.apps.SiteConfig",
    "belong.tell.apps.TellConfig",
    "belong.see.apps.SeeConfig",
    "belong.act.apps.ActConfig",
    "belong.notice.apps.NoticeConfig",
    "belong.ask.apps.AskConfig",
    "belong.guard.apps.GuardConfig",
    "belong.people.apps.PeopleConfig",
    "belong.base.apps.BaseConfig",
    "belong.web.apps.WebConfig",
    "rules",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "belong.site.middleware.visitor_address",
    "belong.site.headers.everywhere",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "belong.site.headers.policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "belong.web.languages.in_page_language",
    "django.middleware.common.CommonMiddleware",
    "belong.site.shortcut.to_the_questionnaire",  # what stands below is for whoever may be signed in
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "belong.site.middleware.school_scope",
    "belong.people.signing_in.middleware.signed_in",
    "belong.site.middleware.refusals",
]

ROOT_URLCONF = "belong.site.urls"
WSGI_APPLICATION = "belong.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "belong.site.context.shell",
            ],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["belong.people.signing_in.backend.NameOrMail"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# allauth holds second factors and the list of sessions; pages, limits and mails are ours
# (belong.people.signing_in), and none of its own addresses is included.
SECOND_FACTOR = not DEMO
ACCOUNT_ADAPTER = "belong.people.signing_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "belong.people.signing_in.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10

BRIEFLY = 5.0  # seconds for which a process keeps what a class reads at once (belong.base.briefly)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [(LANGUAGE_CODE if one.code == ENGLISH else one.code, one.name) for one in languages()]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

SESSION_ENGINE = "belong.people.signing_in.store"
SESSION_COOKIE_NAME = "__Host-belong" if HTTPS else "belong"
CSRF_COOKIE_NAME = "__Host-belong-form" if HTTPS else "belong-form"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # `belong serve` never listens to plain HTTP off this machine, so there is nothing to redirect
    "security.W021",  # a school's domain is not ours to put on browsers' preload lists
]
SECURITY_CONTACT = os.environ.get("BELONG_SECURITY_CONTACT", "").strip().replace("\n", " ")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_TIMEOUT = 20
if mail := os.environ.get("BELONG_MAIL_URL"):
    server = urlparse(mail)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = server.hostname or ""
    EMAIL_PORT = server.port or 587
    EMAIL_HOST_USER = unquote(server.username or "")
    EMAIL_HOST_PASSWORD = unquote(server.password or "")
    EMAIL_USE_TLS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "belong.site.logs.Plain",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
