"""Translations without anything else of the platform: for commands that need no home and no database."""


def speak(language: str) -> None:
    """Load the translations and nothing else, once a process."""
    import django  # noqa: PLC0415 — help need not wait for it
    from django.conf import settings  # noqa: PLC0415

    from fieldcast.config.messages import LOCALE  # noqa: PLC0415

    paths = [str(path) for path in sorted(LOCALE.glob("*")) if path.is_dir()]
    settings.configure(LANGUAGE_CODE=language, LOCALE_PATHS=paths, USE_I18N=True)
    django.setup()
