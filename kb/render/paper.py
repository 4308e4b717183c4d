"""HTML to PDF, by WeasyPrint where it is installed, else by a Chromium that is on the path."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from kb.errors import KbError, UsageError

__all__ = ["find_browser", "pdf"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Names of programs that print pages without a screen."""

CLOCK = re.compile(rb"/(CreationDate|ModDate) ?\((D:\d{14}[^)]*)\)")
"""Moments in a PDF; the same page is to give the same bytes."""

FILE_ID = re.compile(rb"/ID ?\[ ?<([0-9A-Fa-f]+)> ?<([0-9A-Fa-f]+)> ?\]")

PATIENCE = 120
"""Seconds after which a browser that hangs is given up."""


def find_browser() -> str | None:
    """Give the program that prints pages; `KB_BROWSER` names one."""
    named = os.environ.get("KB_BROWSER")
    return named or next((p for p in map(shutil.which, BROWSERS) if p), None)


def pdf(html: str) -> bytes:
    """Give a page as PDF, without the moment it was made.

    Raises:
        UsageError: neither WeasyPrint nor a browser is there.
        KbError: the browser failed.
    """
    if find_spec("weasyprint") is not None:
        from weasyprint import HTML  # noqa: PLC0415  optional and heavy

        return settled(HTML(string=html, url_fetcher=refuse).write_pdf())
    browser = find_browser()
    if browser is None:
        raise UsageError(
            'PDF needs WeasyPrint (pip install "coursebib[pdf]") or Chromium; '
            "write --format html and print it from a browser instead"
        )
    return settled(print_page(browser, html))


def refuse(url: str, *_: object, **__: object) -> object:
    """Load nothing from elsewhere into a document."""
    raise ValueError(f"{url}: not loaded")


def print_page(browser: str, html: str) -> bytes:
    """Let a browser print a page.

    Raises:
        KbError: it failed.
    """
    with tempfile.TemporaryDirectory() as directory:
        source, target = Path(directory, "page.html"), Path(directory, "page.pdf")
        source.write_text(html, encoding="utf-8", errors="replace")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-sandbox",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={directory}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise KbError(f"{browser}: did not print the page: {error}") from error
        if not target.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise KbError(f"{browser}: did not print the page: {said[-1] if said else 'no word'}")
        return target.read_bytes()


def settled(data: bytes) -> bytes:
    """Give a PDF whose moments are fixed, in as many bytes, so that its table of contents holds."""

    def still(found: re.Match[bytes]) -> bytes:
        moment = b"D:20200101000000" + b"Z"
        text = moment[: len(found[2])].ljust(len(found[2]), b"0")
        return found[0].replace(found[2], text)

    def same(found: re.Match[bytes]) -> bytes:
        return (
            found[0].replace(found[1], b"0" * len(found[1])).replace(found[2], b"0" * len(found[2]))
        )

    return FILE_ID.sub(same, CLOCK.sub(still, data))
