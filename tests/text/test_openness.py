"""文件自己写的公开属性 — at its foot and above it, however it is written; sentences and catalogues stay quiet."""

from __future__ import annotations

import pytest

from gongkai.text import secrecy

HEAD = "云岫县人民政府办公室文件\n云政办〔2026〕3号\n"
BODY = f"""{HEAD}关于做好防汛工作的通知
各乡镇人民政府：
现将有关事项通知如下。一、加强值守。
云岫县人民政府办公室
2026年3月2日"""
MARKS = """
信息公开：依申请公开
政府信息公开：不予公开
信息公开：☑依申请公开
公开方式 依申请公开
公开形式　不予公开
☑不予公开
√不予公开
√ 依申请公开
■依申请公开
主动公开：□是 ☑否
是否公开：□是　√否
主动公开 是□ 否☑
是否主动公开：☑否 □是
信息公开选择：依申请公开
信息公开选择 不予公开
公开属性：内部
公开类别：内部公开
公开方式：内部
内部公开
不上网
不得上网
不宜上网
暂不公开
是否公开：否
是否主动公开：否
是否公开 否
公开范围：机关内部
公开属性：依申请公开
""".strip().split("\n")
BARE = ["依申请公开", "不予公开", "不公开", "暂不公开", "内部公开", "不上网"]
ORDINARY = """
公开方式 主动公开
公开方式：主动公开
公开形式 政府网站
公开方式 主动 依申请公开
公开方式 主动公开 依申请公开
公开方式分为主动公开和依申请公开
公开属性：主动公开
公开属性：内部审计
公开类别：内部控制制度
信息公开：主动公开
信息公开：依申请公开是公民的权利
政府信息公开：依申请公开指南
信息公开选择：主动公开
☑主动公开
√主动公开
☑ 主动公开 □依申请公开
主动公开：☑是 □否
主动公开：□是 □否
是否公开：☑是 □否
是否公开：是
是否公开 是
是否公开 否决
主动公开：是否
☑不予公开的情形
√不予公开告知书
内部公开竞聘
内部公开选拔干部工作方案
内部公开栏
学生不上网
孩子不上网怎么办
不上网课
不上网办理的，到窗口办理
暂不公开招标
不公开审理
不公开开庭
不予公开的理由
不公开信息的处理
依申请公开统计
依申请公开办理流程
不得上网吧
""".strip().split("\n")
PAGES = [
    "依申请公开\n关于依申请公开的说明\n2026-03-02\n关于防汛工作的通知\n2026-03-01\n",
    "依申请公开\n政府信息公开申请表\n申请办理流程\n",
    "依申请公开\n公民、法人或者其他组织可以申请获取：\n（一）申请表；\n（二）证明。\n",
    "不予公开\n一、国家秘密\n二、法律、行政法规禁止公开的\n",
    "内部公开\n竞聘岗位\n办公室主任\n",
    "不上网\n记者在山村看到的一天\n",
    "办理结果\n□予以公开\n□部分公开\n☑不予公开\n",
    "办理结果：\n☑不予公开\n□无法提供\n□不予处理\n",
    "公开方式\n主动公开\n依申请公开\n",
    "序号\t是否公开\n1\t是\n",
    "信息名称 公开方式 公开时限\n年度预算 主动公开 20日\n会议记录 依申请公开 无\n",
    "政府信息公开\n依申请公开\n信息公开指南\n",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_foot_is_told_however_it_is_written(mark: str) -> None:
    for text in (f"{BODY}\n{mark}\n", f"{BODY}\n\n\n          {mark}", f"{BODY}\n　　{mark}　\n抄送：县委办公室。\n"):
        hits = secrecy.find(text)
        assert hits, text
        assert not any(hit.values["stamped"] for hit in hits)


@pytest.mark.parametrize("mark", [*MARKS, *BARE])
def test_a_head_is_told(mark: str) -> None:
    assert secrecy.find(f"{mark}\n{BODY}")


@pytest.mark.parametrize("mark", BARE)
@pytest.mark.parametrize(
    "address", ["各乡镇人民政府：", "各乡镇：", "各乡（镇）人民政府，各街道办事处：", "县直各单位:"]
)
def test_a_bare_head_needs_whom_the_paper_addresses(mark: str, address: str) -> None:
    assert secrecy.find(f"{mark}\n{address}\n现将有关事项通知如下。")
    assert secrecy.find(f"　{mark}\n\n关于做好防汛工作的通知\n\n{address}\n现将有关事项通知如下。")


@pytest.mark.parametrize("mark", ["信息公开：依申请公开", "公开方式 依申请公开", "☑不予公开", "√不予公开"])
def test_a_short_paper_has_a_foot_too(mark: str) -> None:
    assert secrecy.find(f"各乡镇：\n现通知如下。\n{mark}")


def test_boxes_one_below_the_other_are_a_choice_of_the_paper() -> None:
    assert secrecy.find(f"{BODY}\n□主动公开\n☑依申请公开\n□不予公开\n联系电话：0373-6218800\n")
    assert secrecy.find(f"{BODY}\n☑主动公开\n□依申请公开\n□不予公开\n") == []


@pytest.mark.parametrize("line", ORDINARY)
def test_what_only_speaks_of_openness_stays_quiet(line: str) -> None:
    for text in (line, f"{line}\n各乡镇人民政府：\n现通知如下。", f"{BODY}\n{line}\n", f"{BODY}\n\n          {line}"):
        assert secrecy.find(text) == [], text


@pytest.mark.parametrize("text", PAGES)
def test_pages_and_catalogues_stay_quiet(text: str) -> None:
    assert secrecy.find(text) == []
