"""The configuration: one frozen `Config`, read from the nearest file above the current folder."""

from kpucli.config.checks import is_site_address
from kpucli.config.model import (
    CaptionConfig,
    Colors,
    Config,
    Contact,
    Limits,
    Link,
    LintConfig,
    RecapConfig,
    SearchConfig,
    UploadConfig,
)
from kpucli.config.reading import OWN_FILE, load_config

__all__ = [
    "OWN_FILE",
    "CaptionConfig",
    "Colors",
    "Config",
    "Contact",
    "Limits",
    "Link",
    "LintConfig",
    "RecapConfig",
    "SearchConfig",
    "UploadConfig",
    "is_site_address",
    "load_config",
]
