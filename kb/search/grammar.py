"""The grammar of queries: Whoosh's parser with the plugins that our language needs.

Of the distributions that import as `whoosh` we use Whoosh-Reloaded: 2.7.4 warns on Python 3.12 and
later,
`whoosh3` differs in many files and adds modules of its own, `whoosh-ng` fails on phrases.
Only the parser is used. Its analysers and stemmer never see text: FTS5 indexes, and FTS5 stems.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from whoosh import query
from whoosh.qparser import QueryParser, plugins

__all__ = ["parse"]

NOT = r"(^|(?<=[\s(]))(NOT(?=\s)|-(?=[^\s-]))"
"""`-word`, `-"a phrase"`, `-(a OR b)`, `-year:2019`; `NOT` for those used to it."""

FIELD = r"(?P<text>[^\W\d_]+):(?=[^\s:/)])"
"""A name before a colon that has a value right behind it; `https://` is no field."""


class BeginningPlugin(plugins.PrefixPlugin):
    """`test*`, also behind a field: `title:test*`."""

    expr = r"(?P<text>[^\s:*\"()]+)\*(?= |$|\))"

    def __init__(self) -> None:
        super().__init__(expr=self.expr)


@cache
def parser() -> Any:
    """Give the parser. Whoosh types are not annotated."""
    return QueryParser(
        None,
        schema=None,
        plugins=[
            plugins.WhitespacePlugin(),
            plugins.PhrasePlugin(),
            plugins.GroupPlugin(),
            BeginningPlugin(),
            plugins.FieldsPlugin(FIELD),
            plugins.OperatorsPlugin(
                And=r"(?<=\s)AND(?=\s)",
                Or=r"(?<=\s)OR(?=\s)",
                Not=NOT,
                AndNot=None,
                AndMaybe=None,
                Require=None,
            ),
        ],
    )


def parse(text: str) -> query.Query:
    """Give Whoosh's query for `text`."""
    return parser().parse(text, normalize=False)
