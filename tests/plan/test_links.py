"""Links asked of a real server: reached, moved, dead, refused, slow; remembered; without a network."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.plan.link_answers import Answer, read_cache, write_cache
from kb.plan.link_reach import Manners, ask_all

QUICK = Manners(pause=0.0, timeout=0.6)


class Site(ThreadingHTTPServer):
    """A web server that counts what it is asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Pages)
        self.asked: Counter[tuple[str, str]] = Counter()
        self.agents: set[str] = set()
        self.busy = self.most_busy = 0
        self.guard = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Pages(BaseHTTPRequestHandler):
    server: Site

    def answer(self) -> None:
        site = self.server
        with site.guard:
            site.asked[self.command, self.path] += 1
            site.agents.add(self.headers["User-Agent"])
            site.busy += 1
            site.most_busy = max(site.most_busy, site.busy)
        name = self.path.strip("/").split("?")[0]
        if name == "slow":
            time.sleep(2)
        elif name.startswith("page"):
            time.sleep(0.02)
        status, to = {
            "gone": (404, ""), "removed": (410, ""), "moved": (301, "/ok"), "elsewhere": (302, "/ok"), "circle": (301, "/circle"),
            "forbidden": (403, ""), "broken": (500, ""), "headless": (405 if self.command == "HEAD" else 200, ""),
            "wrong-head": (404 if self.command == "HEAD" else 200, ""),
        }.get(name, (200, ""))  # fmt: skip
        with site.guard:
            site.busy -= 1
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("ok", "ok", 200), ("headless", "ok", 200), ("wrong-head", "ok", 200), ("elsewhere", "ok", 200), ("moved", "moved", 200), ("gone", "dead", 404),
        ("removed", "dead", 410), ("circle", "dead", None), ("forbidden", "unclear", 403), ("broken", "unclear", 500), ("slow", "unclear", None),
    ],
)  # fmt: skip
def test_answers_of_a_server(site: Site, path: str, state: str, status: int | None) -> None:
    url = f"{site.address}/{path}"
    reached = ask_all([url], QUICK)
    assert reached.online
    answer = reached.answers[url]
    assert (answer.state, answer.status) == (state, status)
    if path == "moved":
        assert answer.final == f"{site.address}/ok"


def test_asks_politely(site: Site) -> None:
    urls = [f"{site.address}/page{n}" for n in range(12)]
    seen: list[tuple[int, int]] = []
    reached = ask_all([*urls, urls[0]], QUICK, lambda host, done, total: seen.append((done, total)))
    assert {a.state for a in reached.answers.values()} == {"ok"}
    assert all(count == 1 for count in site.asked.values()), "each address once, with HEAD alone"
    assert {method for method, _ in site.asked} == {"HEAD"}
    assert site.most_busy == 1, "one request at a time to a host"
    assert seen == [(n, 12) for n in range(1, 13)]
    (agent,) = site.agents
    assert agent.startswith("coursebib/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_a_network_nothing_is_judged() -> None:
    reached = ask_all([f"http://127.0.0.1:{free_port()}/{n}" for n in range(3)], QUICK)
    assert (reached.answers, reached.online) == ({}, False)


def test_one_server_that_is_down_is_dead_when_others_answer(site: Site) -> None:
    down = f"http://127.0.0.1:{free_port()}/"
    reached = ask_all([down, f"{site.address}/ok"], QUICK)
    assert reached.answers[down].state == "dead"
    assert "no connection to 127.0.0.1" in reached.answers[down].why


def test_answers_are_remembered_by_age(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    ages = {"new": 1, "old": 9, "future": -2}
    stored = {
        name: Answer("ok", 200, "200 OK", name, (now - timedelta(days=age)).isoformat())
        for name, age in ages.items()
    }
    stored["dead"] = Answer("dead", 404, "404", "dead", (now - timedelta(days=2)).isoformat())
    write_cache(tmp_path / "c.json", stored)
    assert set(read_cache(tmp_path / "c.json", 7)) == {"new"}, (
        "a dead link is asked again after a day"
    )
    for broken in (
        "",
        "[]",
        '{"answers": {"x": {"state": 1}}}',
        '{"answers": {"x": {"state":"ok","status":1,"why":"","final":"","checked":"never"}}}',
    ):
        (tmp_path / "c.json").write_text(broken)
        assert read_cache(tmp_path / "c.json", 7) == {}


def course(tree, site: Site, waiver: str = "") -> Path:
    bib = "".join(
        f"@misc{{{key}, title={{Work {key}}}, author={{Person, A.}}, year={{2020}}, url={{{site.address}/{path}}}}}\n"
        for key, path in (
            ("a", "gone"),
            ("b", "moved"),
            ("c", "ok"),
            ("d", "removed"),
            ("e", "forbidden"),
        )
    )
    semester = "id: F{0}\nterm: fall\nyear: {0}\ntitle: C\nsessions:\n  - {{date: {0}-10-03, readings: [{1}]}}\n"
    return tree({
        "bib/a.bib": bib,
        "quizzes/F2020.yaml": semester.format(2020, f"{{work: a, url: '{site.address}/elsewhere'}}"),
        "quizzes/F2021.yaml": semester.format(2021, f"{{work: a, url: '{site.address}/gone#part'}}, {{work: c}}") + waiver,
    })  # fmt: skip


def check(root: Path, *words: str):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(app, ["check", *words, "--source", str(root)])


def test_check_reach_reports_once_and_proposes_what_is_known_elsewhere(tree, site: Site) -> None:
    root = course(tree, site)
    result = check(root, "--reach", "--all")
    assert result.exit_code == 0, "what is not there is a warning"
    assert check(root, "--reach", "--strict").exit_code == 1
    lines = [line for line in result.stdout.splitlines() if "[link-" in line]
    dead = next(line for line in lines if "/gone" in line)
    assert dead == (
        f"bib/a.bib:1: warning: a: {site.address}/gone (work Work a, also in quizzes/F2021.yaml:6): 404 Not Found; "
        f"known elsewhere: {site.address}/elsewhere (F2020) [link-dead]"
    )
    assert any(
        f"has moved to {site.address}/ok; write {site.address}/ok [link-moved]" in line
        for line in lines
    )
    assert any(
        "look for its new address [link-dead]" in line for line in lines if "/removed" in line
    )
    assert any("403 Forbidden" in line and "[link-unclear]" in line for line in lines)
    assert len(lines) == 4
    assert (
        "6 links: 2 reached, 1 moved, 2 dead, 1 unclear, 0 not asked (0 remembered" in result.stderr
    )


def test_answers_are_not_asked_for_twice(tree, site: Site) -> None:
    root = course(tree, site)
    check(root, "--reach")
    before = sum(site.asked.values())
    again = check(root, "--reach")
    assert sum(site.asked.values()) == before
    assert "6 remembered" in again.stderr
    assert "[link-dead]" in again.stdout
    check(root, "--reach", "--max-age", "0")
    assert sum(site.asked.values()) > before


def test_check_links_alone_asks_nobody(tree, site: Site) -> None:
    root = course(tree, site)
    result = check(root, "--links")
    assert result.exit_code == 0
    assert "7 links in 7 places: none malformed or odd" in result.stderr
    assert not site.asked


def test_without_network_there_is_one_note_and_no_failure(tree) -> None:
    port = free_port()
    root = tree(
        {
            "bib/a.bib": "".join(
                f"@misc{{k{n}, title={{T}}, author={{A, B.}}, year={{2020}}, keywords={{}}, url={{http://127.0.0.1:{port}/{n}}}}}\n"
                for n in range(4)
            )
        }
    )
    result = check(root, "--reach")
    assert result.exit_code == 0
    assert result.stderr.count("no network: 4 links not asked for") == 1
    assert "[link-" not in result.stdout
    assert not (root / ".kb-links.json").exists()


def test_findings_about_links_are_waived_by_key_and_the_waiver_counts_as_used(
    tree, site: Site
) -> None:
    root = course(tree, site)
    (root / "bib/waivers.yaml").write_text(
        "- {code: link-dead, key: a, reason: comes back in spring}\n"
    )
    assert "waiver-unused" not in check(root, "--strict").stdout
    result = check(root, "--reach", "--strict")
    assert "/removed" in result.stdout
    assert f"{site.address}/gone (work" not in result.stdout


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://x.org/a.pdf).", 'ends in ")."'), ("https://x.org/a,", 'ends in ","'), ("https://x.org/(a))", 'ends in "))"'), ("https://https://x.org/a", "scheme twice"),
        ("https://intranet/page", "no host on the web"), ("https://x..org/", "malformed host"), ("https://x.org/100%", "begins no escape"), ("x.org/a", "is no web address"),
    ],
)  # fmt: skip
def test_form_is_always_looked_at(tree, url: str, says: str) -> None:
    root = tree(
        {
            "bib/a.bib": "@misc{a, title={A}, author={A, B.}, year={2020}}\n",
            "quizzes/F2020.yaml": f'id: F2020\nterm: fall\nyear: 2020\ntitle: C\nsessions:\n  - date: 2020-10-05\n    title: T\n    materials: [{{label: slides, url: "{url}"}}]\n',
        }
    )
    data = json.loads(check(root, "--format", "json").stdout)
    assert [
        f["key"] for f in data if f["code"] in {"bad-link", "odd-link"} and says in f["what"]
    ] == ["F2020-1005"]


@pytest.mark.parametrize(
    "url",
    [
        "https://x.org/a_(b)",
        "https://x.org/?q=a&b=%20c",
        "https://x.org",
        "http://127.0.0.1:80/a",
        "mailto:a@x.org",
        "https://x.org/a;b/c",
    ],
)
def test_sound_addresses_raise_no_doubt(url: str) -> None:
    from kb.validate.link_form import form_doubt

    assert form_doubt(url) == ""


@pytest.mark.collection
def test_links_of_the_real_collection_are_well_formed(project: Path) -> None:
    from kb.validate.corpus import load_corpus

    assert [
        str(f) for f in load_corpus(project).findings if f.code in {"bad-link", "odd-link"}
    ] == []
