"""Mention.value: dates against the article's date, amounts, numbers."""

from __future__ import annotations

import decimal

import pytest

import quoth
from quoth._value import value_of


@pytest.mark.parametrize(
    ("words", "label", "value"),
    [
        ("August 3, 2020", "DATE", "2020-08-03"),
        ("3 August 2019", "DATE", "2019-08-03"),
        ("late July", "DATE", "2020-07"),
        ("December 30", "DATE", "2020-12-30"),
        ("January", "DATE", "2021-01"),
        ("last November", "DATE", "2019-11"),
        ("2017", "DATE", "2017"),
        ("today", "DATE", "2020-08-03"),
        ("yesterday", "DATE", "2020-08-02"),
        ("Tuesday", "DATE", "2020-07-28"),
        ("Monday", "DATE", "2020-08-03"),
        ("last Monday", "DATE", "2020-07-27"),
        ("next Friday", "DATE", "2020-08-07"),
        ("last week", "DATE", "2020-W31"),
        ("this year", "DATE", "2020"),
        ("last month", "DATE", "2020-07"),
        ("two years ago", "DATE", "2018"),
        ("three days ago", "DATE", "2020-07-31"),
        ("the 1990s", "DATE", "199"),
        ("the 20th century", "DATE", "19"),
        ("seven years", "DATE", "P7Y"),
        ("two-day", "DATE", "P2D"),
        ("first quarter of 2019", "DATE", "2019-Q1"),
        ("February 30", "DATE", None),
        ("recent years", "DATE", None),
        ("4:30 p.m.", "TIME", "T16:30"),
        ("12 a.m.", "TIME", "T00:00"),
        ("noon", "TIME", "T12:00"),
        ("two hours", "TIME", "PT2H"),
        ("$2 million", "MONEY", "USD 2000000"),
        ("US$1,234.50", "MONEY", "USD 1234.5"),
        ("A$5bn", "MONEY", "AUD 5000000000"),
        ("€3.5 billion", "MONEY", "EUR 3500000000"),
        ("20 million rupees", "MONEY", "INR 20000000"),
        ("50 cents", "MONEY", "USD 0.5"),
        ("12.5 percent", "PERCENT", "12.5"),
        ("half a million", "CARDINAL", "500000"),
        ("a dozen", "CARDINAL", "12"),
        ("twenty-one", "CARDINAL", "21"),
        ("two hundred and five", "CARDINAL", "205"),
        ("1,234", "CARDINAL", "1234"),
        ("dozens", "CARDINAL", None),
        ("0", "CARDINAL", "0"),
        ("0.050", "CARDINAL", "0.05"),
        ("1,000.0", "CARDINAL", "1000"),
        ("10 hundred", "CARDINAL", "1000"),
        ("half a percent", "PERCENT", "0.5"),
        ("2.25 million", "CARDINAL", "2250000"),
        ("0 years ago", "DATE", "2020"),
        ("half a year ago", "DATE", None),
        (
            "12345678901234567890123456789012345678",
            "CARDINAL",
            "12345678901234567890123456789012345678",
        ),
        ("9" * 5000, "CARDINAL", None),
        ("1," * 5000 + "1", "MONEY", None),
        ("third", "ORDINAL", "3"),
        ("21st", "ORDINAL", "21"),
        ("twenty-first", "ORDINAL", "21"),
        ("5 km", "QUANTITY", "5 km"),
        ("Paris", "GPE", None),
    ],
)
def test_value(words: str, label: str, value: str | None) -> None:
    assert value_of(words, label, 2020, 8, 3) == value


def test_values_do_not_depend_on_the_settings_of_decimal() -> None:
    with decimal.localcontext() as context:
        context.prec = 2
        context.Emax = 3
        assert value_of("$12,345.67", "MONEY", 0, 0, 0) == "USD 12345.67"


def test_what_is_relative_needs_a_date() -> None:
    assert value_of("yesterday", "DATE", 0, 0, 0) is None
    assert value_of("late July", "DATE", 0, 0, 0) is None
    assert value_of("July", "DATE", 2020, 0, 0) == "2020-07"


def test_values_of_a_document() -> None:
    text = "OSLO, March 9, 2021 (AP) — A ferry ran aground on Monday. It cost $2 million.\n"
    values = {m.text: m.value for m in quoth.load("en")(text).ents}
    assert values["$2 million"] == "USD 2000000"
    assert values["Monday"] == "2021-03-08"
    assert values.get("OSLO") is None
