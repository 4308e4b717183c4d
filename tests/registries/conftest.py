"""A local server that answers as the registries do, with recorded and invented records."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest

DATASHEETS = {
    "type": "journal-article",
    "title": ["Datasheets for datasets"],
    "container-title": ["Communications of the ACM"],
    "author": [
        {"given": "Timnit", "family": "Gebru", "sequence": "first"},
        {"given": "Jamie", "family": "Morgenstern"},
        {"literal": "Datasets Working Group"},
    ],
    "published-print": {"date-parts": [[2021, 12]]},
    "issued": {"date-parts": [[2021, 11, 19]]},
    "volume": "64",
    "issue": "12",
    "page": "86-92",
    "publisher": "Association for Computing Machinery (ACM)",
    "DOI": "10.1145/3458723",
}
"""The facts of a published article, as Crossref gives them."""

HOSTILE = {
    "type": "proceedings-article",
    "title": "A &lt;i&gt;GitHub&lt;/i&gt; study of 100% of R&D {at} scale, _now_ for $5",
    "container-title": ["Proc. \\evil{ of X"],
    "author": [{"family": "Ng", "given": "A."}, {"name": "OpenAI"}, "junk", {"given": "Mononym"}],
    "issued": {"date-parts": [["2020"]]},
    "page": "12–19",
    "DOI": "10.5555/HOSTILE",
}

PREPRINT = {
    "type": "article",
    "title": "A Preprint about RAG",
    "author": [{"family": "Roe", "given": "Ann"}],
    "issued": {"date-parts": [[2024]]},
    "publisher": "arXiv",
    "DOI": "10.48550/arXiv.2401.05856",
}

DOIS = {
    "10.1145/3458723": DATASHEETS,
    "10.5555/hostile": HOSTILE,
    "10.48550/arXiv.2401.05856": PREPRINT,
    "10.5555/odd": ["no", "record"],
}

BOOK = {
    "ISBN:9780262049726": {
        "title": "Machine Learning in Production",
        "authors": [{"name": "Christian Kastner"}],
        "publishers": [{"name": "MIT Press"}],
        "publish_date": "April 2025",
        "number_of_pages": 624,
    }
}


class Registry(ThreadingHTTPServer):
    """Answers below /doi, /crossref, /arxiv, /books and counts what it is asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.busy_times = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    """One answer."""

    server: Registry

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        path = unquote(self.path)
        self.server.asked[path.split("?")[0]] += 1
        self.server.agents.add(self.headers.get("User-Agent", ""))
        if path.startswith("/doi/10.5555/busy") and self.server.busy_times:
            self.server.busy_times -= 1
            self.answer(429, "slow down", {"Retry-After": "0"})
        elif path.startswith("/doi/"):
            found = DOIS.get(path.removeprefix("/doi/"), DATASHEETS if "busy" in path else None)
            self.answer(200, json.dumps(found)) if found else self.answer(404, "no")
        elif path.startswith("/crossref/works"):
            items = [{**DATASHEETS, "title": ["Datasheets for Data Sets II"], "DOI": "10.5555/no"}]
            self.answer(200, json.dumps({"message": {"items": [*items, DATASHEETS]}}))
        elif path.startswith("/arxiv/"):
            known = "<arxiv:doi>10.5555/Published</arxiv:doi>" if "2401.05856" in path else ""
            self.answer(200, f"<feed>{known}</feed>")
        elif path.startswith("/books/"):
            self.answer(200, json.dumps(BOOK if "9780262049726" in path else {}))
        elif path.startswith("/page/article"):
            self.answer(200, '<meta name="citation_doi" content="doi:10.1145/3458723">')
        elif path.startswith("/page/blog"):
            self.answer(
                200,
                '<title>x</title><meta property="og:title" content="A Post">'
                '<meta property="article:published_time" content="2023-04-05">'
                '<meta property="og:site_name" content="The Blog">',
            )
        else:
            self.answer(404, "no")

    def answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """Give the server; commands and clients find it by the environment."""
    server = Registry()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("COURSEBIB_REGISTRIES", server.address)
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)
