"""Every difference between one installation and another is an environment variable (see .env.example)."""

import os
from pathlib import Path

import dj_database_url
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def needed(name: str) -> str:
    """The value of an environment variable that this mode cannot do without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment (see .env.example).")
    return value


MODE = os.environ.get("MODE", "production")
if MODE not in ("demo", "test", "production"):
    raise ImproperlyConfigured("MODE must be demo, test or production.")
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"

DEBUG = False
SECRET_KEY = needed("SECRET_KEY")
if IS_PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 characters long in production.")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
BASE_URL = needed("BASE_URL").rstrip("/") if IS_PRODUCTION else os.environ.get("BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = needed("ALLOWED_HOSTS").split(",") if IS_PRODUCTION else ["127.0.0.1", "localhost", "testserver"]
if IS_PRODUCTION and not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL must begin with https:// in production.")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var"))
BRAND_COLOUR = os.environ.get("BRAND_COLOUR", "")
COUNCIL_NAME = os.environ.get("COUNCIL_NAME", "Exampleshire County Council")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "crispy_forms",
    "guardian",
    "pgtrigger",
    "simple_history",
    "django_linear_migrations",
    "prevent_cases.accounts",
    "prevent_cases.casework",
    "referrals",
    "safeguarding",
    "channel_panel",
]
if IS_PRODUCTION:
    INSTALLED_APPS.remove("django_linear_migrations")
else:
    INSTALLED_APPS.append("prevent_cases.demo")
PROCEDURES = ["prevent_cases.procedures.england", "prevent_cases.procedures.kent"]
DEFAULT_PROCEDURE = os.environ.get("PROCEDURE", "kent-2023-12" if IS_DEMO else "england-2023")
PUBLIC_REFERRALS = os.environ.get("PUBLIC_REFERRALS", "off") == "on"
"""Whether members of the public may refer, with a code sent to their email address."""
TRAINING_GATE = os.environ.get("TRAINING_GATE", "off") == "on"
"""Whether practitioners need a course that counts before they refer. Whoever says that it is urgent refers anyway."""

MIDDLEWARE = [
    "prevent_cases.middleware.QuietErrors",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "prevent_cases.middleware.IdleSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "prevent_cases.middleware.ActingPerson",
    "prevent_cases.keeping.KeptTyping",
    "prevent_cases.middleware.DeclaredPolicy",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "prevent_cases.urls"
WSGI_APPLICATION = "prevent_cases.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "prevent_cases.screens.every_page",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(needed("DATABASE_URL"), conn_max_age=600, conn_health_checks=True),
}
if os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])
DISABLE_SERVER_SIDE_CURSORS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "prevent_cases.accounts.backends.SeatedBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "prevent_cases.accounts.adapter.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_FORMS = {
    "login": "prevent_cases.sign_in.SignIn",
    "reset_password": "prevent_cases.sign_in.AskForReset",
    "reset_password_from_key": "prevent_cases.sign_in.NewPassword",
    "change_password": "prevent_cases.sign_in.ChangePassword",
    "confirm_login_code": "prevent_cases.public_referrals.EnterCode",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = PUBLIC_REFERRALS
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = False if MODE == "test" else {
    "login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key", "request_login_code": "20/m/ip,3/5m/key",
}  # fmt: skip
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_ENABLED = MODE != "test"
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
IDLE_SECONDS = 30 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "prevent_cases.views.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers post with "Origin: null", which CSRF refuses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "1" if IS_PRODUCTION else "0"))
AXES_IPWARE_PROXY_COUNT = PROXY_COUNT or None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "browsing-topics")
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["prevent_cases.formats"]

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "prevent_cases.static_storage.StaticStorage"
        if MODE != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILES_BUCKET = os.environ.get("FILES_BUCKET", "")
if FILES_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": FILES_BUCKET,
            "endpoint_url": os.environ.get("FILES_ENDPOINT") or None,
            "region_name": os.environ.get("FILES_REGION") or None,
            "default_acl": None,
            "file_overwrite": False,
            "object_parameters": {"ServerSideEncryption": "AES256"},
        },
    }
elif IS_PRODUCTION:
    raise ImproperlyConfigured("FILES_BUCKET is not set. Production keeps files in S3-compatible storage.")
CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "")
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = os.environ.get("UPLOAD_TEMP_DIR") or None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

NOTIFY_API_KEY = os.environ.get("NOTIFY_API_KEY", "")
NOTIFY_TEMPLATE_ID = needed("NOTIFY_TEMPLATE_ID") if NOTIFY_API_KEY else ""
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "case-service@council.example")
ADMINS: list[str] = []
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
if EMAIL_HOST:
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 30
elif IS_PRODUCTION and not NOTIFY_API_KEY:
    raise ImproperlyConfigured("Set NOTIFY_API_KEY, or EMAIL_HOST, so that notices can be sent.")
OUTBOX_DIR = DATA_DIR / "outbox"
if not EMAIL_HOST and not IS_PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(OUTBOX_DIR / "account")
DEMO_PASSWORD = "" if IS_PRODUCTION else "safe-harbour-demo-2026"

REDIS_URL = needed("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat" / "schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "casework.sweep_clocks", "schedule": 60.0, "options": {"expires": 55}},
    "send": {"task": "casework.send_notices", "schedule": 30.0, "options": {"expires": 25}},
    "scan": {"task": "casework.scan_documents", "schedule": 60.0, "options": {"expires": 55}},
    "grants": {"task": "casework.end_grants", "schedule": 3600.0, "options": {"expires": 3000}},
    "training": {
        "task": "casework.run_job",
        "args": ["remind_of_training"],
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "drafts": {"task": "casework.forget_drafts", "schedule": 3600.0, "options": {"expires": 3000}},
    "concerns": {
        "task": "casework.run_job",
        "args": ["forget_concerns"],
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "agreements": {
        "task": "casework.run_job",
        "args": ["remind_of_agreements"],
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "birthdays": {
        "task": "casework.run_job",
        "args": ["find_those_turned_18"],
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "owed_clocks": {
        "task": "casework.run_job",
        "args": ["start_owed_clocks"],
        "schedule": 300.0,
        "options": {"expires": 280},
    },
    "gaps": {"task": "casework.run_job", "args": ["remind_of_gaps"], "schedule": 3600.0, "options": {"expires": 3000}},
    "reviews": {
        "task": "casework.run_job",
        "args": ["review_access"],
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "dormant": {
        "task": "casework.run_job",
        "args": ["rest_accounts"],
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
}
JOB_MODULES = ["prevent_cases.lists.jobs", "referrals.jobs", "safeguarding.jobs"]
"""Modules with a table JOBS of what runs by itself, beside casework's own (casework/jobs.py)."""
DORMANT_DAYS = int(os.environ.get("DORMANT_DAYS") or 90)
"""An account that nobody signed in to for so many days is suspended, after a warning."""

CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_FAIL_SILENTLY = False

structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.JSONRenderer(),
    ]
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "prevent_cases.quiet_logs.IdsOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "bare"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "celery": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # guardian is asked by casework.access, never as a backend
