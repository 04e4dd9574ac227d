"""A new office's folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpucli.article import parse_article
from kpucli.config import load_config
from kpucli.errors import KpuError
from kpucli.office import expand_name, make_office, plan_office

NOW = datetime(2023, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "long_name"),
    [
        ("KPU Kota Batu", "Komisi Pemilihan Umum Kota Batu"),
        ("KPU", "Komisi Pemilihan Umum"),
        ("KPUD Jatim", "KPUD Jatim"),
        ("KIP Aceh", "KIP Aceh"),
    ],
)
def test_long_names(name: str, long_name: str) -> None:
    assert expand_name(name) == long_name


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_name_gives_files_that_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    try:
        office = make_office(name=name, base_url="https://a.go.id", timezone="WIT")
    except KpuError:
        return
    folder = tmp_path_factory.mktemp("kantor")
    article, _ignored, config = plan_office(folder, office, NOW)
    assert parse_article(article.after, article.path, UTC).problems == ()
    config.path.write_bytes(config.after)
    assert load_config(folder).name == office.name
    assert load_config(folder).timezone == "WIT"


def test_the_configuration_comes_last(tmp_path: Path) -> None:
    office = make_office(name="KPU", base_url="https://a.go.id", timezone="WIB")
    names = [change.path.name for change in plan_office(tmp_path, office, NOW)]
    assert names == ["selamat-datang.md", ".gitignore", "kpucli.toml"]
