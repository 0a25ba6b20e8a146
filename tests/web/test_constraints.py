"""约束成句 — what the database would refuse is a sentence on the page, with what was typed kept (条例 第四十八条).

Every constraint of every model stands in a table here: with the way in which a person meets it, or with the reason why
nobody can. One that is new and stands in none fails the first test.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from tests.web.cast import client_of
from tests.web.constraints import constraints
from tests.web.holdings.county import RECORD, Office
from tests.web.holdings.test_masking import IDENTITY, attached
from tests.web.holdings.test_pages import FORM

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.usefixtures("ground")
LONG = "长" * 3000

BODY = {
    "slug": "shifan-forest",
    "name": "示范县林业局",
    "short_name": "县林业局",
    "level": "department",
    "index_template": "{uscc}/{yyyy}-{seq:05d}",
    "order": "3",
    "is_active": "on",
}
_OF_HOUSING = "已经是示范县住房和城乡建设局的全称或者简称了"
BODY_FIELDS = {
    "bodies.Body.slug:unique": ("slug", "shifan-housing", "“shifan-housing”已经用在示范县住房和城乡建设局上了"),
    "bodies.Body.slug:length": ("slug", "a" * 41, "最多 40 字"),
    "bodies.Body.name:unique": (
        "name",
        "示范县住房和城乡建设局",
        _OF_HOUSING,
    ),
    "bodies.Body.short_name:unique": (
        "short_name",
        "县住建局",
        _OF_HOUSING,
    ),
    "bodies.Body.name:length": ("name", "长" * 81, "写了 81 字，最多 80 字"),
    "bodies.Body.short_name:length": ("short_name", "长" * 41, "最多 40 字"),
    "bodies.Body.uscc:length": ("uscc", "1" * 19, "最多 18 字"),
    "bodies.Body.region:length": ("region", "4199000", "最多 6 字"),
    "bodies.Body.code:length": ("code", "A" * 21, "最多 20 字"),
    "bodies.Body.index_template:length": ("index_template", "甲" * 101, "最多 100 字"),
    "bodies.Body.number_prefix:length": ("number_prefix", "示" * 13, "最多 12 字"),
    "bodies.Body.order:number": ("order", "-1", "“排在第几”不能小于 0"),
    "bodies.Body.office_name:length": ("office_name", "长" * 81, "最多 80 字"),
    "bodies.Body.address:length": ("address", "长" * 121, "最多 120 字"),
    "bodies.Body.office_hours:length": ("office_hours", "长" * 121, "最多 120 字"),
    "bodies.Body.telephone:length": ("telephone", "1" * 41, "最多 40 字"),
    "bodies.Body.fax:length": ("fax", "1" * 41, "最多 40 字"),
    "bodies.Body.postcode:length": ("postcode", "4500000", "最多 6 字"),
    "bodies.Body.email:length": ("email", f"{'a' * 250}@example.cn", "最多 254 字"),
    "holdings.Item.index_number:length": ("index_template", "甲" * 50 + "/{yyyy}-{seq:05d}", "索引号有 61 字"),
    "holdings.Item.index_number:unique": (
        "index_template",
        "SHIFAN-HOUSING/{yyyy}-{seq:05d}",
        "会和县住建局的索引号重",
    ),
}
"""主体的表单 — constraint: field, what is typed, what is said."""
OTHER_BODY = {
    "region": ("region", "41990", "行政区划代码是六位数字"),
    "code": ("code", "A B", "机构代码写字母"),
    "uscc": ("uscc", "11419900MB0000001A", "统一社会信用代码不对"),
    "prefix": ("number_prefix", "示政[2026]", "机关代字只写汉字"),
    "telephone": ("telephone", "没有", "号码要写成"),
    "fax": ("fax", "<b>", "号码要写成"),
    "postcode": ("postcode", "45000", "邮政编码是六位数字"),
    "email": ("email", "a@", "电子邮箱要写成"),
    "no field": ("index_template", "{foo}/{yyyy}-{seq}", "写法里的“{foo}”认不出来"),
    "open field": ("index_template", "{uscc/{yyyy}-{seq}", "写法里的“{uscc”认不出来"),
    "no serial": ("index_template", "{uscc}/{yyyy}", "写法里要有顺序号 {seq}"),
    "no year": ("index_template", "{uscc}-{seq:05d}", "写法里要有年 {yyyy}"),
    "no region": ("index_template", "{region}/{yyyy}-{seq}", "行政区划代码还没有填"),
    "slashes": ("index_template", "/{uscc}//{yyyy}-{seq}", "不能在开头"),
    "signs": ("index_template", "{uscc}?{yyyy}-{seq}", "写法里的“?”认不出来"),
    "level": ("level", "moon", "“层级”没有选好"),
    "order": ("order", "三", "“排在第几”没有填对"),
    "nothing": ("name", "", "还没有填“全称”"),
    "short name of another": ("name", "县住建局", _OF_HOUSING),
    "name of another": ("short_name", "示范县住房和城乡\u200b建设局", _OF_HOUSING),
    "unseen": ("name", "\u200b\u2060\ufeff", "“全称”里只有看不见的字符"),
    "unseen short": ("short_name", "\u2800\u3164", "“简称”里只有看不见的字符"),
}
"""数据库不管的 — what is checked of a body besides."""

DRAFT_FIELDS = {
    "holdings.Version.title:length": ("title", "长" * 201, "写了 201 字，最多 200 字"),
    "holdings.Version.summary:length": ("summary", "长" * 501, "最多 500 字"),
    "holdings.Version.keywords:length": ("keywords", "长" * 201, "最多 200 字"),
    "holdings.Version.source:length": ("source", "长" * 81, "最多 80 字"),
    "holdings.Version.annotation:length": ("annotation", "长" * 61, "最多 60 字"),
    "holdings.Item.document_number:length": ("document_number", "长" * 41, "最多 40 字"),
    "holdings.Item.ground_note:length": ("ground_note", "长" * 301, "最多 300 字"),
    "holdings.Item.topic:length": ("topic", LONG, "这一栏没有填好"),
    "holdings.Item.audience:length": ("audience", LONG, "这一栏没有填好"),
    "holdings.Item.column:row": ("column", "no-such", "这一栏没有填好"),
    "holdings.Item.office:row": ("office", "999999", "这一栏没有填好"),
    "holdings.Item_joint_bodies.body:row": ("joint_bodies", "no-such", "这一栏没有填好"),
    "holdings.Relation.target:row": ("relation_to", "没有/2026-1", "没有索引号为 没有/2026-1 的信息"),
}
"""拟稿的表单 — constraint: field, what is typed, what is said."""


def _text(answer: HttpResponse) -> str:
    return re.sub(r"<[^>]*>", "", answer.content.decode())


def _step(office: Office, item: Any, act: str, role: Role, **sent: Any) -> HttpResponse:
    item.refresh_from_db()
    client = client_of(office.people.of(role))
    return client.post(f"/desk/items/{item.id}/step/{act}/", {"edition": item.edition, **sent}, follow=True)


def _number_taken(office: Office) -> HttpResponse:
    office.create(document_number="示建〔2026〕9号")
    sent = FORM | {"document_number": "示建〔2026〕9号", "do": "save"}
    return client_of(office.people.of(Role.CLERK)).post("/desk/items/new/", sent)


def _opinion(office: Office) -> HttpResponse:
    item = office.bring(office.create(), State.FIRST_REVIEW)
    sent = {"edition": item.edition, "opinion": LONG, "do": "return"}
    return client_of(office.people.of(Role.FIRST_REVIEWER)).post(f"/desk/items/{item.id}/review/", sent)


def _withdrawn(office: Office, act: str) -> HttpResponse:
    item = office.bring(office.create(), State.PUBLISHED)
    sent = {"opinion": "长" * 501, "ground": "inaccurate", "day": "2026-11-20"}
    return _step(office, item, act, Role.DISCLOSURE_OFFICE, **sent)


def _assessed(office: Office) -> HttpResponse:
    item = office.bring(office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS), State.HELD)
    return _step(office, item, "reassess", Role.DISCLOSURE_OFFICE, opinion="长" * 501)


def _file_title(office: Office) -> HttpResponse:
    item = attached(office, office.create(), b"a,b\n1,2\n", "a.csv")
    number = item.newest_version.files.get().file_id
    sent = FORM | {"edition": item.edition, f"title-{number}": LONG, "do": "save"}
    return client_of(office.people.of(Role.CLERK)).post(f"/desk/items/{item.id}/edit/", sent)


def _referred(office: Office, times: int = 1, **changed: Any) -> HttpResponse:
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    client = client_of(office.people.of(Role.SECRECY_REVIEWER))
    for _ in range(times):
        item.refresh_from_db()
        sent = {**RECORD, "outcome": "referred", "ground": "某法第九条", "authority": "市国家保密局", **changed}
        answer = client.post(f"/desk/items/{item.id}/review/", {"edition": item.edition, **sent})
    return answer


def _answer_number(office: Office) -> HttpResponse:
    from gongkai.web.holdings.models import Item

    _referred(office)
    sent = {"answer": "open", "number": "长" * 61, "day": "2026-11-20"}
    return _step(office, Item.objects.get(), "enter_answer", Role.SECRECY_REVIEWER, **sent)


def _overridden(office: Office, reason: str, times: int) -> HttpResponse:
    item = office.bring(office.create(body_html=f"<p>证件 {IDENTITY}</p>"), State.FIRST_REVIEW)
    hit = next(each["id"] for each in item.newest_version.guard if each["severity"] == "block")
    client = client_of(office.people.of(Role.FIRST_REVIEWER))
    for _ in range(times):
        item.refresh_from_db()
        sent = {"edition": item.edition, "hit": hit, f"reason-{hit}": reason}
        answer = client.post(f"/desk/items/{item.id}/review/override/", sent, follow=True)
    return answer


def _related_to_itself(office: Office) -> HttpResponse:
    item = office.create()
    sent = FORM | {
        "edition": item.edition,
        "relation_kind": "repeals",
        "relation_to": item.index_number,
        "do": "submit",
    }
    return client_of(office.people.of(Role.CLERK)).post(f"/desk/items/{item.id}/edit/", sent)


def _office_of(office: Office, name: str, times: int = 1) -> HttpResponse:
    client = client_of(office.people.of(Role.SYSTEM_ADMIN))
    for _ in range(times):
        answer = client.post("/desk/bodies/shifan-housing/offices/", {"name": name}, follow=True)
    return answer


def _staff(office: Office, /, **changed: Any) -> HttpResponse:
    client = client_of(office.people.of(Role.SYSTEM_ADMIN))
    sent = {"username": "new-one", "name": "某人", "email": "", **changed}
    return client.post("/desk/bodies/shifan-housing/staff/new/", sent)


def _appointed(office: Office) -> HttpResponse:
    client, person = client_of(office.people.of(Role.SECURITY_ADMIN)), office.people.of(Role.CLERK)
    sent = {"act": "appoint", "role": "clerk", "body": "shifan-housing"}
    return client.post(f"/desk/staff/{person.id}/", sent, follow=True)


def _token(office: Office, name: str, **changed: Any) -> HttpResponse:
    client = client_of(office.people.of(Role.SECURITY_ADMIN))
    sent = {"body": "shifan-housing", "name": name, "acts_as": office.people.of(Role.CLERK).pk, "scopes": ["read"]}
    return client.post("/desk/tokens/", {**sent, "days": "30", **changed})


WAYS: dict[str, tuple[Any, str]] = {
    "holdings_document_number_once": (_number_taken, "示建〔2026〕9号 已经用在"),
    "holdings.Review.opinion:length": (_opinion, "最多 1000 字"),
    "holdings.Item.withdrawn_reason:length": (lambda office: _withdrawn(office, "withdraw"), "最多 500 字"),
    "holdings.Item.call_back_reason:length": (lambda office: _withdrawn(office, "call_back"), "最多 500 字"),
    "holdings.Assessment.opinion:length": (_assessed, "最多 500 字"),
    "holdings.ItemFile.title:length": (_file_title, "附件的说明写了 3000 字，最多 150 字"),
    "holdings.Referral.authority:length": (lambda office: _referred(office, authority="长" * 81), "不超过 80 字"),
    "holdings.Referral.number:length": (_answer_number, "不超过 60 字"),
    "holdings_referral_one_open": (lambda office: _referred(office, 2), "不能"),
    "holdings.Override.reason:length": (lambda office: _overridden(office, "长" * 301, 1), "最多 300 字"),
    "holdings_override_once": (lambda office: _overridden(office, "已核对", 2), "已经处理过"),
    "holdings_relation_two": (_related_to_itself, "不能和自己关联"),
    "bodies.Office.name:length": (lambda office: _office_of(office, "长" * 81), "最多 80 字"),
    "bodies_office_once": (lambda office: _office_of(office, "办公室", 2), "县住建局已经有“办公室”了"),
    "bodies.Staff.username:unique": (lambda office: _staff(office, username="clerk-shifan"), "已经有人用了"),
    "bodies.Staff.username:length": (lambda office: _staff(office, username="a" * 41), "2 到 40 个"),
    "bodies.Staff.name:length": (lambda office: _staff(office, name="长" * 41), "写了 41 字，最多 40 字"),
    "bodies.Staff.email:length": (lambda office: _staff(office, email=f"{'a' * 250}@example.cn"), "最多 254 字"),
    "bodies.Staff.office:row": (lambda office: _staff(office, office="999999"), "没有选好"),
    "bodies_appointment_once": (_appointed, "已经是县住建局的信息员了"),
    "api.Token.name:length": (lambda office: _token(office, "长" * 61), "写了 61 字，最多 60 字"),
    "api.Token.staff:row": (lambda office: _token(office, "OA", acts_as="999999"), "请选县住建局的一位信息员"),
}
"""其余的路 — constraint: what a person does, and what is said."""

MADE = {
    "只由平台写，没有哪一栏能填": """
        worker.Schedule.task:unique worker.Schedule.task:length worker.Heart.worker:unique worker.Heart.worker:length
        api.Token.hint:length api.Token.digest:unique api.Token.digest:length api.Token.made_by:row
        api.Token.minute:number api.Token.calls:number api.Answer.token:row api.Answer.request:length
        api.Answer.status:number holdings.IndexCounter.body:row holdings.IndexCounter.year:number
        holdings.IndexCounter.last:number holdings_counter_once holdings.Item_joint_bodies.item:row
        holdings.Item.edition:number holdings.Item.stopped_by:row holdings.Item.public_version:unique
        holdings.Item.public_version:row holdings.Item.newest_version:unique holdings.Item.newest_version:row
        holdings.Item.created_by:row holdings.Item.last_actor:row holdings.Version.item:row
        holdings.Version.number:number holdings.Version.algorithm:length holdings.Version.digest:length
        holdings.Version.made_by:row holdings.ItemFile.version:row holdings.ItemFile.copy:row
        holdings.ItemFile.order:number holdings.Relation.source:row holdings.Review.item:row
        holdings.Review.version:row holdings.Review.by:row holdings.Review.digest:length holdings.Referral.item:row
        holdings.Referral.sent_by:row holdings.Referral.entered_by:row holdings.Override.version:row
        holdings.Override.by:row holdings.Override.kind:length holdings.Snapshot.item:row
        holdings.Snapshot.version:row holdings.Snapshot.algorithm:length holdings.Snapshot.digest:length
        holdings.Assessment.item:row holdings.Assessment.by:row holdings.Notice.to:row holdings.Notice.body:row
        holdings.Notice.item:row holdings.Notice.template:length holdings.Notice.once:length holdings.Digest.to:row
        files.File.body:row files.File.kind:length files.File.tries:number files.PublicCopy.tries:number
        files.File.size:number files.File.algorithm:length
        files.File.digest:length files.File.storage_name:unique files.File.storage_name:length files.File.rules:length
        files.File.purge_asked_by:row files.File.uploaded_by:row files.PublicCopy.file:row
        files.PublicCopy.key:unique files.PublicCopy.key:length files.PublicCopy.size:number
        files.PublicCopy.algorithm:length files.PublicCopy.digest:length files.PublicCopy.storage_name:unique
        files.PublicCopy.storage_name:length files.PublicCopy.rules:length bodies.Body.parent:row
        bodies.Office.body:row bodies.Staff.password:length bodies.Staff.body:row bodies.Appointment.staff:row
        bodies_unsent_once bodies.Unsent.staff:row bodies.Unsent.place:length
        bodies_tries_once bodies.Tries.name:length bodies.Tries.place:length bodies.SignIn.staff:row
        bodies.SignIn.count:number bodies.SignIn.told:number bodies.Staff.visits:number
        bodies.SignIn.address:length bodies.PastPassword.staff:row bodies.PastPassword.encoded:length
        bodies.SecondFactor.staff:unique bodies.SecondFactor.staff:row bodies.SecondFactor.secret:length
        bodies.OpenidBinding.staff:unique bodies.OpenidBinding.staff:row bodies.OpenidBinding.issuer:length
        bodies.OpenidBinding.subject:length bodies_openid_once
        bodies.SecondFactor.last_counter:number bodies.RecoveryCode.staff:row bodies.RecoveryCode.digest:length
        journal.Chain.code:unique journal.Chain.code:length journal.Chain.length:number journal.Chain.head:length
        journal.Entry.chain:row journal.Entry.number:number journal.Entry.act:length journal.Entry.actor:length
        journal.Entry.subject:length journal.Entry.algorithm:length journal.Entry.previous:length
        journal.Entry.digest:length journal_entry_once journal.Salt.subject:unique journal.Salt.subject:length
        journal.Salt.value:length journal.Anchor.day:unique journal.Anchor.algorithm:length
        journal.Anchor.previous:length journal.Anchor.digest:length
        journal.LogEnd.size:number journal.LogHead.key:length journal.LogHead.root:length
        journal.LogHead.signature:length journal.LogHead.size:number journal.LogLeaf.act:length
        journal.LogLeaf.digest:length journal.LogLeaf.number:number journal.LogLeaf.number:unique
        journal.LogLeaf.subject:length journal.LogNode.digest:length journal.LogNode.level:number
        journal.LogNode.position:number journal_node_once
        journal.HeadLetter.to:length journal.HeadLetter.head:number journal.HeadLetter.tries:number
        journal.HeadLetter.failure:length journal_letter_once journal.Verification.by:length
        journal.Verification.entries:number journal.Verification.found:number
        bodies.Consent.about:row bodies.Consent.answered_by:row bodies.Consent.asked_by:row
        bodies.Consent.what:length bodies_consent_of_another bodies_consent_once""",
    "栏目由安装时的文件来，没有表单": """
        holdings.Column.slug:unique holdings.Column.slug:length holdings.Column.name:length holdings.Column.parent:row
        holdings.Column.scope:length holdings.Column.update_days:number holdings.Column.order:number""",
    "查过再写，撞上的不再写一次，不是错误（test_jobs、test_typing、test_relations）": """
        holdings_notice_once holdings_digest_once holdings_relation_once holdings.Item.once:unique
        holdings.Item.once:length holdings_version_once""",
    "文件名收下时照格式截短（test_receiving）": "files.File.name:length files.PublicCopy.name:length",
    "网页里找不到的，是 404": """
        holdings.Item.body:row holdings.ItemFile.file:row holdings.Override.hit:length bodies.Appointment.body:row
        api.Token.body:row""",
    "接口自己说（test_drafts）": "api.Answer.key:length api_answer_once",
}
"""碰不到的 — why, and the constraints."""


def test_every_constraint_is_in_the_table_and_nothing_else(platform: object) -> None:
    named = [name for names in MADE.values() for name in names.split()]
    named += [*BODY_FIELDS, *DRAFT_FIELDS, *WAYS]
    assert len(named) == len(set(named))
    assert sorted(named) == sorted(constraints())


@pytest.mark.parametrize("case", [*BODY_FIELDS.values(), *OTHER_BODY.values()], ids=[*BODY_FIELDS, *OTHER_BODY])
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "edit"])
def test_a_body_is_refused_at_its_field_with_what_was_typed(case: tuple[str, str, str], *, is_new: bool) -> None:
    from gongkai.web.bodies.models import Body

    field, typed, said = case
    office = Office()
    client, slug = client_of(office.people.of(Role.SYSTEM_ADMIN)), office.people.township.slug
    Body.objects.update(uscc="")
    if field == "slug" and not is_new:
        return
    before = list(Body.objects.order_by("id").values())
    address = "/desk/bodies/new/" if is_new else f"/desk/bodies/{slug}/edit/"
    answer = client.post(address, BODY | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 400
    wrong = re.search(rf'id="id_{field}_error">(.*?)</div>', page, re.DOTALL)
    assert wrong, page
    assert said in wrong[1].replace("&quot;", '"')
    assert "示范县林业局" in page or field == "name"
    assert list(Body.objects.order_by("id").values()) == before


@pytest.mark.parametrize("case", DRAFT_FIELDS.values(), ids=DRAFT_FIELDS)
def test_a_draft_is_refused_at_its_field_with_what_was_typed(case: tuple[str, str, str]) -> None:
    from gongkai.web.holdings.models import Item

    field, typed, said = case
    client = client_of(Office().people.of(Role.CLERK))
    sent = FORM | {field: typed, "relation_kind": "repeals" if field == "relation_to" else "", "do": "submit"}
    if field == "ground_note":
        sent |= {"openness": "closed", "ground": "internal_affairs"}
    answer = client.post("/desk/items/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    wrong = re.search(rf'id="{field}-wrong">(.*?)</p>', page)
    assert wrong, page
    assert said in wrong[1]
    assert FORM["title"] in page or field == "title"
    assert Item.objects.count() == (1 if field == "relation_to" else 0)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_other_constraint_is_a_sentence(way: tuple[Any, str]) -> None:
    act, said = way
    answer = act(Office())
    assert answer.status_code in (200, 400, 409)
    assert said in _text(answer)


def test_a_form_that_is_sent_twice_makes_one() -> None:
    from gongkai.web.api.models import Token
    from gongkai.web.bodies.models import Body, Staff

    office = Office()
    system = client_of(office.people.of(Role.SYSTEM_ADMIN))
    assert [system.post("/desk/bodies/new/", BODY).status_code for _ in range(2)] == [302, 400]
    assert Body.objects.filter(slug=BODY["slug"]).count() == 1
    twice = [_text(_staff(office)) for _ in range(2)]
    assert "“new-one”刚才已经增加了" in twice[1]
    assert Staff.objects.filter(username="new-one").count() == 1
    tokens = [_text(_token(office, "OA")) for _ in range(2)]
    assert "“OA”已经有一个在用的令牌" in tokens[1]
    assert Token.objects.count() == 1


def _stock() -> set[str]:
    """What the framework says of itself, each as far as its first field."""
    from django import forms
    from django.core import validators
    from django.utils import translation

    with translation.override("zh-hans"):
        fields = [each for each in vars(forms).values() if isinstance(each, type) and issubclass(each, forms.Field)]
        said = [str(message) for each in fields for message in getattr(each, "default_error_messages", {}).values()]
        said += [str(each.message) for each in vars(validators).values() if hasattr(each, "message")]
    return {begun for each in said if len(begun := each.partition("%(")[0].strip()) > 3}


def _forms() -> list[Any]:
    """Every form of which the page shows what the form itself says."""
    from gongkai.web.bodies.forms import OurWords

    def below(kind: type) -> set[type]:
        return {kind}.union(*(below(each) for each in kind.__subclasses__()))

    return sorted(below(OurWords) - {OurWords}, key=lambda each: each.__name__)


@pytest.mark.parametrize("typed", ["", "\0", "长" * 5000, "-9" * 400, "a@", "99999999999999999999"])
def test_no_form_says_a_sentence_of_the_framework(typed: str) -> None:
    """All errors at once, each in the words of the house."""
    office, stock = Office(), _stock()
    given = {"body": office.people.department, "chains": {"shifan": "县政府"}}
    assert len(stock) > 10
    for kind in _forms():
        needed = inspect.signature(kind.__init__).parameters
        options = {name: value for name, value in given.items() if name in needed}
        form = kind(dict.fromkeys(kind.base_fields, typed), **options)
        said = [str(each) for errors in form.errors.values() for each in errors]
        required = [name for name, field in form.fields.items() if field.required]
        assert set(form.errors) >= set(required) or typed
        assert not [each for each in said for begun in stock if each.startswith(begun)], kind


def test_pages_with_words_of_their_own_say_none_of_the_framework() -> None:
    office, stock = Office(), _stock()
    client = client_of(office.people.of(Role.CLERK))
    pages = [_text(client.post("/desk/items/new/", dict.fromkeys(FORM, "\0长") | {"do": "submit"}))]
    item = office.bring(office.create(), State.CLEARED)
    for act in ("schedule", "return"):
        sent = {"at": "长", "day": "长", "opinion": "\0"}
        pages.append(_text(_step(office, item, act, Role.DISCLOSURE_OFFICE, **sent)))
    assert not [begun for each in pages for begun in stock if begun in each]
