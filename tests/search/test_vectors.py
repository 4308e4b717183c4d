"""Sentence vectors: the encoder on a small random model, and suggestions with and without one."""

from __future__ import annotations

import json
import sqlite3
import struct
from pathlib import Path

import pytest

from kb.encoder import Encoder, find_model
from kb.errors import UsageError
from kb.search.suggest import SuggestionRequest, suggest
from kb.store.build import build_database

np = pytest.importorskip("numpy")

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "data",
    "quality",
    "fair",
    "##ness",
    "test",
    "##s",
    "of",
    "models",
    "machine",
    "learning",
    ":",
    ",",
    ".",
]
SIZE, LAYERS, INNER = 8, 2, 16


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model in the format of the real ones, with random weights."""
    chance = np.random.default_rng(1)
    folder = tmp_path_factory.mktemp("model")
    shapes = {
        "embeddings.word_embeddings.weight": (len(WORDS), SIZE),
        "embeddings.position_embeddings.weight": (256, SIZE),
        "embeddings.token_type_embeddings.weight": (2, SIZE),
    }
    norms = ["embeddings.LayerNorm"]
    linear = {}
    for n in range(LAYERS):
        name = f"encoder.layer.{n}."
        linear |= {f"{name}attention.self.{p}": (SIZE, SIZE) for p in ("query", "key", "value")} | {
            f"{name}attention.output.dense": (SIZE, SIZE)
        }
        linear |= {f"{name}intermediate.dense": (INNER, SIZE), f"{name}output.dense": (SIZE, INNER)}
        norms += [f"{name}attention.output.LayerNorm", f"{name}output.LayerNorm"]
    shapes |= {f"{n}.weight": s for n, s in linear.items()} | {
        f"{n}.bias": s[:1] for n, s in linear.items()
    }
    shapes |= {f"{n}.{p}": (SIZE,) for n in norms for p in ("weight", "bias")}
    header, data = {}, b""
    for name, shape in shapes.items():
        block = chance.normal(size=shape).astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(shape),
            "data_offsets": [len(data), len(data) + len(block)],
        }
        data += block
    head = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(head)) + head + data)
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n")
    (folder / "config.json").write_text(
        json.dumps({"num_hidden_layers": LAYERS, "num_attention_heads": 2, "hidden_size": SIZE})
    )
    return folder


def test_vectors_are_units_and_do_not_depend_on_their_neighbours(model: Path) -> None:
    encoder = Encoder(model)
    texts = [
        "data quality",
        "tests of machine learning models, fairness.",
        "",
        "Ünïcödé 🙂",
        "data " * 400,
    ]
    together = encoder.encode(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert np.allclose(encoder.encode([text])[0], vector, atol=1e-5)


def test_words_are_split_into_known_pieces(model: Path) -> None:
    encoder = Encoder(model)
    assert [WORDS[n] for n in encoder.tokens("Fairness tests: xyz")] == [
        "[CLS]",
        "fair",
        "##ness",
        "test",
        "##s",
        ":",
        "[UNK]",
        "[SEP]",
    ]


def test_suggestions_use_vectors_when_database_and_model_have_them(
    model: Path, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, rich = tmp_path / "plain.db", tmp_path / "rich.db"
    build_database(project, plain)
    build_database(project, rich, model=model)
    asked = SuggestionRequest("Data quality\nDetect invalid data")
    with sqlite3.connect(rich) as connection:
        assert (
            connection.execute("select count(*) from vectors where kind = 'work'").fetchone()[0]
            == 2 * connection.execute("select count(*) from works").fetchone()[0]
        )
        monkeypatch.delenv("KB_MODEL", raising=False)
        without = suggest(connection, asked)
        monkeypatch.setenv("KB_MODEL", str(model))
        blended = suggest(connection, asked)
    with sqlite3.connect(plain) as connection:
        assert suggest(connection, asked) == without
    assert [s.key for s in blended] != [s.key for s in without]
    assert blended[0].score == 1.0 and [s.score for s in blended] == sorted(
        (s.score for s in blended), reverse=True
    )


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no model"):
        find_model(str(tmp_path))
