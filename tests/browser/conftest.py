"""The real server and a real Chromium: one server for all tests, one browser for each module.

Playwright's event loop runs as long as its browser, and no other may run beside it: hence a browser for each
module instead of one for all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def serving(database: Path, source: Path) -> Iterator[str]:
    """Run `kb serve` on a free port and give its address without the last slash."""
    command = [
        sys.executable,
        "-m",
        "cli.app",
        "serve",
        "--port",
        "0",
        "--db",
        str(database),
        "--source",
        str(source),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    try:
        line = process.stdout.readline()
        assert " at http://" in line, line
        yield line.split(" at ")[1].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture(scope="session")
def server(database: Path, project: Path) -> Iterator[str]:
    """Give the address of the real collection's site."""
    with serving(database, project) as address:
        yield address


@pytest.fixture(scope="session")
def serve():
    """Give the function that serves another database, as a context manager."""
    return serving


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the directory that keeps the screenshots: COURSEBIB_SCREENSHOTS, or a temporary one."""
    folder = Path(os.environ.get("COURSEBIB_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def browser(need) -> Iterator[object]:
    """Give a running Chromium; without one the tests are skipped, or fail where COURSEBIB_REQUIRED names browser."""
    need("browser", CHROMIUM, "no chromium: pages were NOT tested; apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def tab(browser, server: str) -> Iterator[object]:
    """Give an empty page; whatever the console reports, or a request to another host, fails the test."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(10_000)
    problems: list[str] = []
    page.on(
        "console",
        lambda message: (
            problems.append(f"console: {message.text}")
            if message.type in {"error", "warning"}
            else None
        ),
    )
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((server, "data:"))
            else problems.append(f"elsewhere: {request.url}")
        ),
    )
    yield page
    context.close()
    assert problems == []
