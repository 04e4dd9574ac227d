"""The rules, in modules by what they look at. Importing this package registers them all."""

from kpucli.lint.rules import (
    addresses,
    dates,
    fields,
    images,
    invisible,
    metadata,
    personal_data,
    punctuation,
    spacing,
    suppressions,
    titles,
)

MODULES = (
    fields,
    addresses,
    metadata,
    images,
    suppressions,
    invisible,
    dates,
    spacing,
    punctuation,
    titles,
    personal_data,
)
