"""网页里的做法 — a number in a page: shown, switched off, in every attribute and script (条例 第十五条)."""

from __future__ import annotations

import base64
import json
import re
import urllib.parse
from collections.abc import Callable, Iterator

from tests.plants.planting import Sight

FRAME = (
    "{{front}}<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'><title>通知</title>{{head}}</head><body>"
    "<h1>关于公开办事指南的通知</h1><p class='a' id='b'>各有关单位：</p><table><tr><th>项目</th><th>数量</th></tr>"
    "<tr><td>受理</td><td>120</td></tr></table><ul><li>第一项</li></ul>{{body}}<p>特此通知。</p></body></html>{{end}}"
)
_SEEN, _HIDDEN, _EITHER = Sight.SEEN, Sight.HIDDEN, Sight.EITHER
Build = Callable[[str], str]
Way = tuple[str, str, Sight, bool, Build]


def _of(pattern: str) -> Build:
    return lambda text: pattern.replace("{}", text)


def _entities(form: str) -> Build:
    return lambda text: f"<p>{''.join(form.format(ord(sign)) for sign in text)}</p>"


def _torn(between: str, size: int = 3) -> Build:
    rules = _RULES if "class" in between else ""
    return lambda text: f"{rules}<p>" + between.join(text[at : at + size] for at in range(0, len(text), size)) + "</p>"


def _hidden_and_torn(how: str) -> Build:
    return lambda number: f"{_RULES}<div {how}><p>{number[:7]}<b>{number[7:]}</b></p></div>"


def _cells(rows: list[list[str]]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"


_TORN = {
    "bold": "<b></b>",
    "spans": "<span></span>",
    "comments": "<!-- a -->",
    "line ends": "<br>",
    "wbr": "<wbr>",
    "shy": "&shy;",
    "zero-width entities": "&#8203;",
    "hidden signs": "<span style='display:none'>7</span>",
    "hidden by attribute": "<i hidden>8</i>",
    "hidden by class": "<i class='gone'>9</i>",
    "tiny signs": "<span style='font-size:0'>3</span>",
    "scripts": "<script>1</script>",
    "empty pictures": "<img alt=''>",
    "blanks": "&nbsp;",
    "unknown elements": "<x-y></x-y>",
    "far off": "<i class='far'>5</i>",
}
_HIDE = {
    "display none": "style='display:none'",
    "display none in capitals": "style='DISPLAY : NONE'",
    "visibility": "style='visibility:hidden'",
    "no size": "style='font-size:0'",
    "one pixel": "style='font-size:1px'",
    "no opacity": "style='opacity:0'",
    "white": "style='color:#fff'",
    "transparent": "style='color:transparent'",
    "far off": "style='position:absolute;left:-9999px'",
    "indented": "style='text-indent:-9999px'",
    "clipped": "style='position:absolute;clip:rect(0,0,0,0)'",
    "no height": "style='height:0;overflow:hidden'",
    "scaled": "style='transform:scale(0)'",
    "attribute": "hidden",
    "class": "class='gone'",
    "class far": "class='far'",
    "identity": "id='away'",
    "clip path": "style='clip-path:inset(100%)'",
    "css comment": "style='display/**/:none'",
    "css escape": "style='d\\69splay:none'",
    "z-index": "style='position:absolute;z-index:-1'",
    "content visibility": "style='content-visibility:hidden'",
    "filter": "style='filter:opacity(0)'",
    "max height": "style='max-height:0;overflow:hidden'",
}
_SURELY = {
    "display none",
    "display none in capitals",
    "visibility",
    "no size",
    "no opacity",
    "attribute",
    "class",
    "far off",
}
_RULES = "<style>.gone{display:none}.far{position:absolute;left:-9999px}#away{visibility:hidden}</style>"
_SHOWN = {
    "paragraph": "<p>{}</p>",
    "cell": "<table><tr><td>{}</td></tr></table>",
    "heading": "<h2>{}</h2>",
    "item": "<ul><li>{}</li></ul>",
    "outside of blocks": "{}",
    "pre": "<pre>{}</pre>",
    "textarea": "<textarea>{}</textarea>",
    "button": "<button>{}</button>",
    "option": "<select><option>{}</option></select>",
    "details": "<details><summary>看</summary>{}</details>",
    "marquee": "<marquee>{}</marquee>",
    "unknown element": "<own-tag>{}</own-tag>",
    "caption": "<table><caption>{}</caption></table>",
    "link text": "<a href='https://a.cn/'>{}</a>",
    "ruby": "<ruby>张<rt>{}</rt></ruby>",
    "svg text": "<svg><text>{}</text></svg>",
    "math": "<math><mtext>{}</mtext></math>",
    "struck": "<p><s>{}</s></p>",
    "plaintext": "<xmp>{}</xmp>",
    "legend": "<fieldset><legend>{}</legend></fieldset>",
    "tail of a table": "<table><tr><td>甲</td></tr>{}</table>",
    "frame fallback": "<p><object>{}</object></p>",
    "cdata": "<p><![CDATA[{}]]></p>",
    "label": "<label>{}</label>",
    "address": "<address>{}</address>",
    "picture fallback": "<canvas>{}</canvas>",
}
_UNSEEN = {
    "comment": "<!-- {} -->",
    "conditional comment": "<!--[if mso]><p>{}</p><![endif]-->",
    "bogus comment": "<!own {}>",
    "closing with words": "<p></p {}>",
    "instruction": "<?own {}?>",
    "script": "<script>var a='{}'</script>",
    "template": "<template><p>{}</p></template>",
    "noscript": "<noscript><p>{}</p></noscript>",
    "style": "<style>/* {} */</style>",
    "style content": "<style>p.a::after{content:''} .zz::after{content:'{}'}</style>",
    "json-ld": '<script type=\'application/ld+json\'>{"a":"{}"}</script>',
    "svg title": "<svg><title>{}</title></svg>",
    "svg metadata": "<svg><metadata>{}</metadata></svg>",
    "datalist": "<datalist><option>{}</option></datalist>",
    "noembed": "<noembed>{}</noembed>",
    "noframes": "<noframes>{}</noframes>",
    "title": "<title>{}</title>",
    "column by rule": "<style>.cc td+td{display:none}</style><table class=cc><tr><td>甲</td><td>{}</td></tr></table>",
    "option of a list": "<input list=q><datalist id=q><option value='{}'></datalist>",
    "frames": "<iframe src='data:text/html,{}'></iframe>",
    "closed dialog": "<dialog>{}</dialog>",
    "unclosed comment behind": "<!-- {} --!>",
    "audio": "<audio>{}</audio>",
    "video": "<video>{}</video>",
    "iframe": "<iframe>{}</iframe>",
}
_ATTRIBUTES = tuple(
    re.findall(
        r"\S+",
        " title alt value placeholder label name id class href src action data data-id data-note content style"
        " onclick onload onerror aria-label aria-description aria-labelledby summary abbr headers cite longdesc"
        " srcset poster srcdoc target rel ping download usemap background code codebase archive classid standby"
        " lang dir accesskey pattern list form formaction for headers datetime manifest xml:lang xmlns:own itemid"
        " itemprop itemtype itemscope property about resource typeof vocab v-bind:a ng-model x-own own:a slot part"
        " is nonce integrity referrerpolicy sizes media color face bgcolor width height border axis scope char",
    )
)
_TAGS = (
    "p",
    "a",
    "td",
    "img",
    "input",
    "div",
    "body2",
    "option",
    "iframe",
    "area",
    "meta",
    "link",
    "button",
    "svg",
    "own-tag",
    "table",
)


def _scripted() -> Iterator[tuple[str, Build]]:
    yield "joined", lambda n: f"<script>var a='{n[:6]}'+'{n[6:14]}'+\"{n[14:]}\"</script>"
    yield "joined by lines", lambda n: f"<script>var a='{n[:9]}'\n+'{n[9:]}'</script>"
    yield "list", lambda n: f"<script>var a={json.dumps(list(n))}.join('')</script>"
    yield "escapes", lambda n: "<script>var a='" + "".join(f"\\x{ord(s):02x}" for s in n) + "'</script>"
    yield "unicode escapes", lambda n: "<script>var a='" + "".join(f"\\u{ord(s):04x}" for s in n) + "'</script>"
    yield "codes", lambda n: f"<script>String.fromCharCode({','.join(str(ord(s)) for s in n)})</script>"
    yield "base64", lambda n: f"<script>atob('{base64.b64encode(f'身份证号{n}'.encode()).decode()}')</script>"
    yield "percent", lambda n: "<script>unescape('" + "".join(f"%{ord(s):02x}" for s in n) + "')</script>"
    yield "written out", lambda n: f"<script>document.write('<p>{n[:8]}<b>{n[8:]}</b></p>')</script>"
    yield "reversed", lambda n: f"<script>'{n[::-1]}'.split('').reverse().join('')</script>"
    yield "template literal", lambda n: f"<script>`${{'{n[:6]}'}}{n[6:]}`</script>"
    yield (
        "data page",
        lambda n: f"<iframe src='data:text/html;base64,{base64.b64encode(n.encode()).decode()}'></iframe>",
    )
    yield (
        "data page in percent",
        lambda n: "<iframe src='data:text/html," + "".join(f"%{ord(s):02X}" for s in n) + "'></iframe>",
    )
    yield "data address", lambda n: f"<a href='data:text/plain,{n}'>看</a>"
    yield "srcdoc", lambda n: f"<iframe srcdoc='&lt;p&gt;{n[:7]}&lt;b&gt;{n[7:]}&lt;/b&gt;'></iframe>"
    yield "javascript address", lambda n: f"<a href=\"javascript:alert('{n}')\">看</a>"
    yield "data attribute in json", lambda n: f'<p data-a=\'{{"sfz":"{n}"}}\'>甲</p>'
    yield "data attribute torn", lambda n: f"<p data-a='{n[:9]}' data-b='{n[9:]}'>甲</p>"
    yield (
        "svg picture",
        lambda n: (
            "<img src='data:image/svg+xml;base64,"
            + base64.b64encode(f"<svg xmlns='http://www.w3.org/2000/svg'><text>{n}</text></svg>".encode()).decode()
            + "'>"
        ),
    )
    yield (
        "css content torn",
        lambda n: f"<style>.q::before{{content:'{n[:9]}'}}.q::after{{content:'{n[9:]}'}}</style><p class=q></p>",
    )
    yield (
        "css escapes",
        lambda n: "<style>.q::before{content:'" + "".join(f"\\{ord(s):x} " for s in n) + "'}</style><p class=q></p>",
    )
    yield "css variable", lambda n: f"<style>:root{{--a:'{n}'}}</style>"
    yield "css address", lambda n: f"<style>.q{{background:url(https://a.cn/{n}.png)}}</style>"


def _seen_ways() -> Iterator[tuple[str, Build]]:
    yield "entities", _entities("&#{};")
    yield "hex entities", _entities("&#x{:X};")
    yield "entities without end", _entities("&#{}")
    yield "three cells", lambda n: _cells([["证号", n[:6], n[6:14], n[14:]]])
    yield "one digit cells", lambda n: _cells([["证号", *n]])
    yield "two rows", lambda n: _cells([[n[:9]], [n[9:]]])
    yield "one digit rows", lambda n: _cells([[s] for s in n])
    yield "two paragraphs", lambda n: f"<p>{n[:8]}</p><p>{n[8:]}</p>"
    yield "digit blocks", lambda n: "".join(f"<div style='float:left'>{s}</div>" for s in n)
    yield "items", lambda n: f"<ul><li>{n[:8]}</li><li>{n[8:]}</li></ul>"
    yield "list of names", lambda n: _cells([["姓名", "身份证号", "电话"], ["张某", n, "0373-5551234"]])
    yield "bdo reversed", lambda n: f"<p><bdo dir='rtl'>{n[::-1]}</bdo></p>"
    yield "style reversed", lambda n: f"<p style='direction:rtl;unicode-bidi:bidi-override'>{n[::-1]}</p>"
    yield (
        "row reversed",
        lambda n: (
            "<p style='display:flex;flex-direction:row-reverse'>" + "".join(f"<i>{s}</i>" for s in n[::-1]) + "</p>"
        ),
    )
    yield (
        "placed digits",
        lambda n: "".join(f"<i style='position:absolute;left:{9 * at}px'>{s}</i>" for at, s in enumerate(n)),
    )
    yield "svg digits", lambda n: f"<svg>{''.join(f'<text x={9 * at} y=9>{s}</text>' for at, s in enumerate(n))}</svg>"
    yield (
        "attribute shown by css",
        lambda n: f"<style>.r::after{{content:attr(data-x)}}</style><p class=r data-x='{n}'>号</p>",
    )
    yield "mark reversed", lambda n: f"<p>&#8238;{n[::-1]}&#8236;</p>"
    yield "shadow root", lambda n: f"<div><template shadowrootmode=open><p>{n}</p></template></div>"
    yield "inputs", lambda n: "".join(f"<input value='{s}' size=1>" for s in n)
    yield "input", lambda n: f"<input value='{n}'>"
    yield "picture names", lambda n: "".join(f"<img src='img/{s}.gif' alt='{s}'>" for s in n)
    yield "percent in a link", lambda n: "<a href='https://a.cn/" + "".join(f"%{ord(s):02X}" for s in n) + "'>看</a>"


def ways() -> Iterator[tuple[str, Way]]:
    """全部做法 — each with the mark at which it goes in."""
    for where, build in _seen_ways():
        yield (
            "body",
            ("html shown, torn", where, _EITHER if "link" in where or "picture" in where else _SEEN, True, build),
        )
    for where, between in _TORN.items():
        for size in (3, 8):
            yield "body", ("html torn", f"{where}, {size} a piece", _SEEN, True, _torn(between, size))
    for where, pattern in _SHOWN.items():
        yield "body", ("html shown", where, _SEEN, False, _of(pattern))
    for where, how in _HIDE.items():
        sight = _HIDDEN if where in _SURELY else _EITHER
        yield "body", ("html hidden", where, sight, False, _of(f"{_RULES}<p {how}>{{}}</p>"))
        yield (
            "body",
            (
                "html hidden",
                f"{where}, torn",
                sight,
                True,
                _hidden_and_torn(how),
            ),
        )
    for where, pattern in _UNSEEN.items():
        yield "body", ("html unseen", where, _HIDDEN, False, _of(pattern))
    for where, build in _scripted():
        yield (
            "body",
            (
                "html script and css",
                where,
                _HIDDEN if "content" not in where and "css escapes" not in where else _EITHER,
                True,
                build,
            ),
        )
    for tag in _TAGS:
        for attribute in _ATTRIBUTES:
            build = _of(f'<{tag} {attribute}="{{}}">')
            sight = (
                _EITHER
                if attribute in ("alt", "title", "value", "placeholder", "label", "summary", "abbr", "srcdoc")
                else _HIDDEN
            )
            yield "body", ("html attribute", f"{attribute} {tag}", sight, False, build)
    for where, pattern in _HEAD.items():
        sight = _EITHER if where == "office properties" else _HIDDEN  # browsers show elements that they do not know
        yield "head", ("html head", where, sight, False, _of(pattern))
    for mark, pattern in (
        ("front", "<!-- {} -->"),
        ("end", "<!-- {} -->"),
        ("end", "{}"),
        ("front", "<?xml version='1.0'?><!-- {} -->"),
        ("end", "<p>{}"),
    ):
        yield mark, ("html ends", f"{mark} {pattern}", _EITHER if "!" not in pattern else _HIDDEN, False, _of(pattern))
    yield "head", ("html head", "title", _EITHER, False, _of("<title>{}</title>"))
    yield "body", ("html own name", "element", _HIDDEN, True, _of("<x-{}>甲</x-{}>"))
    yield "body", ("html own name", "attribute", _HIDDEN, True, _of("<p n{}='a'>甲</p>"))
    yield "body", ("html own name", "attribute without a value", _HIDDEN, True, _of("<p n{}>甲</p>"))
    yield "body", ("html attribute", "twice the same", _HIDDEN, True, _of("<p class='a' class='{}'>甲</p>"))
    yield "body", ("html attribute", "no quotes", _HIDDEN, True, _of("<p class={}>甲</p>"))
    yield (
        "body",
        ("html attribute", "in percent", _HIDDEN, True, lambda n: f"<p data-a='{urllib.parse.quote(n + '号')}'>甲</p>"),
    )


_HEAD = {
    **{
        f"meta {name}": f"<meta name='{name}' content='{{}}'>"
        for name in (
            "author",
            "description",
            "keywords",
            "generator",
            "copyright",
            "ContentSource",
            "own",
            "viewport",
            "SiteName",
            "ColumnName",
        )
    },
    "meta property": "<meta property='og:title' content='{}'>",
    "meta refresh": "<meta http-equiv='refresh' content='9;url=https://a.cn/{}'>",
    "link": "<link rel='own' href='https://a.cn/{}'>",
    "base": "<base target='{}'>",
    "base address": "<base href='https://a.cn/{}/'>",
    "office properties": "<xml><o:DocumentProperties><o:Author>{}</o:Author></o:DocumentProperties></xml>",
    "conditional office properties": "<!--[if gte mso 9]><xml><o:Author>{}</o:Author></xml><![endif]-->",
    "style with page name": "<style>@page {mso-header:'{}'}</style>",
    "dublin core": "<meta name='DC.creator' content='{}'>",
    "twitter": "<meta name='twitter:data1' content='{}'>",
    "charset": "<meta charset='{}'>",
    "script address": "<script src='https://a.cn/{}.js'></script>",
    "import map": '<script type=\'importmap\'>{"a":"{}"}</script>',
    "preload": "<link rel='preload' href='/a' title='{}'>",
}
