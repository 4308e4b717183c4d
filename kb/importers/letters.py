"""Letters of names in patterns: with the accents of Latin-1 and of Latin Extended A and B, where both cases alternate, Greek and Cyrillic."""

from __future__ import annotations

__all__ = ["LOWER", "UPPER"]

UPPER = "A-ZÀ-ÞĀ-ɎΑ-ΩЀ-Я"
"""Capitals, to stand in brackets."""

LOWER = "a-zà-ÿā-ɏα-ωа-ӿ"
"""Small letters, to stand in brackets."""
