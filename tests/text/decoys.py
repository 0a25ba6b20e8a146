"""公开的话 — sentences as offices publish them, full of numbers that are nobody's: none of them may be held up."""

from __future__ import annotations

import random

from tests.text import persons

_SENTENCES = """
项目总投资{eleven}元，其中中央预算内资金{amount}万元。
本年度一般公共预算收入{eleven}元，同比增长{small}%。
工程概算{eleven}元，已到位{eleven}元。
水库蓄水{eleven}立方米，供水{eleven}吨。
全县粮食播种面积{amount}亩，总产量{eleven}公斤。
非税收入合计：{eleven}元（大写见附件）
中标价：¥{eleven}.00元
成交金额：人民币{eleven}元整
招标编号：{identity}
招标编号：ZB-{identity}-01
项目代码：{project}
投资项目统一代码：{project}
统一社会信用代码：{credit}
采购项目编号：{identity}，预算金额{amount}元
合同编号：HT{identity}
订单号：{identity}
流水号{mobile}{small}
不动产单元号：410725{eleven}GB00001
宗地编号：{project}
案号：（{year}）豫0725行初{small}号
云政办〔{year}〕{small}号
豫政〔{year}〕{small}号、国发〔{year}〕{small}号
ISBN 978-7-{five}-{small}-{digit}
ISBN：9787{eight}{digit}
ISSN 1002-{four}
豫ICP备{eight}号-{digit}
豫公网安备41072502{six}号
统计用区划代码410725101201，邮政编码453500
地理坐标：东经113.{six}，北纬35.{six}
北纬35°{small}分{small}秒，东经113°{small}分{small}秒
电话：0373-{seven}
联系电话：0373－{seven}，传真：0373－{seven}
办公电话 (0373){seven}
服务热线：12345、12315、400-{three}-{four}、800-{three}-{four}
举报电话：0373-{seven}转{four}
监督电话：{mobile}
咨询电话：{mobile}
值班电话：{mobile}（办公室）
应急值守热线{mobile}
招标代理机构客服电话：{mobile}
收款单位：云岫县财政局 开户行：农业银行云岫支行 账号：{card}
户名：云岫县非税收入管理局，账号{card}
缴款账户：户名 云岫县人民法院 账号{card}
户名：云岫县城市建设投资有限公司 开户银行：建设银行 账号：{card}
财政专户账号：{card}
{year}年{month}月{day}日{hour}:{minute}:{minute}
时间：{year}-{month2}-{day2} {hour}:{minute}至{year}-{month2}-{day2} {hour}:{minute}
{year}{month2}{day2}{hour}{minute}{minute}
发布日期：{year}{month2}{day2} 索引号：{index}
索引号：{credit}/{year}-{five}
序号 {digit} 合计 {four} {four} {four} {four}
第一季度 {four} 第二季度 {four} 第三季度 {four} 第四季度 {four}
{year} {year2} {four} {four} {four} {four} {four}
收到申请 {digit} {digit} {digit} {digit} {digit} {digit} {digit}
1. 属于国家秘密 0 0 0 0 0 0 {digit} 0 0 0 {digit} 0 0 0 0
其他处理 {small} {small} {small} {small} {small} {small} {small}
网站浏览量{eight}次，独立用户访问总量{seven}个
条形码：69{eleven}
药品批准文号：国药准字H{eight}
食品生产许可证编号：SC1064107{seven}
医疗器械备案：豫新械备{year}{four}号
车辆识别代号LSVAB4187{eight}
税务登记号4107{eleven}
国网户号：{eleven}{digit}
发票号码{eight} 发票代码{eleven}{digit}
排污许可证编号：{credit}001V
建字第4107252{eight}号、地字第4107252{eight}号
地址：人民路{small}号行政中心{digit}楼{three}室
地址：云岫县新城大道{small}号政务服务中心B座{three}室
县司法局（文化路{small}号）二楼{three}办公室
邮箱：xxgk@yunxiu.gov.cn
微信公众号：yunxiufabu，抖音号：{eight}
网址 https://www.yunxiu.gov.cn/xxgk/{year}{month2}/t{year}{month2}{day2}_{seven}.html
http://www.yunxiu.gov.cn/upload/{year}/{eleven}{seven}.pdf
高速公路K{three}+{three}至K{three}+{three}段
设备型号QX-{four}-{three}，数量{small}台
{three}-{four}-{five}
总人口{seven}人，其中男性{six}人、女性{six}人
补贴标准每亩{three}.{small}元，合计{seven}.{small}元
投标保证金{six}元，保证金账户由系统自动生成
第{small}标段 {four}.{small}米 {four}.{small}米 {three}.{small}米
第{small}期共{small}户{small}人，发放{seven}元
IP 10.{three}.{small}.{small} 端口{four}
110101********8515、138****{four}
410***********{four} 张某 138****{four}
身份证号：4107**********{four}
""".strip().split("\n")


def sentences(seed: int) -> list[str]:
    """公开的话 — each form of them four times, with other numbers."""
    rng = random.Random(seed)
    return [_filled(sentence, rng) for _ in range(4) for sentence in _SENTENCES]


def _filled(sentence: str, rng: random.Random) -> str:
    def digits(count: int) -> str:
        return str(rng.randrange(10 ** (count - 1), 10**count))

    year = rng.randrange(2016, 2027)
    month, day = rng.randrange(1, 13), rng.randrange(1, 29)
    lengths = {"digit": 1, "small": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
    return sentence.format(
        **{name: digits(count) for name, count in lengths.items()},
        eleven=f"1{rng.choice('3456789')}{digits(9)}",
        amount=f"{rng.randrange(10**7):,}.{rng.randrange(100):02}",
        mobile=persons.mobile(rng),
        identity=persons.identity(rng).replace("X", "0"),
        credit=persons.credit_code(rng),
        card=persons.card(rng),
        project=f"{year}-410725-{rng.randrange(10, 99)}-03-{rng.randrange(10**6):06}",
        index=f"{persons.credit_code(rng)}/{year}-{rng.randrange(10**5):05}",
        year=year,
        year2=year - 1,
        month=month,
        day=day,
        month2=f"{month:02}",
        day2=f"{day:02}",
        hour=f"{rng.randrange(24):02}",
        minute=f"{rng.randrange(60):02}",
    )
