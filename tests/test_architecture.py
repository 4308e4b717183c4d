"""The house rules: what may import what, sizes, one distribution."""

from __future__ import annotations

import ast
from importlib.metadata import distribution
from pathlib import Path

BASE = {
    "encoder",
    "errors",
    "findings",
    "forms",
    "held",
    "ids",
    "kinds",
    "lexicon",
    "links",
    "thesaurus",
    "venues",
    "markup",
    "ranking",
    "records",
    "text",
    "",
}
LAYERS = (
    "parse",
    "sources",
    "validate",
    "registries",
    "store",
    "views",
    "search",
    "postgres",
    "lists",
    "plan",
    "edit",
    "importers",
    "render",
    "web",
)
MAY_IMPORT = {
    "parse": {"parse"},
    "sources": {"sources", "parse"},
    "validate": {"validate", "sources", "parse"},
    "registries": {"registries", "validate", "parse"},
    "store": {"store", "validate", "sources", "parse"},
    "views": {"views"},
    "search": {"search", "views", "parse"},
    "postgres": {"postgres", "search", "views", "store", "validate", "sources", "parse"},
    "lists": {"lists", "views", "search"},
    "plan": {"plan", "lists", "views", "validate", "sources", "parse", "edit", "importers"},
    "edit": {"edit", "parse", "sources", "validate"},
    "importers": {"importers", "edit", "parse", "registries", "sources", "validate"},
    "render": {"render", "lists", "views", "plan", "parse"},
    "web": {"web", "render", "lists", "plan", "search", "views", "store"},
}
"""Each package and the packages it may import, beside the base modules."""


def modules(project: Path) -> list[Path]:
    return sorted((project / "kb").rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kb"):
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name.startswith("kb"))
    return found


def test_imports_go_one_way(project: Path) -> None:
    wrong = []
    for path in modules(project):
        parts = path.relative_to(project / "kb").parts
        own = parts[0] if len(parts) > 1 else ""
        for name in imports_of(path):
            target = [*name.split("."), ""][1]
            if target in BASE or (own and target in MAY_IMPORT[own]):
                continue
            wrong.append(f"{path.relative_to(project)} imports {name}")
    assert wrong == []


def test_every_package_has_a_place_in_the_order(project: Path) -> None:
    packages = {
        p.name for p in (project / "kb").iterdir() if p.is_dir() and (p / "__init__.py").exists()
    }
    assert packages - BASE == set(LAYERS)


def test_kb_does_not_know_the_command_line(project: Path) -> None:
    for path in modules(project):
        text = path.read_text()
        assert "import typer" not in text and "from cli" not in text, path


def test_no_module_outgrows_its_room(project: Path) -> None:
    """At most 350 lines after the formatter; readers of foreign material are still on their way."""
    long = {
        str(path.relative_to(project))
        for package in ("kb", "cli")
        for path in (project / package).rglob("*.py")
        if len(path.read_text().splitlines()) > 350
        and (project / "kb" / "importers") not in path.parents
    }
    assert long == set()


def test_kb_and_cli_belong_to_our_distribution() -> None:
    import cli
    import kb

    assert distribution("coursebib").metadata["Name"] == "coursebib"
    assert Path(cli.__file__).parent.parent == Path(kb.__file__).parent.parent
