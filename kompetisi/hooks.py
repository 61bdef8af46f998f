"""How the core asks the upper apps without importing them: by names listed in the settings."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.utils.module_loading import import_string


def functions_of(setting: str) -> Iterator[Callable]:
    """The functions that a setting lists by dotted name, in that order."""
    return (import_string(name) for name in getattr(settings, setting))


def function_named(setting: str, name: str) -> Callable:
    """The function that a setting knows by this short name. Raises KeyError for another name."""
    return import_string(getattr(settings, setting)[name])
