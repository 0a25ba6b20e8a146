"""表单 — what the desk asks for: this year's files and, if wanted, last year's (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from gongkai.web.look.language import say

NOTHING = "还没有选文件。请选一份或多份年报，也可以选一个 zip。"


class ManyFiles(forms.ClearableFileInput):
    """多个文件 — one control for any number of files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: object, files: MultiValueDict[str, UploadedFile], name: str) -> object:  # noqa: ARG002
        """多个文件 — all files of the name."""
        return files.getlist(name)


class FilesField(forms.FileField):
    """多个文件 — every file given; empty ones too, for each must say in its row why it was not read."""

    widget = ManyFiles(attrs={"multiple": True})

    def clean(self, data: Sequence[UploadedFile] | None, initial: object = None) -> list[UploadedFile]:  # noqa: ARG002
        """多个文件 — as they came."""
        given = list(data or ())
        if self.required and not given:
            raise forms.ValidationError(say(NOTHING))
        return given


class DeskForm(forms.Form):
    """核对 — the files to check, and last year's."""

    files = FilesField()
    previous = FilesField(required=False)
