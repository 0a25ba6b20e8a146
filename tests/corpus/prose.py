"""文字 — what bodies write of their year, invented; two reports share a few sentences, never most (条例 第五十条)."""

from __future__ import annotations

from random import Random

_TOPICS = (
    "义务教育招生",
    "社会救助",
    "征地补偿",
    "保障性住房",
    "环境执法",
    "食品抽检",
    "政府采购",
    "惠农补贴",
    "老旧小区改造",
    "公交线路调整",
    "医保报销",
    "安全生产",
    "重大项目审批",
    "旅游市场整治",
    "灌溉用水调度",
    "危房改造",
    "创业贷款",
    "养老服务",
    "行政许可事项",
    "预算执行",
)
_WAYS = (
    "门户网站专栏",
    "政务新媒体",
    "办事大厅触摸屏",
    "村务公示栏",
    "新闻发布会",
    "便民手册",
    "短视频讲解",
    "上门宣讲",
    "电子显示屏",
    "社区联络员",
)
_WHO = (
    "办公室",
    "法规科",
    "信息中心",
    "各业务科室",
    "基层站所",
    "分管负责同志",
    "值班人员",
    "档案管理人员",
    "窗口人员",
    "联络员队伍",
)
_DONE = (
    "围绕{topic}，把目录逐条过了一遍，缺的补上，旧的撤下",
    "{who}每月抽看一次栏目，发现{topic}信息更新不勤就当场指出",
    "借助{way}把{topic}的办事条件和材料讲清楚，减少了重复咨询",
    "{topic}的政策出台后，三日内由{who}写出通俗解读，连同图示一起放出",
    "对涉及{topic}的来信，先电话沟通再书面答复，申请人多数表示理解",
    "公开前由{who}核对姓名和号码，{topic}名单一律隐去不必要的内容",
    "把{topic}的结果放到{way}上，方便年纪大的群众就近查看",
    "修订了公开指南，{topic}一章由{who}重新起草",
    "{who}与档案部门对接，{topic}文件移交后仍可在线查到",
    "结合{topic}开展了一次开放日，群众代表当面提问，{who}逐一作答",
    "针对{topic}的申请较为集中，{who}梳理出常见情形和答复样式",
    "在{way}新设了{topic}的入口，点击两次即可到达",
    "明确由{who}负责{topic}信息的属性认定，拿不准的提交会商",
    "年中对照考核细则自查，{topic}方面的缺漏由{who}限期补齐",
    "请第三方评议{topic}公开质效，意见经{who}汇总后已逐项采纳或者说明",
    "把{topic}资料译成大字版，由{who}送到行动不便的居民家中",
)
_SHORT = (
    "{topic}的政策问答还不够具体，群众看了仍要打电话",
    "{who}对{topic}的公开时限掌握不准，偶有临近期限才办结的情况",
    "通过{way}发布的{topic}内容形式单一，图表偏少",
    "{topic}涉及多个单位，{who}之间的衔接还有空档",
    "部分{topic}文件没有同步写解读，{who}补写时拖得较久",
    "{who}人手更换频繁，{topic}的台账接续不够完整",
)
_NEXT = (
    "下一步由{who}牵头，给{topic}建立一张问题清单，办一件销一件",
    "拟在{way}增设反馈入口，{topic}的意见由{who}按周回看",
    "将把{topic}纳入业务培训，{who}每人至少讲一课",
    "准备与{who}共用一套{topic}目录，免得各写各的",
    "改由{who}统一把关{topic}的口径，发布前多一道校对",
    "安排{who}跟班学习，尽快熟悉{topic}的公开要求",
)


def overview(random: Random) -> tuple[str, ...]:
    """总体情况 — five paragraphs, as the form lists them; no counts, so that nothing contradicts the tables."""
    names = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")
    told = [_filled(random, text) for text in random.sample(_DONE, 9)]
    cuts = (told[:2], told[2:4], told[4:6], told[6:8], told[8:])
    return tuple(f"（{'一二三四五'[n]}）{names[n]}。{'。'.join(cut)}。" for n, cut in enumerate(cuts))


def problems(random: Random) -> tuple[str, ...]:
    """主要问题及改进 — what falls short, and what will be done."""
    short = "；".join(_filled(random, text) for text in random.sample(_SHORT, 3))
    after = "；".join(_filled(random, text) for text in random.sample(_NEXT, 3))
    return (f"存在的问题：{short}。", f"改进的打算：{after}。")


def _filled(random: Random, text: str) -> str:
    return text.format(topic=random.choice(_TOPICS), way=random.choice(_WAYS), who=random.choice(_WHO))
