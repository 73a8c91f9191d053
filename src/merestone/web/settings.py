"""Django's settings for the desk, laid over those of the register. Nothing is kept on a disk: sessions end with the program."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.log import configure_logging

from merestone.register.configure import settle

HERE = Path(__file__).resolve().parent
LOOPBACK = "127.0.0.1"
IDLE = 60 * 60  # seconds after which somebody who did nothing has to sign in again

DESK = {
    "ROOT_URLCONF": "merestone.web.addresses",
    "ALLOWED_HOSTS": [LOOPBACK, "localhost"],  # another name that leads here is a page of somebody else's that wants to read ours
    "MIDDLEWARE": [
        "merestone.web.headers.headers",
        "merestone.web.failures.failures",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "merestone.web.door.door",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": [HERE / "templates", HERE.parent / "report" / "templates"],
            "OPTIONS": {"environment": "merestone.web.page.environment"},
        }
    ],
    "SESSION_ENGINE": "django.contrib.sessions.backends.cache",
    "SESSION_COOKIE_NAME": "merestone",
    "SESSION_COOKIE_AGE": IDLE,
    "SESSION_SAVE_EVERY_REQUEST": True,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "SESSION_COOKIE_SAMESITE": "Strict",
    # Not in the session: then every stranger who looks at the form would have one, and ten thousand strangers throw out who signed in.
    # A neighbour on another port may set this cookie; the Origin that a browser sends with a form gives him away all the same.
    "CSRF_COOKIE_NAME": "merestone-form",
    "CSRF_COOKIE_AGE": None,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Strict",
    "CSRF_FAILURE_VIEW": "merestone.web.failures.forged",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}},
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 1 << 16,  # a sign-in is all that is sent
    "LOGGING": {  # who looked at what is nobody's business; only errors of the program are told, on standard error
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"errors": {"class": "logging.StreamHandler", "level": "ERROR"}},
        "loggers": {name: {"handlers": ["errors"], "level": "ERROR", "propagate": False} for name in ("django", "waitress")},
    },
    "USE_I18N": False,
}


def lay(secret: bytes) -> None:
    """Settles Django for pages. `secret` signs what a browser keeps; it is new each time the program starts."""
    settle()
    for name, value in DESK.items():
        setattr(settings, name, value)
    settings.SECRET_KEY = secret.hex()
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
