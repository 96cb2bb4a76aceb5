"""Dates and times as fields and headers print them. All texts are invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.headers import parse_published
from sayso.read.zones import find_offset, format_offset

# text; lo and hi in UTC to the second; offset; precision
PUBLISHED = [
    ("2024-04-14", "2024-04-14 00:00:00", "2024-04-14 23:59:59", None, "day"),
    ("2024/04/14", "2024-04-14 00:00:00", "2024-04-14 23:59:59", None, "day"),
    ("20240414", "2024-04-14 00:00:00", "2024-04-14 23:59:59", None, "day"),
    ("14 April 2024 - 22:03", "2024-04-14 22:03:00", "2024-04-14 22:03:59", None, "minute"),
    ("22:03, 14 April 2024", "2024-04-14 22:03:00", "2024-04-14 22:03:59", None, "minute"),
    ("11/23/2023 10:00:15 AM", "2023-11-23 10:00:15", "2023-11-23 10:00:15", None, "second"),
    ("23/11/2023 10:00:15 PM", "2023-11-23 22:00:15", "2023-11-23 22:00:15", None, "second"),
    ("03/04/2024", "2024-03-04 00:00:00", "2024-04-03 23:59:59", None, "interval"),
    ("3/4/2024 5:06 PM", "2024-03-04 17:06:00", "2024-04-03 17:06:59", None, "interval"),
    ("04/04/2024", "2024-04-04 00:00:00", "2024-04-04 23:59:59", None, "day"),
    ("Monday, 03/04/2024", "2024-03-04 00:00:00", "2024-03-04 23:59:59", None, "day"),
    ("Wednesday, 03/04/2024", "2024-04-03 00:00:00", "2024-04-03 23:59:59", None, "day"),
    ("14.04.2024", "2024-04-14 00:00:00", "2024-04-14 23:59:59", None, "day"),
    ("03.04.2024", "2024-04-03 00:00:00", "2024-04-03 23:59:59", None, "day"),
    ("2020-03-01T12:00:00Z", "2020-03-01 12:00:00", "2020-03-01 12:00:00", "+00:00", "second"),
    ("2020-03-01T12:00Z", "2020-03-01 12:00:00", "2020-03-01 12:00:59", "+00:00", "minute"),
    ("2020-03-01T12:00:00.123+0330", "2020-03-01 08:30:00", "2020-03-01 08:30:00", "+03:30",
     "second"),
    ("2020-03-01 12:00:00-05:00", "2020-03-01 17:00:00", "2020-03-01 17:00:00", "-05:00", "second"),
    ("20240414T220300Z", "2024-04-14 22:03:00", "2024-04-14 22:03:00", "+00:00", "second"),
    ("2020-03-01 00:00:00", "2020-03-01 00:00:00", "2020-03-01 23:59:59", None, "day"),
    ("March 1, 2020", "2020-03-01 00:00:00", "2020-03-01 23:59:59", None, "day"),
    ("Mar. 1st, 2020", "2020-03-01 00:00:00", "2020-03-01 23:59:59", None, "day"),
    ("1 March 2020", "2020-03-01 00:00:00", "2020-03-01 23:59:59", None, "day"),
    ("1st of March, 2020", "2020-03-01 00:00:00", "2020-03-01 23:59:59", None, "day"),
    ("14-Apr-2024", "2024-04-14 00:00:00", "2024-04-14 23:59:59", None, "day"),
    ("Tue, 03 Mar 2020 14:05:00 +0200", "2020-03-03 12:05:00", "2020-03-03 12:05:00", "+02:00",
     "second"),
    ("Tue, 3 Mar 2020 14:05:00 GMT", "2020-03-03 14:05:00", "2020-03-03 14:05:00", "+00:00",
     "second"),
    ("3 Mar 2020 1430 GMT", "2020-03-03 14:30:00", "2020-03-03 14:30:59", "+00:00", "minute"),
    ("March 3, 2020, 5 p.m. EST", "2020-03-03 22:00:00", "2020-03-03 22:59:59", "-05:00", "hour"),
    ("5:04 PM ET, Tue March 3, 2020", "2020-03-03 22:04:00", "2020-03-03 22:04:59", "-05:00",
     "minute"),
    ("Sept. 4, 2019 at 9:05 a.m. PT", "2019-09-04 16:05:00", "2019-09-04 16:05:59", "-07:00",
     "minute"),
    ("4 July 2020 10:00 CEST", "2020-07-04 08:00:00", "2020-07-04 08:00:59", "+02:00", "minute"),
    ("4 July 2020 10:00 BST", "2020-07-04 10:00:00", "2020-07-04 10:00:59", None, "minute"),
    ("4 July 2020 10:00 IST", "2020-07-04 10:00:00", "2020-07-04 10:00:59", None, "minute"),
    ("Sat Mar  7 14:05:01 2020", "2020-03-07 14:05:01", "2020-03-07 14:05:01", None, "second"),
    ("Sat Mar 07 14:05:01 +0000 2020", "2020-03-07 14:05:01", "2020-03-07 14:05:01", "+00:00",
     "second"),
    ("Thu Mar 05 2020 10:00:00 GMT+0100 (CET)", "2020-03-05 09:00:00", "2020-03-05 09:00:00",
     "+01:00", "second"),
    ("April 2024", "2024-04-01 00:00:00", "2024-04-30 23:59:59", None, "month"),
    ("February 2024", "2024-02-01 00:00:00", "2024-02-29 23:59:59", None, "month"),
    ("2024", "2024-01-01 00:00:00", "2024-12-31 23:59:59", None, "year"),
    ("3 Mar 24", "2024-03-03 00:00:00", "2024-03-03 23:59:59", None, "day"),
    ("1015 gmt 3 Mar 24", "2024-03-03 10:15:00", "2024-03-03 10:15:59", "+00:00", "minute"),
    ("March 3, 2020 Tuesday", "2020-03-03 00:00:00", "2020-03-03 23:59:59", None, "day"),
    ("03/04/2024 (Wednesday)", "2024-04-03 00:00:00", "2024-04-03 23:59:59", None, "day"),
    ("3 March 2020 5 p.m. Eastern Daylight Time", "2020-03-03 21:00:00", "2020-03-03 21:59:59",
     "-04:00", "hour"),
    ("3 March 2020 5 p.m. Lodrino time", "2020-03-03 17:00:00", "2020-03-03 17:59:59", None, "hour"),
    ("٠٣/٠٤/٢٠٢٤", "2024-03-04 00:00:00", "2024-04-03 23:59:59", None, "interval"),
    ("11/23/23", "2023-11-23 00:00:00", "2023-11-23 23:59:59", None, "day"),
]  # fmt: skip

NOT_PUBLISHED = [
    "", "None", "N/A", "-", "soon", "yesterday", "5 p.m. ET", "1580000000", "1580000000000", "99",
    "2020-13-45", "31/02/2020", "31 June 2020", "13/13/2020", "0000-00-00", "1 March", "March",
    "between 1 March 2020 and 4 March 2020", "the harvest of 2020", "2020 elections", "v2020.1.1",
    "14 April 2024 and more words", "25:00 1 March 2020 x", "1" * 5000, "٣ مارس", "\ud800",
    "12020-01-01", "2020-01-011",
]  # fmt: skip


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "low", "high", "offset", "precision"), PUBLISHED)
def test_a_field_gives_the_interval_it_leaves_open(
    text: str, low: str, high: str, offset: str | None, precision: str
) -> None:
    published = parse_published(text)
    assert published is not None
    assert (published.lo, published.hi) == (_moment(low), _moment(high))
    assert (published.utc_offset, published.precision) == (offset, precision)
    assert published.evidence == "published"


@pytest.mark.parametrize("text", NOT_PUBLISHED)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_published(text) is None


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))
def test_an_iso_moment_is_read_back_to_the_second(moment: datetime) -> None:
    published = parse_published(moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert published is not None
    assert published.lo == published.hi == moment.replace(microsecond=0, tzinfo=UTC)


@given(st.text(max_size=150))
def test_any_field_gives_an_ordered_interval_or_none(text: str) -> None:
    published = parse_published(text)
    assert published is None or published.lo <= published.hi


@given(st.dates(min_value=datetime(1990, 1, 1).date(), max_value=datetime(2090, 1, 1).date()))
def test_an_ambiguous_day_and_month_keep_every_candidate_inside(day: datetime) -> None:
    published = parse_published(f"{day.day:02}/{day.month:02}/{day.year}")
    assert published is not None
    assert published.lo.date() <= day <= published.hi.date()


def test_us_zones_without_season_follow_daylight_saving() -> None:
    summer, winter = datetime(2020, 7, 1, 12), datetime(2020, 12, 1, 12)
    offsets = [find_offset("ET", moment) for moment in (summer, winter)]
    assert [format_offset(offset) for offset in offsets if offset] == ["-04:00", "-05:00"]


@pytest.mark.parametrize(("day", "offset"), [(7, "-05:00"), (8, "-04:00")])
def test_daylight_saving_begins_on_the_second_sunday_of_march(day: int, offset: str) -> None:
    found = find_offset("ET", datetime(2020, 3, day, 12))
    assert found is not None
    assert format_offset(found) == offset


@pytest.mark.parametrize("zone", ["CST", "BST", "IST", "AST", "XYZ", "+25:00", "+02:75"])
def test_an_ambiguous_or_impossible_zone_has_no_offset(zone: str) -> None:
    assert find_offset(zone, datetime(2020, 1, 1)) is None
