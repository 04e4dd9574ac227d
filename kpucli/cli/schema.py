"""`kpucli schema`: what editors need to check front matter and configuration while one types."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kpucli.i18n import _


class Kind(StrEnum):
    """What there is a schema of."""

    FRONT_MATTER = "front-matter"
    CONFIG = "config"


def schema(
    kind: Annotated[
        Kind, typer.Argument(metavar="front-matter|config", help=_("Isian artikel, atau setelan."))
    ],
) -> None:
    from kpucli.json_text import format_json
    from kpucli.schemas import make_config_schema, make_front_matter_schema

    make = {Kind.FRONT_MATTER: make_front_matter_schema, Kind.CONFIG: make_config_schema}[kind]
    typer.echo(format_json(make()), nl=False)
