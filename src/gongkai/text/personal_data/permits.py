"""证件号 — passports, permits, cards of Hong Kong and Macau, of soldiers and police: told by shape and label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gongkai.text.codes import is_hong_kong_identity, is_identity_number
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data.kinds import DATA, Kind, hit
from gongkai.text.personal_data.saying import is_other, is_said

_LETTER = r"A-Za-z\uff21-\uff3a\uff41-\uff5a"
_DIGIT = "0-9\uff10-\uff19"
_GAP = r"[\s\u200b-\u200f\u2060\ufeff]{0,3}"
_BRACKETED = rf"[(（]{_GAP}[{_DIGIT}Aa\uff21]{_GAP}[)）]"
LETTERED = rf"(?<=[{_LETTER}])[A-Za-z\uff21-\uff3a]{{0,2}}[{_DIGIT}]{{6,12}}(?:{_BRACKETED}|(?![{_LETTER}{_DIGIT}]))"
"""带字母的证件号 — the shape of what `lettered` looks at, after its first letter."""
# What a number with letters may be: its shape, its label, whether the shape alone makes one look.
_PASSPORT = re.compile(r"[EGDSPK](?:[A-Z]\d{7}|\d{8})")
_PERMIT = re.compile(r"[HM]\d{8}(?:\d\d)?")
_APPROVAL, _NEAR = re.compile(r"(?:准字|械准|械注准|药准|卫食健)[\s（(]*\Z"), 8
"""国药准字 H20117405: of a medicine, as many signs as a permit has."""
_DAY = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_OLD_RESIDENCE = re.compile(r"[A-Z]{3}\d{12}")

_PART = rf"(?:{_GAP}|[ \-\u2010-\u2015\uff0d]{{1,2}})"
"""Between the groups of a number with letters."""
_NO_WORD = r"(?![Nn][Oo])"
_LABELS = DATA["labels"]
_VALUES = {
    Kind.PERMIT: (
        "permit",
        rf"{_NO_WORD}[{_LETTER}]{{1,2}}{_PART}[{_DIGIT}](?:{_PART}[{_DIGIT}]){{6,10}}|[{_DIGIT}]{{7,11}}",
    ),
    Kind.HONG_KONG: (
        "hong_kong",
        rf"[{_LETTER}]{{1,2}}{_GAP}[{_DIGIT}]{{6}}{_GAP}(?:{_BRACKETED}|[{_DIGIT}Aa])",
    ),
    Kind.OFFICER: ("officer", rf"(?:[\u4e00-\u9fff]{{1,6}}第?{_GAP})?[{_DIGIT}]{{5,10}}"),
    Kind.RESIDENCE: ("residence", rf"[{_LETTER}]{{3}}[{_DIGIT}]{{12}}|[{_DIGIT}]{{17}}[{_DIGIT}Xx]"),
    Kind.PASSPORT: ("passport", rf"{_NO_WORD}[{_LETTER}]{{1,2}}{_PART}[{_DIGIT}](?:{_PART}[{_DIGIT}]){{5,8}}"),
}
_MACAU = rf"[1578]/?[{_DIGIT}]{{6}}/?(?:{_BRACKETED}|[{_DIGIT}])"


def _labelled(words: list[str], value: str) -> re.Pattern[str]:
    label = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(
        rf"(?:{label})[^\d\n{_LETTER}\uff10-\uff19，。；、]{{0,12}}?(?:号码?|编号|证号|[Nn][Oo]\.?)?[\s:：为是（(]{{0,4}}"
        rf"(?P<value>{value})(?![{_LETTER}{_DIGIT}])"
    )


_HELD = re.compile(
    rf"(?<![{_LETTER}{_DIGIT}])(?P<value>{_NO_WORD}[{_LETTER}]{{1,2}}{_PART}[{_DIGIT}](?:{_PART}[{_DIGIT}]){{6,8}})"
    rf"{_GAP}(?:号的?|的)?{_GAP}(?:(?:因[公私]|普通|外交|公务|中国|外国){{0,2}}护照)"
)
"""持 G 12345678 护照: the name behind the number."""
_FOREIGN = re.compile(
    rf"(?:{'|'.join(_LABELS['passport'])})(?:号码?|编号|{_GAP}[Nn][Oo]\.?|{_GAP}[Nn]umber)[\s:：为是（(]{{0,4}}"
    rf"(?P<value>[{_DIGIT}]{{9}})(?![{_LETTER}{_DIGIT}])"
)
"""Of digits alone, as of some countries: only where the words before say that it is its number."""
_PUBLIC = "".join(rf"(?<!{word})" for word in DATA["grids"]["no_certificates"])
_CERTIFICATE = re.compile(
    rf"{_PUBLIC}(?:{'|'.join(_LABELS['certificate'])})码?[\s:：为是（(]{{1,4}}"
    rf"(?P<value>(?:[\u4e00-\u9fff]{{1,3}}第?{_GAP})?[{_LETTER}]{{0,3}}[{_DIGIT}]{{5,12}})(?![{_LETTER}{_DIGIT}])"
)
"""Of whatever certificate, as a form has it; those of officials (执法证件号) are public."""
_LABELLED = [
    *((kind, _labelled(_LABELS[name], value)) for kind, (name, value) in _VALUES.items()),
    (Kind.HONG_KONG, _labelled(_LABELS["macau"], _MACAU)),
    (Kind.PASSPORT, _HELD),
    (Kind.PASSPORT, _FOREIGN),
    (Kind.CERTIFICATE, _CERTIFICATE),
]
LABELS = sorted({word for name in (*dict(_VALUES.values()), "macau", "certificate") for word in _LABELS[name]})
"""证件名称 — a text without one of these has nothing for `labelled`."""


def labelled(text: str) -> Iterator[Hit]:
    """写明的证件号 — every number after the name of a permit or card."""
    for kind, pattern in _LABELLED:
        for match in pattern.finditer(text):
            severity = None if kind is Kind.CERTIFICATE else Severity.BLOCK
            yield hit(kind, match.start("value"), match["value"], severity=severity)


def lettered(text: str, match: re.Match[str]) -> Iterator[Hit]:
    """带字母的证件号 — what letters with digits after them are, by their shape and check digit."""
    start, printed = match.start(), match[0]
    before = text[max(0, start - 1) : start]
    if before.isascii() and before.isalnum():
        return
    code = re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", printed).upper())
    if printed[-1] in ")）":
        if is_hong_kong_identity(code):
            yield hit(Kind.HONG_KONG, start, printed)
    elif _PASSPORT.fullmatch(code):
        severity = Severity.BLOCK if is_said(text, start, "passport") else None
        yield hit(Kind.PASSPORT, start, printed, severity=severity)
    elif _PERMIT.fullmatch(code) and not _APPROVAL.search(text, max(0, start - _NEAR), start):
        yield hit(Kind.PERMIT, start, printed)
    elif _OLD_RESIDENCE.fullmatch(code) and _DAY.match(code, 7) and not is_other(text, start):
        yield hit(Kind.RESIDENCE, start, printed, severity=Severity.WARN)


_STARRED = re.compile(rf"(?<![{_DIGIT}])[1-8][{_DIGIT}]{{16}}(?=[*\uff0a](?![*\uff0a{_DIGIT}]))")
_ZONE = re.compile(
    r"(?<![A-Z0-9<])(?:P[A-Z<][A-Z<]{3}[A-Z<]{39}\s{0,3}(?P<passport>[A-Z0-9<]{44})"
    r"|[IAC][A-Z<][A-Z<]{3}(?P<card>[A-Z0-9<]{25}\s{0,3}[0-9]{6}[0-9<][MFX<][0-9]{6}[0-9<][A-Z0-9<]{15}))(?![A-Z0-9<])"
)
"""The lines that machines read at the foot of a passport and of a card: the number and the birthday (ICAO 9303)."""


def with_star(text: str) -> Iterator[Hit]:
    """末位写成星号的身份证号 — what X the program wrote as *: the seventeen digits say that it is X (GB 11643-1999)."""
    for match in _STARRED.finditer(text):
        if is_identity_number(unicodedata.normalize("NFKC", match[0]) + "X"):
            yield hit(Kind.IDENTITY, match.start(), text[match.start() : match.end() + 1], severity=Severity.BLOCK)


def machine_read(text: str) -> Iterator[Hit]:
    """机读码 — number and birthday in the lines that a passport or a card has for machines (ICAO 9303)."""
    for match in _ZONE.finditer(text):
        part = match.lastgroup or ""
        yield hit(Kind.PASSPORT, match.start(part), match[part], severity=Severity.BLOCK)
