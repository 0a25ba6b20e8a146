"""自某日以来 — a day, or a head that somebody kept, as it is asked for (条例 第四十五条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gongkai.web.bodies.forms import OurWords
from gongkai.web.bodies.journal_form import NO_SUCH
from gongkai.web.journal.heads import Head, HeadsError
from gongkai.web.journal.since import MOST_BYTES, of_day, saved
from gongkai.web.look.days import DayField
from gongkai.web.look.language import say

TOO_LARGE = "文件太大，最多 {most} MB。请只留要核对的那几行，或者用命令行：gongkai journal verify --against。"
NOTHING = "请选一天，或者贴上、选上存下的树头。"
NOT_YET = "{day} 以前还没有签出树头。请选晚一些的日子。"
ONE_OF = "日期和存下的树头只能给一样，请去掉一样。"
EMPTY = "里面没有树头。"


class SinceForm(OurWords, forms.Form):
    """自某日以来 — one of: a day, pasted heads, a file of heads."""

    day = DayField(required=False, label="日期")
    head = forms.CharField(required=False, max_length=MOST_BYTES, label="存下的树头", strip=False)
    file = forms.FileField(required=False, label="树头文件", allow_empty_file=True)

    def __init__(self, data: QueryDict, files: MultiValueDict[str, Any] | None = None) -> None:
        """`files`: of a form that was sent; None where an address asks, of which every name must be known."""
        super().__init__(data, files)
        self._is_address = files is None

    def clean(self) -> dict[str, Any]:
        """给了什么 — exactly one of them; `heads`: what is to be judged, the newest first."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.data if self._is_address else ():
            if name not in self.fields:
                self.add_error(None, say(NO_SUCH, asked=name[:60]))
        if self.errors:
            return told
        given = [name for name in ("day", "head", "file") if told.get(name)]
        if len(given) != 1:
            raise forms.ValidationError(say(ONE_OF if given else NOTHING))
        told["heads"] = self._of_day(told["day"]) if given == ["day"] else self._saved(given[0], told[given[0]])
        return told

    def _of_day(self, day: date) -> list[Head]:
        found = of_day(day)
        if found is None:
            self.add_error("day", say(NOT_YET, day=day))
        return [found] if found else []

    def _saved(self, name: str, given: str | UploadedFile[Any]) -> list[Head]:
        if isinstance(given, UploadedFile) and (given.size or 0) > MOST_BYTES:
            self.add_error(name, say(TOO_LARGE, most=MOST_BYTES // 1024**2))
            return []
        text: bytes = given.encode() if isinstance(given, str) else given.read()
        try:
            heads = saved(text)
        except HeadsError as error:
            self.add_error(name, say(error.template, **error.values))
            return []
        if not heads:
            self.add_error(name, say(EMPTY))
        return heads
