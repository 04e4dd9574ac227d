"""Importers: one module a source, each reading it into `ImportedItem`s; `plan` makes changes."""
