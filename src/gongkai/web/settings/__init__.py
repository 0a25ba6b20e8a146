"""平台设置 — from the environment, with defaults that run on one machine at once; nothing secret in the package.

`GONGKAI_DATA`: the data folder. `GONGKAI_DATABASE_URL`: PostgreSQL instead of the embedded database.
`GONGKAI_SECRET`: the secret, otherwise made once in the data folder. `GONGKAI_HOSTS`: names under which the platform
is reached, separated by commas. `GONGKAI_HTTPS`: the platform stands behind a proxy with https, one of
`GONGKAI_PROXIES`. `GONGKAI_DIGEST`: sm3 or sha256.
`GONGKAI_CLAMD`: the virus scanner. `GONGKAI_S3_BUCKET` and what goes with it: a store for files (file_store.py).
"""

import os
from pathlib import Path

from gongkai import __version__
from gongkai.web.given import Given
from gongkai.web.settings.data_folder import default_folder, kept_secret
from gongkai.web.settings.file_store import kept_files
from gongkai.web.settings.hosts import hosts, named, network

_given = Given(os.environ)

DATA: Path = Path(os.environ.get("GONGKAI_DATA") or default_folder())
VERSION = __version__
SECRET_KEY = _given.secret("GONGKAI_SECRET", 16) or kept_secret(DATA)
DEBUG = False
SITE_FILE = DATA / "site.toml"
ALLOWED_HOSTS = hosts(_given.listed("GONGKAI_HOSTS", [], named, "gongkai.example.cn,10.1.2.3"), SITE_FILE)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

ROOT_URLCONF = "gongkai.web.urls"
WSGI_APPLICATION = "gongkai.web.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "gongkai.web.worker",
    "gongkai.web.api",
    "gongkai.web.portal",
    "gongkai.web.annual",
    "gongkai.web.holdings",
    "gongkai.web.files",
    "gongkai.web.bodies",
    "gongkai.web.journal",
    "gongkai.web.look",
]
AUTH_USER_MODEL = "bodies.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "bodies:sign-in"
LOGIN_REDIRECT_URL = "holdings:desk"
MIDDLEWARE = [
    "gongkai.web.patience.PatienceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "gongkai.web.look.statics.StaticsMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.web.look.preferences.PreferencesMiddleware",
    "gongkai.web.look.refused.RefusedMiddleware",
    "gongkai.web.bodies.noting.NotingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongkai.web.bodies.gate.GateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["gongkai.web.look.templatetags.look", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

_SQLITE = {
    "ENGINE": "gongkai.web.settings.embedded",
    "NAME": DATA / "gongkai.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    },
}
WRITING_SECONDS = _given.number("GONGKAI_WRITING_SECONDS", 20, 1, 600)
"""写入最多等多少秒 — for those who write at the same time; then a page says so (docs/adr/0023)."""
DATABASES = {"default": _given.database("GONGKAI_DATABASE_URL") or _SQLITE}

DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}

# 收请求: threads for those who read and for those who write; bodies wait on disk until they are whole.
READING_THREADS = _given.whole("GONGKAI_READING_THREADS", 16, 1, 1024)
WRITING_THREADS = _given.whole("GONGKAI_WRITING_THREADS", 8, 1, 256)
ARRIVING_FOLDER = DATA / "arriving"
ARRIVING_SILENT_SECONDS = _given.number("GONGKAI_ARRIVING_SILENT_SECONDS", 30, 1, 3600)
ARRIVING_LEAST_RATE = _given.number("GONGKAI_ARRIVING_LEAST_RATE", 1024)
ARRIVING_FREE_SHARE = _given.number("GONGKAI_ARRIVING_FREE_SHARE", 0.2, 0.01, 1)
FORM_BYTES = DATA_UPLOAD_MAX_MEMORY_SIZE = _given.whole("GONGKAI_FORM_BYTES", 4 * 1024**2, 64 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _given.zone("GONGKAI_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# 反向代理: with https before the platform, what its proxies (no others) say of a request is believed.
_HTTPS = _given.yes("GONGKAI_HTTPS")
_NEAR = [network("127.0.0.0/8"), network("::1")] if _HTTPS else []
PROXIES = _given.listed("GONGKAI_PROXIES", _NEAR, network, "10.1.2.3,10.2.0.0/16")
_HSTS_SECONDS = _given.whole("GONGKAI_HSTS_SECONDS", 365 * 24 * 3600)
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = _HSTS_SECONDS
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked by the machine itself
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_NAME = "gongkai_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gongkai.web.bodies.views.leaving.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# 办理记录: the algorithm of what is written from now on; what is written keeps its own.
JOURNAL_ALGORITHM = _given.one_of("GONGKAI_DIGEST", "sm3", "sha256")

# The clock has been looked at and is right: what is written down may be older than an entry made while it was wrong.
CLOCK_IS_RIGHT = _given.yes("GONGKAI_CLOCK_IS_RIGHT")

# 身份鉴别 (GB/T 22239-2019): each may be set stricter by the environment.
SIGN_IN_FAILURES = _given.whole("GONGKAI_SIGN_IN_FAILURES", 5, 1, 100)
SIGN_IN_NAME_FAILURES = _given.whole("GONGKAI_SIGN_IN_NAME_FAILURES", 20, 1, 1000)
SIGN_IN_ADDRESS_FAILURES = _given.whole("GONGKAI_SIGN_IN_ADDRESS_FAILURES", 15, 1, 1000)
SIGN_IN_LOCK_MINUTES = _given.whole("GONGKAI_SIGN_IN_LOCK_MINUTES", 30, 1, 24 * 60)
VISIT_HOURS = _given.whole("GONGKAI_VISIT_HOURS", 12, 1, 24)
IDLE_MINUTES = _given.whole("GONGKAI_IDLE_MINUTES", 20, 1, 8 * 60)
PASSWORD_LENGTH = _given.whole("GONGKAI_PASSWORD_LENGTH", 10, 8, 64)
PASSWORD_DAYS = _given.whole("GONGKAI_PASSWORD_DAYS", 90, 1, 3650)
PASSWORD_HISTORY = _given.whole("GONGKAI_PASSWORD_HISTORY", 5, 0, 24)
SIGN_IN_DAYS_KEPT = _given.whole("GONGKAI_SIGN_IN_DAYS_KEPT", 365, 183, 36500)
# Whose sign-in needs a one-time code as well: administrators, all or none.
SECOND_FACTOR = _given.one_of("GONGKAI_SECOND_FACTOR", "administrators", "all", "none")

# 后台任务: kept in the database, so that none is lost, and done by the worker of `gongkai serve`.
# 后台的道: each is done beside the others, so that what is short never waits for what is long.
LANES = ("default", "files", "long", "slow")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": list(LANES)}}

# 词库: the dictionaries of this county for proofreading, as TOML files.
DICTIONARIES_FOLDER = DATA / "dictionaries"
# 放假安排: years announced after this version of gongkai, as TOML files that `gongkai deadline --calendar` takes too.
CALENDARS_FOLDER = DATA / "calendars"

# 邮件: by the server that GONGKAI_EMAIL_URL names (smtp+tls://user:password@host:587); without one none is sent.
PLATFORM_ADDRESS = _given.web("GONGKAI_ADDRESS", "http://localhost:8000")
DEFAULT_FROM_EMAIL = _given.text("GONGKAI_EMAIL_FROM", "gongkai@localhost", pattern=r"[^\r\n]*[^\s@]+@[^\s@]+")
vars().update(_given.mail("GONGKAI_EMAIL_URL"))

# 工作台的各室: address, name, and what tells how much waits there for a person; None: it is not for that person.
HIDES_COPIES = ("gongkai.web.holdings.queries.hides",)
"""藏起的副本 — rules of rooms that use public copies: what one of them names is not given, though published."""
DESK_ROOMS = [
    ("holdings:desk", "工作台", "gongkai.web.holdings.queries.waiting_count"),
    ("holdings:items", "政府信息", "gongkai.web.holdings.queries.listing_count"),
    ("bodies:bodies", "主体和人员", "gongkai.web.bodies.queries.bodies_waiting"),
    ("api:tokens", "接口令牌", "gongkai.web.api.queries.tokens_waiting"),
    ("bodies:journal", "办理记录", "gongkai.web.bodies.queries.journal_waiting"),
]

# 运行状况: what rooms ask of themselves, and how many bytes of the disk must be free for all to be well.
HEALTH_CHECKS = ("gongkai.web.journal.queries.fault",)
HEALTH_NOTES = {"files": "gongkai.web.files.queries.damage", "mail": "gongkai.web.bodies.queries.unsent_heads"}
FREE_LEAST = _given.whole("GONGKAI_FREE_LEAST", 64 * 1024**2)

# 公开平台: how many bytes of pages a process keeps, packed.
PORTAL_BYTES = _given.whole("GONGKAI_PORTAL_BYTES", 192 * 1024**2)

# 附件: kept in a folder, or in an S3-compatible store; scanned by clamd where there is one.
FILES_FOLDER = DATA / "files"
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "files": kept_files(_given, FILES_FOLDER),
}
CLAMD = _given.text("GONGKAI_CLAMD", pattern=r"/.+|(?:\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}", like="127.0.0.1:3310")

# 接口: how often one token may be used in a minute.
API_CALLS_A_MINUTE = _given.whole("GONGKAI_API_CALLS_A_MINUTE", 120, 1)
# 统一身份认证: off unless a server of OpenID Connect is named (its address before /.well-known/).
OPENID_SERVER = _given.web("GONGKAI_OIDC_SERVER")
_OPENID_NAME = _given.text("GONGKAI_OIDC_NAME", "统一身份认证")
OPENID_NAME = _OPENID_NAME if OPENID_SERVER else ""
# Whose second factor counts for those who come by it: that of this platform, or whatever the other side asks for.
OPENID_SECOND_FACTOR = _given.one_of("GONGKAI_OIDC_SECOND_FACTOR", "here", "there")
OPENID_ORIGIN = _given.web("GONGKAI_OIDC_ORIGIN", OPENID_SERVER)
_CLIENT, _CLIENT_SECRET = _given.text("GONGKAI_OIDC_CLIENT", like="gongkai"), _given.secret("GONGKAI_OIDC_SECRET")
if OPENID_SERVER:
    _ALLAUTH = ["allauth.account", "allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    INSTALLED_APPS += ["allauth", *_ALLAUTH]
    MIDDLEWARE.append("allauth.account.middleware.AccountMiddleware")
    SOCIALACCOUNT_ADAPTER = "gongkai.web.bodies.openid.Adapter"
    SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
    SOCIALACCOUNT_STORE_TOKENS = False
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "county",
                    "name": OPENID_NAME,
                    "client_id": _given.together("GONGKAI_OIDC_CLIENT", "GONGKAI_OIDC_SERVER", _CLIENT),
                    "secret": _given.together("GONGKAI_OIDC_SECRET", "GONGKAI_OIDC_SERVER", _CLIENT_SECRET),
                    "settings": {"server_url": OPENID_SERVER},
                }
            ],
        }
    }
    # The browser follows the form to the other side.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(OPENID_ORIGIN)

# 核对台: what one upload may be, and how long its files live. A file's own limit is that of documents (64 MB).
DESK_FOLDER = DATA / "desk"
DESK_SECONDS = 3600
DESK_FILES = 200
DESK_BYTES = _given.whole("GONGKAI_DESK_BYTES", 2 * 1024**3, 1024**2)
DESK_FILE_SECONDS = 300
DESK_MINUTES_AN_HOUR = _given.whole("GONGKAI_DESK_MINUTES_AN_HOUR", 15, 1)
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * DESK_FILES
FILE_UPLOAD_TEMP_DIR = DESK_FOLDER / "arriving"
FILE_UPLOAD_HANDLERS = ["gongkai.web.annual.receiving.StreamedUpload"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"counted": {"()": "gongkai.web.look.logged.Counted"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["counted"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

_given.check()
