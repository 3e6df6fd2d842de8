"""Django's settings, all of them drawn from `config.environment`."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from fieldcast.config import database, environment

# Lets model fields and admin classes be written with their types, as in `ModelAdmin[Lot]`.
django_stubs_ext.monkeypatch()

ENV = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent.parent

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = ["*"] if not ENV.https else [ENV.public_url.split("//", 1)[1].split("/", 1)[0].split(":")[0]]
CSRF_TRUSTED_ORIGINS = [ENV.public_url]
PUBLIC_URL = ENV.public_url

DEMO = ENV.demo
SANDBOX = ENV.sandbox
DEMO_VIEWERS = ENV.viewers
HOLD_SECONDS = ENV.hold_seconds
AFTER_SALE_SECONDS = ENV.after_sale_seconds
PROVIDER_URL = ENV.provider_url
INBOX_WAYS = ENV.inbox_ways
PAPER_FONT = ENV.paper_font
SMS_URL = ENV.sms_url
SMS_KEY = ENV.sms_key
HOME = ENV.home
FIELD_KEY = ENV.field_key

ROOMS = [
    "accounts", "ledger", "files", "inbox", "desk", "recovery", "catalog", "joining", "trace", "live", "agreements",
    "outside",
    "trade", "settlement", "supervision", "supply", "market", "people",
]  # fmt: skip
INSTALLED_APPS = [
    "fieldcast.kit",
    *[f"fieldcast.{room}" for room in ROOMS],
    "fieldcast.api",
    "fieldcast.web",
    "fieldcast.config.tables.apps.TablesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "rules.apps.AutodiscoverRulesConfig",
    "csp",
    "ninja",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fieldcast.web.packed.pages",
    "fieldcast.web.content_policy.ContentPolicy",
    "fieldcast.web.headers.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "fieldcast.accounts.kept.once_a_request",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fieldcast.accounts.devices.remember_device",
    "fieldcast.web.middleware.TranslateProblems",
    "fieldcast.api.middleware.one_shape",
    "fieldcast.config.edge.middleware.tell_the_edge",
]
ROOT_URLCONF = "fieldcast.config.urls"
ASGI_APPLICATION = "fieldcast.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fieldcast.web.context.platform",
            ],
            "builtins": ["fieldcast.web.templatetags.fieldcast"],
        },
    }
]
DATABASES: dict[str, dict[str, Any]] = {"default": database.django_settings(ENV)}
DATABASE_OWNER_URL = ENV.database_owner_url  # for migrations alone; processes that serve are not told
DATABASE_OWNS_ITS_TABLES = database.owns_its_tables(ENV)  # asked by `check --deploy`
# Shared by the page processes, so that allauth's limits are one count and not one a process
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "fieldcast.accounts.sign_in.SlowsGuessing",  # first: it counts every password before any is looked at
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "fieldcast.accounts.passwords.NotTheNumber"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
# Limits on signing in count by address: how many proxies in front of us add one to X-Forwarded-For
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
ACCOUNT_ADAPTER = "fieldcast.accounts.adapter.PhoneAdapter"
ACCOUNT_FORMS = {"signup": "fieldcast.accounts.passwords.SignUpForm"}
# Wrong passwords are counted by `accounts.tries`, for every form that takes one; the rest by allauth itself
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "30/m/ip", "signup": "20/m/ip,100/h/ip"}
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_PREVENT_ENUMERATION = False  # it would need an SMS to whoever owns the number, and there is none
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None

LANGUAGE_CODE = ENV.language
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = sorted(str(path) for path in (PACKAGE / "locale").glob("*") if path.is_dir())
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.home / "static"
STATICFILES_DIRS = [
    (prefix, path)
    for prefix, path in {
        "vendor/htmx": PROJECT / "node_modules" / "htmx.org" / "dist",
        "vendor/hls": PROJECT / "node_modules" / "hls.js" / "dist",
        "vendor/echarts": PROJECT / "node_modules" / "echarts" / "dist",
        "vendor/idb": PROJECT / "node_modules" / "idb" / "build",
        "vendor/tabler": PROJECT / "node_modules" / "@tabler" / "core" / "dist" / "css",
    }.items()
    if path.is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = ENV.home / "media"
MEDIA_URL = "/media/"
FILE_UPLOAD_HANDLERS = [
    "fieldcast.config.uploads.ShortNames",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
if ENV.https:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "fieldcast.config.logs.ShortLines",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
