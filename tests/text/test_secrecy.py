"""密级标志 — a stamp is told from a mention, and a text about secrecy is neither (条例 第十四条、第十七条)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text import secrecy
from gongkai.text.hit import Severity
from gongkai.text.proofreading import Slip, proofread
from tests.conftest import shared_file

_STAMPED = """
机密★1年
秘密★10年
绝密★30年
秘密 ★ 长期
机密★六个月
绝密★
机密 ★
秘密☆5年
机密⭐1年
机密✩3年
机密*1年
秘密 * 6个月
绝密✻长期
机密★2030年6月30日
机密★至2030年
秘密★解密前
机密★公布前
机密级★3年
機密★1年
祕密★5年
絕密★長期
秘　密★５年
机　密 ★ 十年
机\u200b密★1年
机\u2060密\u200d★1\u00ad年
机\U000e0020密★1\ufe0f年
机|密★1年
绝|密|★|三|十|年
密级：秘密
密级: 机密
密 级：绝 密
密級：機密
密级 机密
密级\t秘密
密级|机密
密级：机密★10年
密级：【秘密】
密级【机密】
保密等级：秘密
涉密等级：机密级
密级标识：机密★5年
密级：☑秘密
密级：☑机密 □秘密 □绝密
密级：□绝密 ☑机密 □秘密
密级：□无 □内部 ■秘密
密级：绝密□ 机密√ 秘密□
密级：“机密”
密级：_机密_
机密 5年
秘密 长期
【机密】1年
机密（10年）
000001 机密★1年 特急
机密 特急
特急　秘密
绝密·特提
000012 机密级 加急
000001　机密
份号：000001 机密
№000001 秘密
秘密　特急　示政电〔2026〕3号
等级：特急　机密
示政电〔2026〕3号　　　秘密
示政电〔2026〕3号　【秘密】
示政电〔2026〕3号　★秘密
签发人：王某　　机密
机密特急★10年
密级：★秘密
定密等级：秘密 期限：5年
云岫县人民政府关于某事的通知（机密★1年）
某事项的报告 秘密★5年
机密★1年 某项内容
请见附件，机密★1年，共3页
机密 注意保存
机密，注意保管
机密　妥善保管
秘密，不得外传
共印30份　机密
印数30份 秘密
编号：12 秘密
第12份 机密
密别：机密
密级等级：机密
<p>机密★1年</p>
""".strip("\n").split("\n")
STAMPED = [text.replace("|", "\n") for text in _STAMPED]
MENTIONED = [
    "内部资料 注意保存",
    "内部资料，请勿外传",
    "内部文件　不得外传",
    "（内部资料　仅供参考）",
    "内部刊物·严禁翻印",
    "内部资料\n注意保存",
    "內部資料 注意保存",
    "内部情况 不得公开",
    "【内部传阅】",
    "内部参考 第12号",
    "工作秘密",
    "涉密文件",
    "阅后收回",
    "本件阅后即焚，不留底稿",
    "会后收回",
    "仅供内部使用",
    "材料仅限内部使用，不得在互联网上公开",
    "保密期限：10年",
    "普通商密★2年",
    "核心商密▲5年",
    "国家秘密★5年",
    "本文件密级为机密。",
    "该材料属于机密级国家秘密，不宜公开",
    "本件系秘密级文件",
    "此件为涉密件",
    "标志如“机密★10年”",
    "密件的书面标志形式为机密★10年",
    "在首页标注机密★10年字样",
    "严守机密★服务人民",
    "绝密",
    "（此件不公开）",
    "请勿外传",
    "机密件",
    "【机密】防汛方案",
    "（秘密）防汛方案",
    "防汛方案（机密）",
    "关于某事的通知（内部资料）",
    "防汛方案（内部）",
    "机密-防汛方案",
    "机密：关于某事的通知",
    "秘密文件",
    "密　　级：内部",
    "（不得对外公开）",
    "此件不予公开",
    "保存为机密10年",
    "机密\n云岫县人民政府文件",
    "机密资料",
    "秘密公文",
    "绝密档案",
    "涉密件",
    "涉密材料",
    "会议材料 秘密",
    "发电单位 云岫县委办  等级 特急·机密",
    "秘密 关于某事的通知",
    "机密 Confidential",
    "本材料涉密，请收好",
    "正文\n" * 50 + "密级：秘密",
    "正" * 1600 + "密级：机密",
]
_NEITHER = """
国家秘密的密级分为绝密、机密、秘密三级。
绝密级国家秘密是最重要的国家秘密，泄露会使国家安全和利益遭受特别严重的损害。
国家秘密的保密期限，除另有规定外，绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。
机关、单位对所产生的国家秘密事项，应当按照国家秘密及其密级的具体范围的规定确定密级，同时确定保密期限和知悉范围。
密级为绝密的国家秘密事项，由国务院确定。
密级为机密、秘密的事项
确定机密级和秘密级国家秘密的权限
书面形式的国家秘密载体，应当作出国家秘密标志。
依法确定为国家秘密的政府信息，不予公开。
特急
秘密 5
机密 急 事
（此件公开发布）
1.属于国家秘密
（三）不予公开 1.属于国家秘密 0 0 0 0 0 0 0
涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开。
涉及国家秘密、工作秘密、商业秘密、个人隐私的，按有关规定办理。
商业秘密★★★
泄露国家秘密的，依法给予处分。
《中华人民共和国保守国家秘密法》
《机密文件管理办法》
严守国家秘密，人人有责。
公开前由保密机构进行保密审查，做到涉密不公开、公开不涉密。
涉密计算机不得连接互联网。
内部资料性出版物管理办法
内部资料性出版物准印证
内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息，可以不予公开。
内部审批信息
内部文件、工作方案由办公室归档。
密级：无
密级：非密
密级：公开
密级：□绝密 □机密 □秘密 □非密
密级：绝密□ 机密□ 秘密□
密级（绝密、机密、秘密）
密级 绝密 机密 秘密 合计
密级、保密期限、知悉范围
绝密|机密|秘密
绝密||机密||秘密
保密期限已满的，自行解密。
保密期限：无
本通知不涉及国家秘密。
本文件不属于国家秘密
经审查，该信息不是涉密信息。
学校秘密花园★欢迎您
某酒店★★★★★
服务质量★★★★☆，保密协议另签
申请人要求公开机密文件的目录
解密后的文件按规定公开
★公开发布
秘书处
密封线内不要答题
资料内部结构完整
本机关全年未发生失泄密事件。
保密审查意见：同意公开
（此件公开发布）
主动公开
不予公开
报名材料请注意保存
快递单请妥善保管
请保管好密码，不要告诉他人
对定密责任人开展机密级以上事项培训
绝密、机密、秘密文件各0件
会议收到一份5年规划
秘密调查
机密级计算机2台
企业商业秘密 保护指引
保守国家秘密 人人有责
守住秘密 护航发展
国家秘密定密管理规定（公开版）
涉密人员管理办法（公开版）
涉密 非涉密 合计
是否涉密 否
机密性 完整性 可用性
绝密 机密 秘密：国家秘密的三级
考试试题属于绝密级材料 严禁泄露
商业秘密 技术秘密 许可合同
古墓的秘密 科普讲座
公开方式：主动公开、依申请公开、不予公开
公开属性：主动公开
是否公开：是
（主动公开）
依申请公开指南
商业秘密5年保护期
""".strip("\n").split("\n")
NEITHER = [text.replace("|", "\n") for text in _NEITHER]


@pytest.mark.parametrize("text", STAMPED)
def test_a_stamp_is_told(text: str) -> None:
    hits = secrecy.find(text)
    assert [hit.values["stamped"] for hit in hits] == [True]
    assert secrecy.stamps(text) == hits
    assert secrecy.mentions(text) == []
    assert hits[0].severity is Severity.BLOCK
    assert hits[0].mask is None
    assert text[hits[0].start : hits[0].end] == hits[0].text


@pytest.mark.parametrize("text", MENTIONED)
def test_what_only_mentions_is_left_to_the_review(text: str) -> None:
    hits = secrecy.mentions(text)
    assert hits
    assert secrecy.stamps(text) == []
    assert {(hit.kind, hit.severity) for hit in hits} == {("secrecy", Severity.BLOCK)}


@pytest.mark.parametrize("text", NEITHER)
def test_a_text_about_secrecy_is_passed_over(text: str) -> None:
    assert secrecy.find(text) == []


def test_a_level_is_a_stamp_on_the_first_page_alone() -> None:
    assert secrecy.stamps("密级：秘密")
    assert not secrecy.stamps("密级：秘密", opening=False)
    assert secrecy.mentions("密级：秘密", opening=False)
    # With its star it is one anywhere.
    assert secrecy.stamps("正文\n" * 50 + "机密★1年")


def test_proofreading_tells_the_same_marks() -> None:
    text = "机密★1年\n内部资料 注意保存"
    assert [hit for hit in proofread(text) if hit.kind == Slip.SECRECY] == secrecy.find(text)


PIECES = st.sampled_from(
    (*"绝机秘密级★☆*1十年长期：:\n 　\u200b内部资料注意保存阅后收回，。的", "密级：", "机密★", "内部资料")
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_marks_stand_at_their_places_and_apart(text: str) -> None:
    hits = secrecy.find(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    assert sorted(secrecy.stamps(text) + secrecy.mentions(text), key=lambda hit: hit.start) == hits
    assert all(hit.message for hit in hits)


def test_published_reports_hold_no_mark() -> None:
    names = (
        "huangchuan-county-2021",
        "yanjin-county-office-2023",
        "chengguan-township-2020",
        "muye-service-bureau-2021",
    )
    for name in names:
        assert secrecy.find(shared_file(f"reports/{name}.txt").read_text(encoding="utf-8")) == []


def test_levels_below_their_head_are_marks_and_the_three_alone_are_a_legend() -> None:
    assert [at for at, _ in secrecy.below("密 级", ["密 级", "机密", "", "秘密★5年", "无"])] == [1, 3]
    assert [at for at, _ in secrecy.below("文件密级", ["文件密级", "绝密", "绝密", "机密", "秘密"])] == [1, 2, 3, 4]
    assert not [*secrecy.below("密级", ["密级", "绝密", "机密", "秘密"])]
    assert not [*secrecy.below("类别", ["类别", "机密"])]


FEET = """
（此件依申请公开）
此件依申请公开
公开方式：依申请公开
公开属性：不予公开
信息公开选项：不予公开
公开类型：不公开
（不公开）
（依申请公开）
是否公开：否
主动公开：否
""".strip().split("\n")


@pytest.mark.parametrize("foot", FEET)
def test_what_a_document_says_of_its_own_openness_blocks_wherever_it_stands(foot: str) -> None:
    for text in (foot, f"云岫县人民政府办公室\n2026年3月2日\n{foot}\n", "正文\n" * 60 + foot):
        hits = secrecy.find(text)
        assert [secrecy.is_of_openness(hit) for hit in hits] == [True], text
        assert hits[0].severity is Severity.BLOCK
        assert secrecy.stamps(text) == []
    assert not any(map(secrecy.is_of_openness, secrecy.find("内部资料 注意保存")))


@given(
    st.sampled_from(("绝密", "机密", "秘密")),
    st.text("甲乙丙丁山水田", min_size=2, max_size=8),
    st.sampled_from(" 　·|-0"),
)
def test_a_level_apart_in_a_short_first_line_is_a_mark_whatever_stands_beside(level: str, word: str, mark: str) -> None:
    for line in (f"{level}{mark}{word}", f"{word}{mark}{level}", f"{word}{mark}{level}{mark}{word}"):
        assert secrecy.find(f"{line}\n云岫县人民政府办公室文件\n"), line
        assert not secrecy.find(f"{word}{level}{word}\n云岫县人民政府办公室文件\n")
