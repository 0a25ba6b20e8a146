"""个人信息的种类 — what each is called and how it is masked, as `data/personal_data.toml` has them (条例 第十五条)."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from importlib.resources import files
from typing import NamedTuple

from gongkai.text.hit import STAR, Hit, Severity

DATA = tomllib.loads((files("gongkai.text") / "data" / "personal_data.toml").read_text(encoding="utf-8"))


class Kind(StrEnum):
    """个人信息的种类 — what is looked for; the value is the code that is stored (条例 第十五条).

    identity 身份证号, residence 外国人永久居留身份证号, permit 通行证号, hong_kong 香港、澳门身份证号,
    officer 军官证警官证号, bank_card 银行卡号, mobile 手机号, phone 个人电话, passport 护照号, plate 车牌号,
    email 电子邮箱, account 网络账号, address 详细住址, health 健康状况, disability_card 残疾证号, minor 未成年人信息,
    birthday 出生日期, certificate 证件号, reordered 文字倒排; unsure 疑似.
    """

    IDENTITY = "identity"
    IDENTITY_UNSURE = "identity_unsure"
    RESIDENCE = "residence"
    PERMIT = "permit"
    HONG_KONG = "hong_kong"
    OFFICER = "officer"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    MOBILE_UNSURE = "mobile_unsure"
    PHONE = "phone"
    PASSPORT = "passport"
    PLATE = "plate"
    EMAIL = "email"
    ACCOUNT = "account"
    ADDRESS = "address"
    HEALTH = "health"
    DISABILITY_CARD = "disability_card"
    MINOR = "minor"
    BIRTHDAY = "birthday"
    CERTIFICATE = "certificate"
    REORDERED = "reordered"


class Rule(NamedTuple):
    """一种个人信息的规矩 — one table of the data."""

    kind: Kind
    label: str
    severity: Severity
    head: int
    tail: int
    provision: str
    message: str
    headers: tuple[str, ...]
    beside_names: tuple[str, ...]


RULES = {
    kind: Rule(
        kind,
        entry["label"],
        Severity(entry["severity"]),
        entry["head"],
        entry["tail"],
        entry["provision"],
        entry["message"],
        tuple(entry.get("headers", ())),
        tuple(entry.get("beside_names", ())),
    )
    for kind in Kind
    for entry in (DATA["kinds"][kind],)
}
_GIVEN = {kind: (rule.severity, rule.head, rule.tail, rule.message, rule.provision) for kind, rule in RULES.items()}
"""What every hit of a kind is given."""


def label(kind: str) -> str:
    """种类名称 — 身份证号 for `identity`, in Chinese."""
    return RULES[Kind(kind)].label


def hit(
    kind: Kind, start: int, text: str, mask: str | None = None, severity: Severity | None = None, **values: object
) -> Hit:
    """一处个人信息 — a hit of this kind, masked as its rule says unless `mask` is given."""
    usual, head, tail, message, provision = _GIVEN[kind]
    if mask is None:
        mask = starred(text, head, tail)
    shown = {"mask": mask, **values} if values else {"mask": mask}
    # A list of numbers is nothing but hits: to make one by its names costs three times as much.
    fields = (kind, severity or usual, start, start + len(text), text, mask, message, provision, shown)
    return tuple.__new__(Hit, fields)


def starred(text: str, head: int, tail: int) -> str:
    """打星号 — the first `head` and the last `tail` letters and digits stay, fewer where four would not go."""
    if len(text) >= head + tail + 4 and text.isalnum():
        return text[:head] + STAR * (len(text) - head - tail) + text[len(text) - tail :]
    places = [at for at, sign in enumerate(text) if sign.isalnum()]
    if len(places) < head + tail + 4:
        head, tail = len(places) // 4, len(places) // 4
    start = places[head - 1] + 1 if head else 0
    end = places[-tail] if tail else len(text)
    return text[:start] + STAR * (end - start) + text[end:]
