"""TOML as users meet it: parsed fast, errors in their words, edits that touch one value only."""

from kpucli.toml.reading import TomlError, parse_toml

__all__ = ["TomlError", "parse_toml"]
