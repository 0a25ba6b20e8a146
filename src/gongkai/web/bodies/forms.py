"""表单 — what people type in, before actions judge it; no rule of the law stands here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from gongkai.documents.showing.signs import shown_name
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.text.codes import is_credit_code
from gongkai.text.unseen import is_written
from gongkai.web.bodies import index_template
from gongkai.web.bodies.actions.keeping_bodies import CONFIRMED, FIELDS, MOBILE, NUMBERS, RESERVED, has_mobile
from gongkai.web.bodies.actions.naming import NAMED_SO, TURNED, other_named, turning
from gongkai.web.bodies.actions.people import NAME_UNFIT
from gongkai.web.bodies.actions.setting_up import SAME_PERSON, SAME_USERNAME
from gongkai.web.bodies.models import Body, Office
from gongkai.web.bodies.names import fits, folded
from gongkai.web.bodies.wording import BODY_FIELDS
from gongkai.web.look.language import say, value

SLUG_HINT = "小写字母、数字和“-”，如 shifan；定了以后不能改。"

NOT_A_CODE = "这个统一社会信用代码不对：共 18 位，最后一位是校验码。请照登记证书核对。"
NOT_A_REGION = "行政区划代码是六位数字，如 419900。"
NOT_AN_OFFICE_CODE = "机构代码写字母、数字、汉字和“-”“_”，它会印在索引号里。"
NOT_A_PREFIX = "机关代字只写汉字，如 示政；年份和序号在发文字号里写。"
NOT_A_TELEPHONE = "号码要写成 0371-65900000 的样子；有几个的用“、”隔开，分机写“转”。"
NO_FAX, _NONE = "没有传真的，写“无”。", ("无", "没有", "暂无", "none", "None")
NOT_A_POSTCODE = "邮政编码是六位数字，如 450000。"
NOT_AN_ADDRESS = "电子邮箱要写成 name@example.cn 的样子。"
SLUG_TAKEN = "“{slug}”已经用在{body}上了，请换一个。"
TEMPLATE_HINT = "可以用的字段：{fields}，依次是统一社会信用代码、行政区划代码、机构代码、年、顺序号、补成五位的顺序号。"
PREVIEW = "照现在填的，{year} 年第一件是 {number}。"
TOO_LONG = "这一栏写了 {count} 字，最多 {most} 字，请删短一些。"
WRONG = {
    "required": "还没有填“{name}”。",
    "invalid": "“{name}”没有填对，请核对。",
    "invalid_choice": "“{name}”没有选好，请重新选一次。",
    "unique": "这个“{name}”已经有一个主体用了，请核对；不是同一个的，加上区别。",
    "min_value": "“{name}”不能小于 0。",
    "max_value": "“{name}”太大了，请核对。",
    "unwritten": "“{name}”里只有看不见的字符，请重新打一遍。",
    "null_characters_not_allowed": "“{name}”里有看不见的字符，请重新打一遍。",
}
"""错在哪里 — by the code of the framework (条例 第四十八条)."""
_TELEPHONE = r"(?=(?:\D*\d){5})[-0-9+ (),;/\u2014\u3001\u4e00-\u9fa5]+"

NOT_A_SLUG = "网址里的代号只能用小写字母、数字和“-”，开头结尾不用“-”，如 shifan。"


CODE_TAKEN = "这个统一社会信用代码已经是{body}的了，一个单位一个，请照登记证书核对。"
PREFIX_TAKEN = "“{prefix}”已经是{body}的机关代字了。各机关的机关代字不同，文号才分得清，请核对。"
SLUG_RESERVED = "“{slug}”是平台自己要用的，请换一个。"


def _require_slug(code: str) -> None:
    if code in RESERVED:
        raise forms.ValidationError(say(SLUG_RESERVED, slug=code))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
        raise forms.ValidationError(say(NOT_A_SLUG))


def _require_written(given: str) -> None:
    """Something of what is typed is shown; a password may be of any signs."""
    if given and not is_written(given):
        raise forms.ValidationError("", code="unwritten")


def _require_straight(what: str) -> Callable[[str], None]:
    """What would be read otherwise than it was typed is said, not cleaned in silence."""

    def straight(given: str) -> None:
        if code := turning(given):
            raise forms.ValidationError(say(TURNED, what=what, code=code))

    return straight


class OurWords:
    """我们的话 — every error of a form in the words of the house, none of the framework's."""

    fields: dict[str, forms.Field]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.strip:
                field.validators += [_require_written, _require_straight(str(value(str(field.label or ""))))]
            named = {code: say(template, name=value(str(field.label or ""))) for code, template in WRONG.items()}
            if isinstance(field, forms.EmailField):
                named["invalid"] = say(NOT_AN_ADDRESS)
            named["max_length"] = say(TOO_LONG, count="%(show_value)d", most="%(limit_value)d")
            field.error_messages = {**field.error_messages, **named}

    def wrong(self, field: str) -> str:
        """一栏错在哪里 — everything that is wrong with it; empty where nothing is."""
        return " ".join(map(str, self.errors.get(field, ())))  # type: ignore[attr-defined]

    def add_error(self, field: str | None, error: Any) -> None:
        """一处错 — also one for which the framework does not ask the field what it says."""
        for each in getattr(error, "error_list", ()) if field in self.fields else ():
            each.message = self.fields[str(field)].error_messages.get(each.code, each.message)
        super().add_error(field, error)  # type: ignore[misc]


class SignInForm(OurWords, forms.Form):
    """登录 — a name and a password."""

    name = forms.CharField(max_length=150, label="登录名")
    password = forms.CharField(max_length=500, strip=False, label="密码")


class CodeForm(OurWords, forms.Form):
    """动态口令 — six digits, or a recovery code."""

    code = forms.CharField(max_length=40, required=False, label="动态口令")


class PasswordForm(OurWords, forms.Form):
    """修改密码 — the one now, the new one, and the new one again."""

    old = forms.CharField(max_length=500, required=False, strip=False, label="现在的密码")
    new = forms.CharField(max_length=500, required=False, strip=False, label="新密码")
    again = forms.CharField(max_length=500, required=False, strip=False, label="新密码，再写一次")


class BodyForm(OurWords, forms.ModelForm[Body]):
    """公开主体 — what a body says of itself; a mobile number among it has to be confirmed (条例 第十五条)."""

    is_office_mobile = forms.BooleanField(required=False, label="机构用的号码，不是个人的")

    class Meta:
        """字段 — in the order in which people think of them."""

        model = Body
        fields = FIELDS
        labels: ClassVar = BODY_FIELDS
        help_texts: ClassVar = {"fax": NO_FAX}

    def clean_name(self) -> str:
        """全称 — that no other body has, as its name or its short name (条例 第四条)."""
        return self._own("name")

    def clean_short_name(self) -> str:
        """简称 — likewise."""
        return self._own("short_name")

    def _own(self, field: str) -> str:
        given = shown_name(str(self.cleaned_data[field]))
        if field in self.changed_data and (other := other_named(given, self.instance.pk)):
            raise forms.ValidationError(say(NAMED_SO, name=given, body=other.name))
        return given

    def clean_uscc(self) -> str:
        """统一社会信用代码 — with a check sign that is right; one that stood here before stays (GB 32100-2015)."""
        code = str(self.cleaned_data["uscc"]).strip().upper()
        if code and "uscc" in self.changed_data and not is_credit_code(code):
            raise forms.ValidationError(say(NOT_A_CODE))
        same = Body.objects.filter(uscc=code).exclude(pk=self.instance.pk).first() if code else None
        if same and "uscc" in self.changed_data:
            raise forms.ValidationError(say(CODE_TAKEN, body=same.name))
        return code

    def clean_region(self) -> str:
        """行政区划代码 — six digits (GB/T 2260)."""
        return self._of("region", r"\d{6}", NOT_A_REGION)

    def clean_code(self) -> str:
        """机构代码 — what can stand in an index number, and in the address of a page."""
        return self._of("code", r"[0-9A-Za-z\u4e00-\u9fa5_-]*", NOT_AN_OFFICE_CODE)

    def clean_number_prefix(self) -> str:
        """机关代字 — as document numbers begin (公文格式)."""
        prefix = self._of("number_prefix", r"[\u4e00-\u9fa5]*", NOT_A_PREFIX)
        same = Body.objects.filter(number_prefix=prefix).exclude(pk=self.instance.pk).first() if prefix else None
        if same and "number_prefix" in self.changed_data:
            raise forms.ValidationError(say(PREFIX_TAKEN, prefix=prefix, body=same.name))
        return prefix

    def clean_telephone(self) -> str:
        """联系电话 — with a number in it."""
        return self._of("telephone", _TELEPHONE, NOT_A_TELEPHONE)

    def clean_fax(self) -> str:
        """传真号码 — with a number in it, or that there is none."""
        if str(self.cleaned_data["fax"]).strip() in _NONE:
            return _NONE[0]
        return self._of("fax", _TELEPHONE, NOT_A_TELEPHONE)

    def clean_postcode(self) -> str:
        """邮政编码 — six digits."""
        return self._of("postcode", r"\d{6}", NOT_A_POSTCODE)

    def _of(self, name: str, pattern: str, template: str) -> str:
        """What was typed, if it looks so; what stood there before stays."""
        given = unicodedata.normalize("NFKC", str(self.cleaned_data[name])).strip()
        if given and name in self.changed_data and not re.fullmatch(pattern, given, re.ASCII):
            raise forms.ValidationError(say(template))
        return given

    def clean(self) -> dict[str, Any]:
        """索引号的写法 — judged with all that it is made of."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name in NUMBERS if not told.get(CONFIRMED) else ():
            if name in self.changed_data and has_mobile(told.get(name) or ""):
                self.add_error(name, say(MOBILE))
        if all(name in told for name in ("index_template", "uscc", "region", "code")):
            body = Body(id=self.instance.id, slug=told.get("slug", self.instance.slug) or "x")
            body.index_template, body.uscc = told["index_template"].strip(), told["uscc"]
            body.region, body.code = told["region"], told["code"]
            if wrong := index_template.problem(body):
                self.add_error("index_template", say(wrong[0], **wrong[1]))
            else:
                told["index_template"] = body.index_template
        elif "index_template" in told and (wrong := index_template.problem_alone(told["index_template"].strip())):
            # Other boxes are to be mended as well: all is said at once.
            self.add_error("index_template", say(wrong[0], **wrong[1]))
        return told

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["index_template"].help_text = self._hint()
        if not any(self.is_bound and has_mobile(str(self.data.get(name) or "")) for name in NUMBERS):
            del self.fields[CONFIRMED]

    def _hint(self) -> str:
        """What may be written, and what it would make, for the body as it stands in the form."""
        names = ("index_template", "uscc", "region", "code", "slug")
        given = self.data if self.is_bound else self.initial
        shown = {name: str(given.get(name) or "") for name in names if name in self.fields}
        body = Body(**{"slug": self.instance.slug, **shown})
        year = timezone.localdate().year
        hint = say(TEMPLATE_HINT, fields=index_template.FIELDS)
        if not body.slug or index_template.problem(Body(**{**shown, "id": self.instance.id, "slug": body.slug})):
            return hint
        return hint + say(PREVIEW, year=year, number=index_template.rendered(body, year, 1))


class NewBodyForm(BodyForm):
    """增加公开主体 — also its code in addresses, which never changes."""

    slug = forms.CharField(max_length=40, validators=[_require_slug], label="网址里的代号", help_text=SLUG_HINT)

    def clean_slug(self) -> str:
        """网址里的代号 — that no other body has."""
        slug = str(self.cleaned_data["slug"])
        if other := Body.objects.filter(slug=slug).first():
            raise forms.ValidationError(say(SLUG_TAKEN, slug=slug, body=other.name))
        return slug


class OfficeForm(OurWords, forms.Form):
    """内设机构 — its name."""

    name = forms.CharField(max_length=80, label="名称")


class StaffForm(OurWords, forms.Form):
    """人员 — name, office and e-mail."""

    name = forms.CharField(max_length=40, label="姓名")
    office = forms.ModelChoiceField(Office.objects.none(), required=False, label="内设机构", empty_label="不分机构")
    email = forms.EmailField(max_length=254, required=False, label="电子邮箱（可以不填）")

    def __init__(self, *arguments: Any, body: Body, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["office"].queryset = body.offices.all()  # type: ignore[attr-defined]


class NewStaffForm(StaffForm):
    """增加人员 — also the name with which the person signs in."""

    username = forms.CharField(max_length=60, label="登录名")
    field_order = ("username", "name", "office", "email")

    def clean_username(self) -> str:
        """登录名 — that may be one; whether another person has it is known when it is written."""
        given = str(self.cleaned_data["username"])
        if not fits(folded(given)):
            raise forms.ValidationError(say(NAME_UNFIT, username=given[:40]))
        return given


class AppointForm(OurWords, forms.Form):
    """任命 — one role."""

    role = forms.ChoiceField(choices=[(str(role), role.label) for role in Role], label="岗位")


class SetUpForm(OurWords, forms.Form):
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

    def clean(self) -> dict[str, Any]:
        """三员分立 — names that are fit, and each of them once; all that is wrong at its place (GB/T 22239-2019)."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for role in ADMINISTRATORS:
            given = str(told.get(f"{role}_username") or "")
            if given and not fits(folded(given)):
                self.add_error(f"{role}_username", say(NAME_UNFIT, username=given[:40]))
        for part, template in (("username", SAME_USERNAME), ("name", SAME_PERSON)):
            seen: set[str] = set()
            for field in (f"{role}_{part}" for role in ADMINISTRATORS):
                name = "".join(str(told.get(field) or "").split()).casefold()
                if name and name in seen:
                    self.add_error(field, say(template, name=str(told[field]).strip()[:40]))
                seen.add(name)
        return told
