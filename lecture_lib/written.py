"""Numbers as people write them: "0,25", "1/4", "¼", "25 %", "2.5 · 10⁻¹", with a printed minus.

What can be read in two ways, as "1,000", is told in one sentence, as is what is no number.
"""

import re
import unicodedata

from . import check

MINUS = "\N{MINUS SIGN}"
_SIGNS = dict.fromkeys(map(ord, f"{MINUS}\N{EN DASH}\N{FIGURE DASH}\N{SMALL HYPHEN-MINUS}－"), "-")
_SLASHES = dict.fromkeys(map(ord, "\N{FRACTION SLASH}\N{DIVISION SLASH}\N{DIVISION SIGN}"), "/")
_TIMES = dict.fromkeys(map(ord, "·⋅×∙"), "*")
_PLAIN = _SIGNS | _SLASHES | _TIMES
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+"))
# A comma that may stand before decimals or between thousands.
UNCLEAR_COMMA = r"[+-]?[1-9]\d{0,2},\d{3}(?!\d)"
# Digits with spaces between them that do not part thousands.
UNCLEAR_SPACE = r"\d\s+\d{1,2}(?!\d)|\d\s+\d{4}"
MIXED = r"([+-]?)(\d+)\s+(\d+)/(\d+)"  # 1 1/2
POWER = r"([+-]?)(?:(.+)[*x])?([\d.,]+)(?:\^|\*\*)\(?([+-]?\d{1,4})\)?"  # 3*10^-8, 2**-25


def make_plain(text):
    """The text with one sign for each of minus, division and times, and powers after a ^."""
    plain = "".join(map(_spell_fraction, text)).translate(_PLAIN)
    raised = f"[{''.join(_RAISED)}]+"
    return re.sub(raised, _spell_power, plain).strip()


def _spell_fraction(letter):
    """A letter such as ¼ as " 1/4"; any other as it is."""
    if unicodedata.decomposition(letter).startswith("<fraction>"):
        return " " + unicodedata.normalize("NFKC", letter)
    return letter


def _spell_power(found):
    return "^" + "".join(_RAISED[letter] for letter in found.group())


def read_number(name, text, allowed, shown=None):
    """The number that a person wrote, as a float.

    Raises ValueError, which tells what is `allowed`, if it is none, or if its comma may stand for a
    point or between thousands. `shown` is what was given, where `text` is a part of it.
    """
    told = f"{name} was {shown or check.shorten(text)}"
    plain = make_plain(text).lstrip("=≈~ ")
    number = plain.removesuffix("%")
    top, is_fraction, bottom = number.partition("/")
    try:
        value = _read_quotient(number.strip())
    except (ValueError, ZeroDivisionError, OverflowError):
        raise ValueError(f"{told}; it must be {allowed}.") from None
    if re.match(UNCLEAR_COMMA, top.strip()) or re.match(UNCLEAR_COMMA, bottom.strip()):
        written = "".join(plain.split())
        without = check.shorten(written.replace(",", ""))
        decimal = check.shorten(written.replace(",", "."))
        raise ValueError(f"{told}, which can be read in two ways; write {without} or {decimal}.")
    return value / 100 if number != plain else value


def _read_quotient(text):
    """The number of a text such as "1/4", "1 1/2" or "0,5"."""
    mixed = re.fullmatch(MIXED, text)
    if mixed:
        sign, whole, top, bottom = mixed.groups()
        return float(f"{sign}1") * (int(whole) + int(top) / int(bottom))
    if re.search(UNCLEAR_SPACE, text):
        raise ValueError
    top, is_fraction, bottom = "".join(text.split()).partition("/")
    return _read_power(top) / _read_power(bottom) if is_fraction else _read_power(top)


def _read_power(text):
    """The number of a text such as "2.5*10^-1" or "0,25"."""
    power = re.fullmatch(POWER, text)
    if power is None:
        return float(text.replace(",", "."))
    sign, factor, base, exponent = power.groups()
    factor = (factor or "1").replace(",", ".")
    base = base.replace(",", ".")
    if float(base) == 10.0 and "e" not in factor.lower():
        return float(f"{sign}{factor}e{exponent}")
    return float(f"{sign}1") * float(factor) * float(base) ** int(exponent)
