"""表单 — what people type in, before actions judge it; no rule of the law stands here."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms

from gongkai.law.procedure import Role
from gongkai.text.codes import is_credit_code
from gongkai.web.bodies.actions.keeping_bodies import FIELDS
from gongkai.web.bodies.models import Body, Office
from gongkai.web.look.language import say

SLUG_HINT = "小写字母、数字和“-”，如 shifan；定了以后不能改。"

NOT_A_CODE = "这个统一社会信用代码不对：共 18 位，最后一位是校验码。请照登记证书核对。"


NOT_A_SLUG = "网址里的代号只能用小写字母、数字和“-”，开头结尾不用“-”，如 shifan。"


def _require_slug(code: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
        raise forms.ValidationError(say(NOT_A_SLUG))


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


class BodyForm(forms.ModelForm[Body]):
    """公开主体 — what a body says of itself."""

    class Meta:
        """字段 — in the order in which people think of them."""

        model = Body
        fields = FIELDS
        labels: ClassVar = {
            "name": "全称",
            "short_name": "简称",
            "level": "层级",
            "uscc": "统一社会信用代码",
            "region": "行政区划代码",
            "code": "机构代码",
            "index_template": "索引号的写法",
            "number_prefix": "发文字号的机关代字",
            "is_small": "小单位：一个人可以担任几个审核岗位，但不能连办两步",
            "is_active": "在用",
            "order": "排在第几",
            "office_name": "机构名称",
            "address": "办公地址",
            "office_hours": "办公时间",
            "telephone": "联系电话",
            "fax": "传真号码",
            "postcode": "邮政编码",
            "email": "电子邮箱",
        }

    def clean_uscc(self) -> str:
        """统一社会信用代码 — with a check sign that is right; one that stood here before stays (GB 32100-2015)."""
        code = str(self.cleaned_data["uscc"]).strip().upper()
        if code and "uscc" in self.changed_data and not is_credit_code(code):
            raise forms.ValidationError(say(NOT_A_CODE))
        return code


class NewBodyForm(BodyForm):
    """增加公开主体 — also its code in addresses, which never changes."""

    slug = forms.CharField(max_length=40, validators=[_require_slug], label="网址里的代号", help_text=SLUG_HINT)


class OfficeForm(forms.Form):
    """内设机构 — its name."""

    name = forms.CharField(max_length=80, label="名称")


class StaffForm(forms.Form):
    """人员 — name, office and e-mail."""

    name = forms.CharField(max_length=40, label="姓名")
    office = forms.ModelChoiceField(Office.objects.none(), required=False, label="内设机构", empty_label="不分机构")
    email = forms.EmailField(required=False, label="电子邮箱（可以不填）")

    def __init__(self, *arguments: Any, body: Body, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["office"].queryset = body.offices.all()  # type: ignore[attr-defined]


class NewStaffForm(StaffForm):
    """增加人员 — also the name with which the person signs in."""

    username = forms.CharField(max_length=60, label="登录名")
    field_order = ("username", "name", "office", "email")


class AppointForm(forms.Form):
    """任命 — one role."""

    role = forms.ChoiceField(choices=[(str(role), role.label) for role in Role], label="岗位")


class SetUpForm(forms.Form):
    """启用平台 — the token of the console, the county, the three administrators."""

    token = forms.CharField(max_length=40, label="启用码")
    name = forms.CharField(max_length=80, label="县级人民政府的全称")
    short_name = forms.CharField(max_length=40, label="简称")
    slug = forms.CharField(max_length=40, validators=[_require_slug], label="网址里的代号", help_text=SLUG_HINT)
    system_admin_username = forms.CharField(max_length=60, label="系统管理员的登录名")
    system_admin_name = forms.CharField(max_length=40, label="系统管理员的姓名")
    security_admin_username = forms.CharField(max_length=60, label="安全管理员的登录名")
    security_admin_name = forms.CharField(max_length=40, label="安全管理员的姓名")
    audit_admin_username = forms.CharField(max_length=60, label="审计管理员的登录名")
    audit_admin_name = forms.CharField(max_length=40, label="审计管理员的姓名")


class JournalForm(forms.Form):
    """查办理记录 — by body, person, subject, act and time."""

    chain = forms.CharField(required=False, max_length=40)
    actor = forms.CharField(required=False, max_length=60)
    subject = forms.CharField(required=False, max_length=80)
    act = forms.CharField(required=False, max_length=60)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
