"""What an office can set: a frozen dataclass for the configuration and for each table in it.

A field with metadata is an option; the metadata says what it may be (see `checks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from kpucli.config import checks
from kpucli.dates import ZONES
from kpucli.i18n import N_


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the menu or the footer."""

    label: str
    url: str


def _make_links(value: Iterable[Mapping[str, str]]) -> tuple[Link, ...]:
    return tuple(Link(**item) for item in value)


_LINKS = checks.must(
    checks.is_link_list,
    N_('harus daftar tautan, misalnya [{ label = "Profil", url = "https://…" }]'),
    checks.LINKS,
    _make_links,
)


@dataclass(frozen=True, slots=True)
class Colors:
    """`[colors]`: the office's own colours, which must be readable where the theme uses them.

    `header` lies below white text; `link` is text on the light background and `link_dark` on the
    dark one (both backgrounds and their surfaces, see the stylesheet); `accent` lies below black
    text where something has the focus.
    """

    header: str = field(
        default="#7a1014",
        metadata=checks.must(
            checks.stands_out("#ffffff"),
            N_('harus warna seperti "#7a1014" dengan kontras 4,5 atau lebih terhadap putih'),
            checks.COLOR,
        ),
    )
    link: str = field(
        default="#8a1418",
        metadata=checks.must(
            checks.stands_out("#ffffff", "#f8f4f1"),
            N_('harus warna seperti "#8a1418" dengan kontras 4,5 atau lebih terhadap latar terang'),
            checks.COLOR,
        ),
    )
    link_dark: str = field(
        default="#ff9d94",
        metadata=checks.must(
            checks.stands_out("#171211", "#231c1a"),
            N_('harus warna seperti "#ff9d94" dengan kontras 4,5 atau lebih terhadap latar gelap'),
            checks.COLOR,
        ),
    )
    accent: str = field(
        default="#f7c948",
        metadata=checks.must(
            checks.stands_out("#000000"),
            N_('harus warna seperti "#f7c948" dengan kontras 4,5 atau lebih terhadap hitam'),
            checks.COLOR,
        ),
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """`[contact]`: how the public reaches the office."""

    address: str | None = field(default=None, metadata=checks.TEXT)
    phone: str | None = field(default=None, metadata=checks.TEXT)
    email: str | None = field(default=None, metadata=checks.EMAIL)


@dataclass(frozen=True, slots=True)
class Limits:
    """`[lint.limits]`: from where on a rule finds something too long, too short or too far."""

    title_words: int = field(default=15, metadata=checks.COUNT)
    title_characters: int = field(default=100, metadata=checks.COUNT)
    summary_least_characters: int = field(default=30, metadata=checks.COUNT)
    summary_characters: int = field(default=160, metadata=checks.COUNT)
    lead_words: int = field(default=35, metadata=checks.COUNT)
    sentence_words: int = field(default=40, metadata=checks.COUNT)
    sentence_info_words: int = field(default=30, metadata=checks.COUNT)
    date_days: int = field(default=45, metadata=checks.COUNT)


@dataclass(frozen=True, slots=True)
class LintConfig:
    """`[lint]`: which rules run, and how much they weigh.

    A code's first letters stand for the group. Paths in `per_path_ignores` are patterns below the
    folder of the articles or of the configuration; `baseline` is a file below the latter.
    """

    select: tuple[str, ...] = field(default=(), metadata=checks.CODES)
    ignore: tuple[str, ...] = field(default=(), metadata=checks.CODES)
    severity: Mapping[str, str] = field(default_factory=dict, metadata=checks.SEVERITIES_OF_CODES)
    per_path_ignores: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, metadata=checks.CODES_OF_PATHS
    )
    baseline: str | None = field(default=None, metadata=checks.FILE)
    limits: Limits = field(default_factory=Limits, metadata=checks.table_of(Limits))


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """`[search]`: how much of the archive the search page knows.

    The newest `full_text` articles with their whole text, the newest `articles` with title, lead
    and tags; `memory` is what making the index may take, in MB.
    """

    enabled: bool = field(default=True, metadata=checks.FLAG)
    full_text: int = field(default=5000, metadata=checks.COUNT)
    articles: int = field(default=15000, metadata=checks.COUNT)
    memory: int = field(default=1500, metadata=checks.COUNT)


@dataclass(frozen=True, slots=True)
class CaptionCharacters:
    """`[caption.characters]`: the most a caption may have, as each network counts."""

    instagram: int = field(default=2200, metadata=checks.COUNT)
    x: int = field(default=280, metadata=checks.COUNT)
    tiktok: int = field(default=2200, metadata=checks.COUNT)
    facebook: int = field(default=63206, metadata=checks.COUNT)
    whatsapp: int = field(default=65536, metadata=checks.COUNT)


@dataclass(frozen=True, slots=True)
class CaptionHashtags:
    """`[caption.hashtags]`: the most hashtags a caption may have."""

    instagram: int = field(default=5, metadata=checks.KEEP)
    x: int = field(default=3, metadata=checks.KEEP)
    tiktok: int = field(default=5, metadata=checks.KEEP)
    facebook: int = field(default=5, metadata=checks.KEEP)
    whatsapp: int = field(default=5, metadata=checks.KEEP)


@dataclass(frozen=True, slots=True)
class CaptionConfig:
    """`[caption]`: the office's own hashtags (its name makes one, if None), and the limits.

    `sentences` is the most that is taken of a lead: in old news it is the whole article.
    """

    sentences: int = field(default=3, metadata=checks.COUNT)
    house_hashtags: tuple[str, ...] | None = field(default=None, metadata=checks.HASHTAGS)
    characters: CaptionCharacters = field(
        default_factory=CaptionCharacters, metadata=checks.table_of(CaptionCharacters)
    )
    hashtags: CaptionHashtags = field(
        default_factory=CaptionHashtags, metadata=checks.table_of(CaptionHashtags)
    )


@dataclass(frozen=True, slots=True)
class RecapConfig:
    """`[recap]`: what the monthly report's list of items shows, and how many are its top ones."""

    columns: tuple[str, ...] = field(
        default=("date", "title", "url", "category", "tags", "views"), metadata=checks.COLUMNS
    )
    top: int = field(default=5, metadata=checks.COUNT)


@dataclass(frozen=True, slots=True)
class UploadConfig:
    """`[upload.NAME]`: a place that the site is sent to; no secrets, see `kpucli.upload.target`.

    `plaintext` allows FTP and HTTP without TLS; `host_key` are the server's SSH keys (without any,
    those that the user's OpenSSH knows); `key_file` the user's SSH key (without it, the agent's);
    `endpoint` and `region` are for S3; `compress` says whether texts are stored compressed:
    `encoded` in place of the plain ones (S3 alone), `beside` as a further file `.gz`.
    """

    url: str = field(default="", metadata=checks.UPLOAD_ADDRESS)
    plaintext: bool = field(default=False, metadata=checks.FLAG)
    host_key: tuple[str, ...] = field(default=(), metadata=checks.HOST_KEYS)
    key_file: str | None = field(default=None, metadata=checks.TEXT)
    endpoint: str | None = field(default=None, metadata=checks.ADDRESS)
    region: str = field(default="us-east-1", metadata=checks.TEXT)
    compress: str = field(default="none", metadata=checks.COMPRESSION)
    connections: int | None = field(default=None, metadata=checks.CONNECTIONS)


@dataclass(frozen=True, slots=True)
class Config:
    """What an office sets once.

    `root` is the folder of the configuration file; `articles` and `output` are below it, and all
    three are written as seen from the current folder.
    """

    root: Path
    source: Path | None
    name: str = field(default="KPU", metadata=checks.TEXT)
    long_name: str = field(default="Komisi Pemilihan Umum", metadata=checks.TEXT)
    description: str = field(
        default="Kabar kegiatan dan pengumuman resmi Komisi Pemilihan Umum.", metadata=checks.TEXT
    )
    base_url: str = field(default="http://localhost:8000", metadata=checks.ADDRESS)
    author: str = field(default="Humas KPU", metadata=checks.TEXT)
    category: str = field(default="berita", metadata=checks.TEXT)
    categories: Mapping[str, str] = field(
        default_factory=lambda: {
            "berita": "Berita Terkini",
            "pengumuman": "Pengumuman",
            "artikel": "Artikel",
            "opini": "Opini",
        },
        metadata=checks.CATEGORIES,
    )
    timezone: str = field(default="WIB", metadata=checks.ZONE)
    articles: Path = field(default=Path("articles"), metadata=checks.FOLDER)
    output: Path = field(default=Path("public"), metadata=checks.FOLDER)
    page_size: int = field(default=20, metadata=checks.PAGE_SIZE)
    share_image: str | None = field(default=None, metadata=checks.FILE)
    title_images: bool = field(default=False, metadata=checks.FLAG)
    keep: int = field(default=3, metadata=checks.KEEP)
    tag_labels: Mapping[str, str] = field(default_factory=dict, metadata=checks.LABELS)
    logo: Path | None = field(default=None, metadata=checks.PICTURE)
    templates: Path | None = field(default=None, metadata=checks.FOLDER)
    colors: Colors = field(default_factory=Colors, metadata=checks.table_of(Colors))
    contact: Contact = field(default_factory=Contact, metadata=checks.table_of(Contact))
    social: Mapping[str, str] = field(default_factory=dict, metadata=checks.ACCOUNTS)
    menu: tuple[Link, ...] = field(default=(), metadata=_LINKS)
    footer: tuple[Link, ...] = field(default=(), metadata=_LINKS)
    lint: LintConfig = field(default_factory=LintConfig, metadata=checks.table_of(LintConfig))
    search: SearchConfig = field(
        default_factory=SearchConfig, metadata=checks.table_of(SearchConfig)
    )
    caption: CaptionConfig = field(
        default_factory=CaptionConfig, metadata=checks.table_of(CaptionConfig)
    )
    recap: RecapConfig = field(default_factory=RecapConfig, metadata=checks.table_of(RecapConfig))
    upload: Mapping[str, UploadConfig] = field(
        default_factory=dict, metadata=checks.tables_of(UploadConfig)
    )

    @property
    def zone(self) -> tzinfo:
        """The office's time zone."""
        return ZONES[self.timezone]
