"""Links: which may be shown as links."""

from __future__ import annotations

from urllib.parse import urlsplit

__all__ = ["is_safe_url"]

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "ftps"})
"""Schemes that a link may have on a page."""


def is_safe_url(url: str) -> bool:
    """Tell whether a link may be shown as one: a known scheme and a host, no control characters.

    Examples:
        >>> is_safe_url("https://x.org/a%20b"), is_safe_url("javascript:alert(1)")
        (True, False)
    """
    if not url or not url.isprintable() or any(c in url for c in ' <>"`\\'):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme.casefold() == "mailto":
        return "@" in parts.path
    return parts.scheme.casefold() in SAFE_SCHEMES and bool(parts.netloc)
