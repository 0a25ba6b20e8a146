"""办理口径 — what the texts at hand leave open about a request, each with the default that ships (条例 第三十三条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.law.errors import LawError
from gongkai.law.sources import read_data

FLAGS = {"true": True, "false": False}
CHOICES: Mapping[str, tuple[object, ...]] = {
    "consultation_first_day": ("excluded", "counted"),
    "late_correction_restarts": (True, False),
    "late_fee_notice_restarts": (True, False),
    "payment_restarts_reply": (True, False),
    "reasons_pause": (True, False),
    "email_receipt": ("confirmation", "arrival"),
    "merge": ("host", "other"),
    "reopen": ("keep", "replace_same_year", "count_anew"),
    "second_instance": ("first", "last"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """办理口径 — one value a question (条例 第三十条至第三十四条; 收费办法 第六条).

    * `consultation_first_day`: whether the day on which a consultation is sent belongs to the office (`counted`).
    * `late_correction_restarts`: whether a correction told after seven working days saves the office from lateness.
    * `late_fee_notice_restarts`: whether a fee told after the period had ended saves the office from lateness.
    * `payment_restarts_reply`: whether payment starts the reply clock anew, or it goes on.
    * `reasons_pause`: whether the clock rests while the applicant is asked for reasons.
    * `email_receipt`: an e-mail counts from the confirmation, or from its arrival.
    * `merge`: a merged request counts in the row of its host, or in 其他处理 on the day of merging.
    * `reopen`: what becomes of the cell of a request that is handled again.
    * `second_instance`: which judgment of a suit counts.
    """

    consultation_first_day: str = "excluded"
    late_correction_restarts: bool = False
    late_fee_notice_restarts: bool = False
    payment_restarts_reply: bool = True
    reasons_pause: bool = False
    email_receipt: str = "confirmation"
    merge: str = "host"
    reopen: str = "keep"
    second_instance: str = "first"

    @classmethod
    def of(cls, values: Mapping[str, Any] | None = None) -> Settings:
        """读口径 — those that ship, with others put over them, as text or as values; LawError names what is wrong."""
        chosen = dict(_shipped())
        for name, value in (values or {}).items():
            if name not in CHOICES:
                raise LawError("没有“{name}”这一项口径，可以设的有：{names}", name=name, names="、".join(CHOICES))
            read = FLAGS.get(value, value) if isinstance(value, str) else value
            if not any(read is choice or (isinstance(read, str) and read == choice) for choice in CHOICES[name]):
                allowed = "、".join(str(choice).lower() for choice in CHOICES[name])
                raise LawError(
                    "口径“{name}”只能是：{allowed}，写的是“{value}”", name=name, allowed=allowed, value=value
                )
            chosen[name] = read
        return cls(**chosen)


@cache
def _shipped() -> Mapping[str, Any]:
    settings: Mapping[str, Any] = read_data("time_limits.toml")["settings"]
    return settings
