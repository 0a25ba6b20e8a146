"""表单 — what people type in, before actions judge it; no rule of the law stands here."""

from __future__ import annotations

from django import forms


class SignInForm(forms.Form):
    """登录 — a name and a password."""

    name = forms.CharField(max_length=150, required=False)
    password = forms.CharField(max_length=500, required=False, strip=False)


class CodeForm(forms.Form):
    """动态口令 — six digits, or a recovery code."""

    code = forms.CharField(max_length=40, required=False)


class PasswordForm(forms.Form):
    """修改密码 — the one now, the new one, and the new one again."""

    old = forms.CharField(max_length=500, required=False, strip=False)
    new = forms.CharField(max_length=500, required=False, strip=False)
    again = forms.CharField(max_length=500, required=False, strip=False)
