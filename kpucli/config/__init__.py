"""The configuration: one frozen `Config`, read from the nearest file above the current folder."""

from kpucli.config.checks import is_site_address
from kpucli.config.model import (
    Colors,
    Config,
    Contact,
    Limits,
    Link,
    LintConfig,
    SearchConfig,
)
from kpucli.config.reading import OWN_FILE, load_config

__all__ = [
    "OWN_FILE",
    "Colors",
    "Config",
    "Contact",
    "Limits",
    "Link",
    "LintConfig",
    "SearchConfig",
    "is_site_address",
    "load_config",
]
