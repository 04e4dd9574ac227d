"""An office whose April 2022 is known: what counts, what does not, and what is hostile."""

from __future__ import annotations

from tests.conftest import Office

HOSTILE = '=HYPERLINK("https://jahat.example","klik") | <b>*tebal*</b>'


def fill(office: Office) -> Office:
    """Four items in April, one in March, and some that do not count."""
    office.add(
        "2022/apel",
        'date = 2022-04-04T08:00:00+07:00\ntags = ["apel", "sop"]\nviews = 1200',
    )
    office.add(
        "2022/bimtek",
        'date = 2022-04-14T10:00:00+07:00\ntags = ["SOP"]\nviews = 55\ncategory = "artikel"',
    )
    office.add("2022/rahasia", f"title = '{HOSTILE}'\ndate = 2022-04-14T11:00:00+07:00")
    office.add("2022/akhir", "date = 2022-04-30T23:59:59+07:00\nviews = 7")
    office.add("2022/maret", 'date = 2022-03-31T00:00:00+07:00\ntags = ["lama"]\nviews = 9')
    office.add("2022/mei", "date = 2022-04-30T17:00:00Z")  # the first of May in WIB
    office.add("2022/februari", "date = 2022-02-28T00:00:00+07:00")
    office.add("2022/draf", "date = 2022-04-05T00:00:00+07:00\ndraft = true")
    office.add(
        "2022/ditarik",
        "date = 2022-04-06T00:00:00+07:00\nwithdrawn = { date = 2022-04-07T00:00:00+07:00,"
        ' reason = "Keliru." }',
    )
    office.add("2099/nanti", "date = 2099-04-20T00:00:00+07:00")
    return office
