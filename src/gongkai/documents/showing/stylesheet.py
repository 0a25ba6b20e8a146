"""样式表 — which declarations of CSS meet an element: enough of it to tell what a page hides (条例 第十七条).

Rules of `<style>` and the style of an element itself, in the order of their weight. Of selectors: names, classes, ids,
attributes, the four combinators, places among siblings, `:not`. A rule that is met only under a condition that is not
judged here (another pseudo-class, a media query) is met in doubt. What a pointer changes (`:hover`) is not met.
Style sheets that lie elsewhere are not read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

Element = Any
"""元素 — of `lxml.html`, which the types of lxml do not know."""
Declared = dict[str, str]
"""声明 — value by property, as they win."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_TOKEN = re.compile(
    r"(?P<combine>\s*[>+~]\s*|\s+)|(?P<tag>\*|[\w\-\u0080-\uffff]+)|\#(?P<id>[\w\-\u0080-\uffff]+)"
    r"|\.(?P<class>[\w\-\u0080-\uffff]+)|\[\s*(?P<name>[\w:-]+)\s*(?:(?P<op>[~|^$*]?=)\s*"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*[iIsS]?\s*)?\]|::?(?P<pseudo>[\w-]+)(?:\((?P<argument>[^()]*)\))?"
)
_CONDITIONS = ("@media", "@supports", "@layer", "@container", "@scope")
_POINTED = {"hover", "active", "focus", "focus-within", "focus-visible", "visited", "target", "checked"}
_PARTS = {"before", "after", "first-line", "first-letter", "selection", "placeholder", "marker", "backdrop"}
_NTH = re.compile(r"\s*(?:(?P<odd>odd)|(?P<even>even)|(?P<a>[+-]?\d*)n\s*(?P<b>[+-]\s*\d+)?|(?P<only>[+-]?\d+))\s*")
_BODY = re.compile(r"([^{};]*)\{([^{}]*)(?:\}|\Z)")
_MOST_RULES = 20_000


class Simple(NamedTuple):
    """一个条件 — kind: tag, id, class, attribute, nth, not; what it asks for."""

    kind: str
    name: str
    value: Any = None


class Compound(NamedTuple):
    """一组条件 — all met by one element; `combinator`: how the one to the left of it stands to it."""

    simples: tuple[Simple, ...]
    combinator: str


class Rule(NamedTuple):
    """一条规则 — the compounds from right to left, its weight, what it declares, whether it is met without doubt."""

    compounds: tuple[Compound, ...]
    weight: tuple[int, int, int, int]
    declared: Mapping[str, tuple[str, bool]]
    sure: bool


def unescaped(text: str) -> str:
    r"""去转义 — \34 becomes 4 (条例 第十七条)."""
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2], text)


def strings(css: str) -> str:
    """样式表里的字串 — the strings that a style sheet writes on the page or keeps, one after the other."""
    return "".join(unescaped(found[0][1:-1]) for found in _STRING.finditer(_COMMENT.sub(" ", css)))


def declarations(style: str) -> dict[str, tuple[str, bool]]:
    """声明 — value and whether it is important, by property, of a style attribute or the body of a rule."""
    found: dict[str, tuple[str, bool]] = {}
    for part in _COMMENT.sub(" ", style).split(";"):
        name, colon, value = part.partition(":")
        if not colon:
            continue
        value = unescaped(value).strip().lower()
        important = value.endswith("important") and "!" in value
        name, value = unescaped(name).strip().lower(), value.partition("!")[0].strip() if important else value
        if not found.get(name, ("", False))[1] or important:
            found[name] = (value, important)
    return found


def written(css: str) -> Iterator[tuple[str, str, str]]:
    """写明的声明 — (selectors or at-rule, property, value) of every rule, whatever it is of (条例 第十七条)."""
    for found in _BODY.finditer(_COMMENT.sub(" ", css)):
        for name, (value, _) in declarations(found[2]).items():
            yield found[1].strip(), name, value


class Stylesheet:
    """样式表 — the rules of a page that declare any of `wanted`, by the rightmost condition of their selectors;
    `tells`: of property and value, which of these declarations a rule is kept for."""

    def __init__(
        self, sheets: Iterable[str], wanted: Container[str], tells: Callable[[str, str], bool] | None = None
    ) -> None:
        self._rules: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        self._places: dict[tuple[Element, str], dict[Element, tuple[int, int]]] = {}
        order = 0
        for css in sheets:
            for prelude, body, sure in _rules(_COMMENT.sub(" ", css), True):
                declared = {name: value for name, value in declarations(body).items() if name in wanted}
                if not declared or order > _MOST_RULES:
                    continue
                if tells and not any(tells(name, value) for name, (value, _) in declared.items()):
                    continue
                for selector in _split(prelude):
                    order += 1
                    if rule := _rule(selector, order, declared, sure):
                        self._rules[_key(rule)].append(rule)

    def of(self, element: Element) -> tuple[Declared, Declared]:
        """对一个元素 — what is declared of it for sure, and what with the rules that are met in doubt."""
        met = [rule for key in _keys(element) for rule in self._rules.get(key, ()) if self._meets(rule, element)]
        met.sort(key=lambda rule: rule.weight)
        own = declarations(element.get("style", "")) if element.get("style") else {}
        sure = _won([rule.declared for rule in met if rule.sure], own)
        return sure, sure if all(rule.sure for rule in met) else _won([rule.declared for rule in met], own)

    def met_by(self, root: Element) -> Iterator[Element]:
        """遇到的元素 — those of a page that meet any of the rules, in no order (条例 第十七条)."""
        for kind, name in list(self._rules):
            if kind == "tag":
                found = root.iter(name)
            elif kind == "":
                found = root.iter("*")
            else:
                found = (one for one in root.xpath(f"//*[@{kind}]") if name in one.get(kind).split())
            rules = self._rules[kind, name]
            yield from (one for one in found if any(self._meets(rule, one) for rule in rules))

    def _meets(self, rule: Rule, element: Element) -> bool:
        first, *rest = rule.compounds
        return self._all(first, element) and self._around(element, first.combinator, rest, set())

    def _around(
        self, element: Element, combinator: str, rest: list[Compound], failed: set[tuple[Element, int]]
    ) -> bool:
        """Whether what stands around meets the rest; `failed` keeps the search from going one way twice."""
        if not rest:
            return True
        if (element, len(rest)) in failed:
            return False
        if combinator in (" ", ">"):
            around: Iterable[Element] = element.iterancestors()
        else:
            around = element.itersiblings(preceding=True)
        for other in around:
            if not isinstance(other.tag, str):
                continue
            if self._all(rest[0], other) and self._around(other, rest[0].combinator, rest[1:], failed):
                return True
            if combinator in (">", "+"):
                break
        failed.add((element, len(rest)))
        return False

    def _all(self, compound: Compound, element: Element) -> bool:
        return all(self._one(simple, element) for simple in compound.simples)

    def _one(self, simple: Simple, element: Element) -> bool:
        kind, name, value = simple
        if kind == "tag":
            return bool(element.tag == name)
        if kind == "class":
            return name in element.get("class", "").split()
        if kind == "id":
            return bool(element.get("id") == name)
        if kind == "not":
            return not any(self._one(one, element) for one in value)
        if kind == "nth":
            return self._stands(name, value, element)
        return _attribute(element.get(name), *value)

    def _stands(self, name: str, value: tuple[int, int], element: Element) -> bool:
        """Its place among its siblings; all of a parent are counted at once."""
        parent, of_type = element.getparent(), name.endswith("of-type")
        if parent is None:
            return value[0] + value[1] == 1
        key = (parent, element.tag if of_type else "")
        if key not in self._places:
            same = [one for one in parent if isinstance(one.tag, str) and (not of_type or one.tag == element.tag)]
            self._places[key] = {one: (at, len(same) + 1 - at) for at, one in enumerate(same, 1)}
        at = self._places[key][element]["last" in name]
        step, start = value
        return at == start if step == 0 else (at - start) % step == 0 and (at - start) // step >= 0


def _won(met: list[Mapping[str, tuple[str, bool]]], own: Mapping[str, tuple[str, bool]]) -> Declared:
    won: Declared = {}
    for heavy in (False, True):
        for declared in (*met, own):
            won |= {name: value for name, (value, important) in declared.items() if important is heavy}
    return won


def _rules(css: str, sure: bool, around: str = "") -> Iterator[tuple[str, str, bool]]:
    """(selectors, body, whether without doubt) of each rule; conditions are opened, other at-rules passed over.
    `around`: the selectors of the rule in which these rules stand."""
    at = 0
    while (opening := css.find("{", at)) >= 0:
        prelude = css[at:opening].rpartition(";")[2].rpartition("}")[2].strip()
        end = _end(css, opening)
        body = css[opening + 1 : end]
        name = prelude.split(None, 1)[0].lower() if prelude else ""
        if name.startswith(_CONDITIONS):
            if "print" not in prelude.lower():
                held = sure and (name == "@layer" or _ON_SCREEN.fullmatch(prelude) is not None)
                if around:
                    yield around, _own(body), held
                yield from _rules(body, held, around)
        elif not prelude.startswith("@"):
            selectors = _within(around, prelude) if around else prelude
            yield selectors, _own(body), sure
            if "{" in body:
                yield from _rules(body, sure, selectors)
        at = end + 1


_ON_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*(?:,\s*(?:all|screen)\s*)?", re.IGNORECASE)
_MOST_WITHIN = 400


def _own(body: str) -> str:
    """What a rule declares itself, without the rules that stand in it."""
    while "{" in body:
        opening = body.index("{")
        start = max(body.rfind(";", 0, opening), body.rfind("}", 0, opening)) + 1
        body = f"{body[:start]};{body[_end(body, opening) + 1 :]}"
    return body


def _within(around: str, prelude: str) -> str:
    """The selectors of a rule that stands in another: `&` is the other, which else stands before it."""
    pairs = [(outer, inner) for outer in _split(around) for inner in _split(prelude)][:_MOST_WITHIN]
    return ", ".join(
        inner.replace("&", outer) if "&" in inner else f"{outer} {inner}" for outer, inner in pairs if len(outer) < 1000
    )


def _end(css: str, opening: int) -> int:
    depth = 0
    for found in re.compile(r"[{}]").finditer(css, opening):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return len(css)


def _split(prelude: str) -> list[str]:
    return [part.strip() for part in re.split(r",(?![^(\[]*[)\]])", prelude) if part.strip()]


def _rule(selector: str, order: int, declared: Mapping[str, tuple[str, bool]], sure: bool) -> Rule | None:
    """A selector from right to left; None for one that is not understood or speaks of no element."""
    compounds: list[Compound] = []
    simples: list[Simple] = []
    weight, at = [0, 0, 0], 0
    while at < len(selector):
        token = _TOKEN.match(selector, at)
        if token is None:
            return None
        at = token.end()
        if token["combine"]:
            compounds.append(Compound(tuple(simples), token["combine"].strip() or " "))
            simples = []
            continue
        read = _simple(token)
        if read == "never":
            return None
        if isinstance(read, Simple):
            simples.append(read)
            weight[{"id": 0, "tag": 2}.get(read.kind, 1)] += 1
        elif read == "unsure":
            sure = False
    compounds.append(Compound(tuple(simples), ""))
    joined = [
        Compound(compound.simples, compounds[number - 1].combinator if number else "")
        for number, compound in enumerate(compounds)
    ]
    return Rule(tuple(reversed(joined)), (weight[0], weight[1], weight[2], order), declared, sure)


def _simple(token: re.Match[str]) -> Simple | str:
    """A condition; `any` for one that all meet, `never`, `unsure`."""
    if token["tag"]:
        return "any" if token["tag"] == "*" else Simple("tag", token["tag"].lower())
    for kind in ("id", "class"):
        if token[kind]:
            return Simple(kind, token[kind])
    if token["name"]:
        return Simple("attribute", token["name"].lower(), (token["op"] or "", (token["value"] or "").strip("\"'")))
    return _pseudo(token["pseudo"].lower(), token["argument"])


def _pseudo(name: str, argument: str | None) -> Simple | str:
    if name in _POINTED or name in _PARTS:
        return "never"
    if name == "root":
        return Simple("tag", "html")
    if name in ("first-child", "last-child", "first-of-type", "last-of-type"):
        return Simple("nth", name, (0, 1))
    if name.startswith("nth-") and argument and (nth := _NTH.fullmatch(argument.lower())):
        return Simple("nth", name, _step(nth))
    if name == "not" and argument and (only := _TOKEN.fullmatch(argument.strip())) and not only["combine"]:
        inner = _simple(only)
        return Simple("not", "", (inner,)) if isinstance(inner, Simple) else "unsure"
    return "unsure"


def _step(nth: re.Match[str]) -> tuple[int, int]:
    if nth["odd"] or nth["even"]:
        return 2, 1 if nth["odd"] else 0
    if nth["only"]:
        return 0, int(nth["only"])
    step = nth["a"]
    return int(step) if step not in ("", "+", "-") else int(f"{step}1"), int((nth["b"] or "0").replace(" ", ""))


def _attribute(actual: str | None, op: str, wanted: str) -> bool:
    if actual is None or not op:
        return actual is not None
    if op == "=":
        return actual == wanted
    if op == "~=":
        return wanted in actual.split()
    if op == "|=":
        return actual == wanted or actual.startswith(f"{wanted}-")
    return bool(wanted) and {"^=": actual.startswith, "$=": actual.endswith, "*=": actual.__contains__}[op](wanted)


def _key(rule: Rule) -> tuple[str, str]:
    """By which the rule is looked up: the rarest condition of its rightmost compound."""
    for kind in ("id", "class", "tag"):
        for simple in rule.compounds[0].simples:
            if simple.kind == kind:
                return kind, simple.name
    return "", ""


def _keys(element: Element) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield _tag_key(element.tag)
    if identity := element.get("id"):
        yield "id", identity
    for name in dict.fromkeys(element.get("class", "").split()):
        yield "class", name


@lru_cache(maxsize=512)
def _tag_key(tag: str) -> tuple[str, str]:
    return "tag", tag
