"""What a date, a time, an amount or a number says, in one form: Mention.value.

DATE and TIME are ISO 8601: 2020-08-03, 2020-08, 2017, 199 (the nineties), 19 (the 20th century),
2020-Q1, T16:30, and P7Y or PT2H for how long something takes. What is relative is resolved against
the date of the article and is None without one; the early, middle or late part of a month or year
is that month or year. MONEY is a currency and a number (USD 2000000), PERCENT, CARDINAL and ORDINAL
are numbers, QUANTITY is a number and its unit. Ranges give their first value. What cannot be told
is None.
"""

from __future__ import annotations

import datetime
import re

__all__ = ["value_of"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {
    **{word: n for n, word in enumerate(_ONES.split())},
    **{word: 20 + 10 * n for n, word in enumerate(_TENS.split())},
}
_SCALES = {
    **{"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6, "mn": 10**6},
    **{"billion": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12},
    **{"dozen": 12, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7},
}
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_ORDINAL = {
    **{word: n for n, word in enumerate(_ORDINALS.split())},
    **{"twentieth": 20, "thirtieth": 30, "fiftieth": 50, "hundredth": 100},
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")
_LONGEST = 40  # characters of a number in digits
_VAGUE = {"several", "few", "many", "couple", "dozens", "hundreds", "thousands", "millions", "tens"}
_SIGNS = {
    **{"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₦": "NGN", "₱": "PHP"},
    **{"₩": "KRW", "₽": "RUB", "₺": "TRY", "฿": "THB", "₪": "ILS", "₫": "VND", "₵": "GHS"},
}
_DOLLARS = {
    **{"us": "USD", "u.s.": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "cdn": "CAD"},
    **{"hk": "HKD", "nt": "TWD", "nz": "NZD", "s": "SGD", "r": "BRL", "n": "NAD", "tt": "TTD"},
    **{"j": "JMD", "z": "ZWL", "b": "BND", "american": "USD", "canadian": "CAD"},
    **{"australian": "AUD", "singapore": "SGD", "hong kong": "HKD", "taiwan": "TWD"},
}
_CODES = {
    **{
        "rs": "INR",
        "rmb": "CNY",
        "ksh": "KES",
        "rm": "MYR",
        "dh": "AED",
        "dhs": "AED",
        "tk": "BDT",
    },
    **{"qr": "QAR", "sr": "SAR", "fcfa": "XOF", "cfa": "XOF", "r": "ZAR", "n": "NGN"},
    **{"dollar": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "yen": "JPY"},
    **{"yuan": "CNY", "renminbi": "CNY", "won": "KRW", "rand": "ZAR", "naira": "NGN"},
    **{"baht": "THB", "ringgit": "MYR", "dong": "VND", "cedi": "GHS", "birr": "ETB"},
    **{"hryvnia": "UAH", "zloty": "PLN", "forint": "HUF", "shekel": "ILS", "taka": "BDT"},
    **{"rouble": "RUB", "ruble": "RUB", "rupee": "INR", "real": "BRL", "lira": "TRY"},
    **{"usd": "USD", "eur": "EUR", "gbp": "GBP", "chf": "CHF", "cny": "CNY", "jpy": "JPY"},
    **{"inr": "INR", "aed": "AED", "ngn": "NGN", "zar": "ZAR", "ghs": "GHS", "bnd": "BND"},
    **{"mxn": "MXN", "cad": "CAD", "aud": "AUD", "sgd": "SGD", "php": "PHP"},
}
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "weekend": "W"}
_CLOCKS = {"hour": "H", "minute": "M", "second": "S"}
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_Date = datetime.date


def value_of(text: str, label: str, year: int, month: int, day: int) -> str | None:
    """The value of a mention; year, month and day are those of the article, 0 where unknown."""
    low = " ".join(text.lower().replace("’", "'").replace("‐", "-").replace("–", "-").split())
    if label in ("DATE", "TIME"):
        anchor = _date(year, month, day)
        found = _duration(low) if label == "DATE" else _clock(low)
        return found or (_calendar(low, anchor, year) if label == "DATE" else None)
    if label == "ORDINAL":
        return _ordinal(low)
    if label not in ("MONEY", "PERCENT", "CARDINAL", "QUANTITY"):
        return None
    number = _number(low)
    if number is None:
        return None
    if label == "MONEY":
        currency = _currency(low)
        cents = re.search(r"\bcents?\b", low)
        number = number.hundredth() if cents else number
        return f"{currency} {number}" if currency else None
    if label == "QUANTITY":
        unit = re.search(r"[a-z][a-z/. ]*$", re.sub(r".*\d", "", low))
        return f"{number} {unit[0].split()[-1]}" if unit else None
    return str(number)


# --- numbers --------------------------------------------------------------------------------------


class _Number:
    """A decimal number, exact whatever the program has told the module decimal of precision.

    That module is not used for one more reason: before CPython 3.13 its settings belong to the
    process, and are lost with the first of several interpreters that ends.
    """

    __slots__ = ("places", "units")

    def __init__(self, units: int, places: int = 0) -> None:
        self.units = units  # of which 10 ** places make a one
        self.places = places

    def __add__(self, other: _Number) -> _Number:
        places = max(self.places, other.places)
        units = self.units * 10 ** (places - self.places)
        return _Number(units + other.units * 10 ** (places - other.places), places)

    def __mul__(self, factor: int) -> _Number:
        return _Number(self.units * factor, self.places)

    def half(self) -> _Number:
        return _Number(self.units * 5, self.places + 1)

    def hundredth(self) -> _Number:
        return _Number(self.units, self.places + 2)

    def __str__(self) -> str:
        whole, rest = divmod(self.units, 10**self.places)
        return f"{whole}.{rest:0{self.places}}".rstrip("0").rstrip(".") if rest else f"{whole}"


def _digits(word: str) -> _Number | None:
    """What a word that starts with a digit says; None if it is no number, or one of a size that
    nobody means."""
    whole, _, rest = word.replace(",", "").partition(".")
    return _Number(int(whole + rest), len(rest)) if len(word) <= _LONGEST else None


def _number(low: str) -> _Number | None:
    """The first number of the text, in digits or words, with what multiplies it."""
    total = part = _Number(0)
    begun = half = False
    for word in _WORD.findall(low.replace("-", " ")):
        if word[0].isdigit():
            if begun:
                break
            digits = _digits(word)
            if digits is None:
                return None
            part, begun = digits, True
        elif word in _NUMBERS:
            part += _Number(_NUMBERS[word])
            begun = True
        elif word in _SCALES and (begun or word in ("hundred", "thousand", "dozen") or half):
            scale = _SCALES[word]
            part = (part if begun else _Number(1)) * scale
            begun = True
            if scale >= 1000:
                total, part = total + part, _Number(0)
        elif word in ("million", "billion", "trillion"):
            total, begun = _Number(_SCALES[word]), True
        elif word in _VAGUE:
            return None
        elif word == "half" and not begun:
            half = True
        elif begun and word != "and":
            break
    if not begun:
        return _Number(1).half() if half else None
    return (total + part).half() if half else total + part


def _ordinal(low: str) -> str | None:
    digits = re.match(r"\d+", low)
    if digits:
        return digits[0]
    tens, _, ones = low.rpartition("-")
    if ones not in _ORDINAL:
        return None
    return str(_ORDINAL[ones] + (_NUMBERS.get(tens, 0) if tens else 0))


def _currency(low: str) -> str | None:
    sign = re.search(r"([a-z.]*)\s?([$€£¥₹₦₱₩₽₺฿₪₫₵])", low)
    if sign:
        return _DOLLARS.get(sign[1], "USD") if sign[2] == "$" else _SIGNS[sign[2]]
    if re.search(r"\b(dollars?|cents?)\b", low):
        return next((c for name, c in _DOLLARS.items() if len(name) > 3 and name in low), "USD")
    for word in re.findall(r"[a-z]+", low):
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            if form in _CODES:
                return _CODES[form]
    return None


# --- dates and times ------------------------------------------------------------------------------


def _date(year: int, month: int, day: int) -> _Date | None:
    try:
        return _Date(year, month, day)
    except ValueError:
        return None


def _duration(low: str) -> str | None:
    """How long: seven years, a two-day, 10-year-old."""
    found = re.search(r"\b(day|week|month|year|weekend|decade)s?\b", low)
    if not found or re.search(r"\b(ago|later|earlier|last|next|this|past|from now)\b", low):
        return None
    number = _number(low)
    if number is None:
        return None
    unit = found[1]
    return f"P{number * 10}Y" if unit == "decade" else f"P{number}{_UNITS[unit]}"


def _clock(low: str) -> str | None:
    span = re.search(r"\b(hour|minute|second)s?\b", low)
    if span:
        number = _number(low)
        number = _Number(1) if number is None and re.match(r"an?\b", low) else number
        return f"PT{number}{_CLOCKS[span[1]]}" if number is not None else None
    if "noon" in low.split() or "midday" in low:
        return "T12:00"
    if "midnight" in low:
        return "T00:00"
    time = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?(a|p)?", low)
    if not time:
        return None
    hour, minute = int(time[1]), int(time[2] or 0)
    if time[3]:
        hour = hour % 12 + (12 if time[3] == "p" else 0)
    return f"T{hour:02}:{minute:02}" if hour < 25 and minute < 60 else None


def _calendar(low: str, anchor: _Date | None, year: int) -> str | None:
    iso = re.match(r"\d{4}-\d\d-\d\d$", low)
    if iso:
        return low
    named = re.search(r"\b(" + "|".join(_MONTHS) + r")[a-z]*\b", low)
    stated = re.search(r"\b(1[1-9]|20|21)\d\d\b", low)
    if named and _is_month(named[0]):
        return _in_month(low, _MONTHS.index(named[1]) + 1, stated, anchor, year)
    if low in ("9/11",):
        return "2001-09-11"
    century = re.search(r"(\d+)(?:st|nd|rd|th)[- ]centur|\b([a-z-]+)[- ]centur", low)
    if century:
        number = century[1] or _ordinal(century[2])
        return str(int(number) - 1).zfill(2) if number else None
    decade = re.search(r"\b(1[1-9]|20)(\d)0'?s\b", low)
    if decade:
        return decade[1] + decade[2]
    quarter = re.match(r"(first|second|third|fourth)[- ]quarter", low)
    if quarter and stated:
        return f"{stated[0]}-Q{_ORDINAL[quarter[1]]}"
    if stated:
        return stated[0]
    return _relative(low, anchor) if anchor else None


def _is_month(word: str) -> bool:
    full = "january february march april may june july august september october november december"
    return word in full.split() or word in (*_MONTHS, "sept")


def _in_month(
    low: str, month: int, stated: re.Match[str] | None, anchor: _Date | None, year: int
) -> str | None:
    day = re.search(r"\b(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?!\d)", low)
    number = int(day[1]) if day else 0
    if stated:
        at = int(stated[0])
    elif anchor:
        at = _near_year(low, month, number or 15, anchor)
    elif year:
        at = year
    else:
        return None
    if not number:
        return f"{at:04}-{month:02}"
    found = _date(at, month, number)
    return found.isoformat() if found else None


def _near_year(low: str, month: int, day: int, anchor: _Date) -> int:
    """The year in which a month without one is meant: the nearest, or what last and next say."""
    wanted = {y: _date(y, month, min(day, 28)) for y in range(anchor.year - 1, anchor.year + 2)}
    dates = [d for d in wanted.values() if d]
    if low.startswith("last"):
        dates = [d for d in dates if d < anchor][-1:] or dates
    elif low.startswith("next"):
        dates = [d for d in dates if d > anchor][:1] or dates
    return min(dates, key=lambda d: abs((d - anchor).days)).year


def _relative(low: str, anchor: _Date) -> str | None:
    days = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if low in days:
        return (anchor + datetime.timedelta(days[low])).isoformat()
    weekday = re.search(r"\b(" + "|".join(_DAYS) + r")(?:s|nes|rs|r|ur)?(?:day)?\.?$", low)
    if weekday and not low.startswith("every") and not low.endswith("days"):
        return _weekday(low, _DAYS.index(weekday[1]), anchor)
    ago = re.search(r"\b(day|week|month|year|decade)s? (ago|later|earlier|from now)$", low)
    if ago:
        number = _number(low) or (_Number(1) if re.match(r"an? ", low) else None)
        if number is None or "." in str(number) or ago[2] in ("later", "earlier"):
            return None
        return _shifted(anchor, ago[1], int(str(number)) * (-1 if ago[2] == "ago" else 1))
    one = re.search(r"\b(last|past|previous|this|next|coming) (week|month|year|decade)$", low)
    if one:
        step = {"this": 0, "next": 1, "coming": 1}.get(one[1], -1)
        return _shifted(anchor, one[2], step)
    season = re.search(r"\b(last|this|next) (" + "|".join(_SEASONS) + r")$", low)
    return str(anchor.year + {"last": -1, "this": 0, "next": 1}[season[1]]) if season else None


def _weekday(low: str, weekday: int, anchor: _Date) -> str:
    """The day of that name before the article, or the same day; after it if the text says so."""
    if low.startswith(("next", "coming", "this coming")):
        ahead = (weekday - anchor.weekday() - 1) % 7 + 1
        return (anchor + datetime.timedelta(ahead)).isoformat()
    back = (anchor.weekday() - weekday) % 7
    if low.startswith(("last", "past", "previous")) and back == 0:
        back = 7
    return (anchor - datetime.timedelta(back)).isoformat()


def _shifted(anchor: _Date, unit: str, steps: int) -> str | None:
    """The day, week, month, year or decade so many steps from that of the article."""
    try:
        if unit in ("day", "week"):
            moved = anchor + datetime.timedelta(steps * (7 if unit == "week" else 1))
            calendar = moved.isocalendar()
            return moved.isoformat() if unit == "day" else f"{calendar[0]}-W{calendar[1]:02}"
        if unit == "month":
            months = anchor.year * 12 + anchor.month - 1 + steps
            return f"{months // 12:04}-{months % 12 + 1:02}"
        return f"{anchor.year + steps:04}" if unit == "year" else f"{anchor.year // 10 + steps}"
    except OverflowError:
        return None
