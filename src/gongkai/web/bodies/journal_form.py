"""查办理记录的条件 — what a reader of the journal asks; what cannot be read is said, not passed over (条例
第四十五条)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from gongkai.web.bodies.forms import OurWords
from gongkai.web.bodies.wording import actors, subjects
from gongkai.web.journal.models import Entry
from gongkai.web.journal.rooms import words
from gongkai.web.look.days import DayField
from gongkai.web.look.language import say

NO_DAY = "“{day}”不像是真的日期，年份从 1900 到 2199。"
NOT_BEFORE = "“到”比“从”早，请核对这两天。"
NOT_A_SUBJECT = (
    "没有找到“{asked}”。这里写索引号，或者编号，例如“政府信息 12”“附件 3”，也可以只写 12；"
    "人员和主体写名称。记录里不留标题，不能按标题查。"
)
NOBODY = "没有叫“{asked}”的人。请写全姓名，或者登录名；系统办的写“平台”“命令行”。"
NO_CHAIN = "“{asked}”不是您能查的主体，请从列出的里面选。"
NO_ACT = "没有“{asked}”这个步骤，请从列出的里面选。"
NO_PLACE = "这一页的位置“{asked}”不对，请从第一页看起。"
NO_SUCH = "“{asked}”不是这里能用的条件，请去掉它。"
FIRST_YEAR, LAST_YEAR = 1900, 2199
FILTERS = ("chain", "act", "actor", "subject", "first", "last")
PLACES = ("older", "newer")
"""位置 — by which entry a page begins or ends; pages follow the index, however long the journal is."""


class JournalForm(OurWords, forms.Form):
    """查办理记录 — by index number, person, body, act and days (条例 第四十五条)."""

    subject = forms.CharField(required=False, max_length=80, label="索引号")
    actor = forms.CharField(required=False, max_length=60, label="谁")
    chain = forms.CharField(required=False, max_length=40, label="主体")
    act = forms.CharField(required=False, max_length=60, label="步骤")
    first = DayField(required=False, label="从")
    last = DayField(required=False, label="到")
    older = forms.CharField(required=False, max_length=19, label="位置")
    newer = forms.CharField(required=False, max_length=19, label="位置")

    def __init__(self, data: QueryDict, chains: Collection[str]) -> None:
        super().__init__(data)
        self._chains = chains

    def clean_subject(self) -> list[str]:
        """哪一件 — as the journal writes it."""
        return self._found("subject", subjects, NOT_A_SUBJECT)

    def clean_actor(self) -> list[str]:
        """谁 — as the journal writes those who are called so."""
        return self._found("actor", actors, NOBODY)

    def _found(self, name: str, how: Any, template: str) -> list[str]:
        asked = str(self.cleaned_data[name]).strip()
        found: list[str] = how(asked) if asked else []
        if asked and not found:
            raise forms.ValidationError(say(template, asked=asked))
        return found

    def clean_chain(self) -> str:
        """主体 — one that this person may read."""
        return self._known("chain", self._chains, NO_CHAIN)

    def clean_act(self) -> str:
        """步骤 — one that a room declares."""
        return self._known("act", words().acts, NO_ACT)

    def _known(self, name: str, known: Collection[str], template: str) -> str:
        asked = str(self.cleaned_data[name])
        if asked and asked not in known:
            raise forms.ValidationError(say(template, asked=asked))
        return asked

    def clean_first(self) -> date | None:
        """从哪一天 — one that can be counted from."""
        return self._in_reach("first")

    def clean_last(self) -> date | None:
        """到哪一天 — one that can be counted to."""
        return self._in_reach("last")

    def _in_reach(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(say(NO_DAY, day=day))
        return day

    def clean_older(self) -> Entry | None:
        """往前看 — the entry after which the page begins."""
        return self._place("older")

    def clean_newer(self) -> Entry | None:
        """往后看 — the entry before which the page ends."""
        return self._place("newer")

    def _place(self, name: str) -> Entry | None:
        asked = str(self.cleaned_data[name])
        if not asked:
            return None
        known = Entry.objects.filter(id=int(asked)) if asked.isascii() and asked.isdecimal() else Entry.objects.none()
        found = known.only("id", "at").first()
        if found is None:
            raise forms.ValidationError(say(NO_PLACE, asked=asked))
        return found

    def clean(self) -> dict[str, Any]:
        """先后和多余的条件 — the first day is not after the last, and nothing is asked that is not looked at."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("first") and told.get("last") and told["first"] > told["last"]:
            self.add_error("last", say(NOT_BEFORE))
        for name in self.data:
            if name not in self.fields and name != "csrfmiddlewaretoken":
                self.add_error(None, say(NO_SUCH, asked=name[:60]))
        return told

    @property
    def search(self) -> dict[str, Any]:
        """所查 — what `journal.queries.search` is asked for."""
        told, zone = self.cleaned_data, timezone.get_current_timezone()
        first, last = told.get("first"), told.get("last")
        return {
            "chains": [told["chain"]] if told.get("chain") else self._chains,
            "actors": told.get("actor") or None,
            "subjects": told.get("subject") or (),
            "act": told.get("act", ""),
            "since": datetime.combine(first, time(), zone) if first else None,
            "until": datetime.combine(last + timedelta(days=1), time(), zone) if last else None,
        }
