"""Word 文档给人看什么 — every run of a docx with how it is seen, and why it is not (条例 第十七条).

A page of Word shows less than the file holds: runs are switched off by themselves, by a style, by their row, by a size
or a colour that nobody can read, by standing off the page, or by a revision. What is not certain counts as seen.
A column of no width is widened by Word to what stands in it. `webHidden` hides nothing on a page, but nobody needs it
outside a table of contents: elsewhere it counts as hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from gongkai.documents.showing import How, Run, Why
from gongkai.documents.showing.word_ground import Grounds
from gongkai.documents.showing.word_place import Places
from gongkai.documents.showing.word_style import Properties, Styles, Theme, is_on, is_same, properties_of, toggle, whole
from gongkai.documents.showing.word_symbols import drawn, picture_font
from gongkai.documents.word_numbering import attribute, child, local

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
THINGS = {
    *("drawing", "pict", "object", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "pgNum"),
    "control",
}
"""What a run may hold beside text."""
CODES = {"instrText", "delInstrText"}
_IN_FIELDS = ("t", "sym", "tab", "br", "drawing", "pict", "object", "instrText")
_TEXTS = {"t", "delText", *CODES}
_SKIPPED = {"rPr", "pPr", "txbxContent", "p", "tbl", "sdtPr", "sdtEndPr", "rubyPr", "ctrlPr", "oMathParaPr", "fldData"}
_GONE = {"del", "moveFrom"}
_LIVE = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_DRAWN = re.compile(r"\s*(EQ|MACROBUTTON|GOTOBUTTON|SYMBOL|AUTONUM|AUTONUMLGL|LISTNUM)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\s*(=|(SUM|REF|DOCPROPERTY|DOCVARIABLE|MERGEFIELD|FORMCHECKBOX|IF|QUOTE|SEQ)\b)", re.IGNORECASE)
_UNDERSTOOD = {"wps", "wpg", "wpc", "wpi", "w14", "w15", "wp14", "a14", "cx", "v", "o", "w10"}
_LEAST_HALF_POINTS, _LEAST_PERCENT, _FARTHEST_HALF_POINTS, _WIDEST_TWIPS = 2, 2, 1_000, 31_000


class Atom(NamedTuple):
    """一小段 — a run of text with the element that holds it (`where`: `text`, `tail` or an attribute; empty for a sign
    that is no text), and the run that gives it its format. Things (pictures, notes) are atoms without text."""

    run: Run
    element: etree._Element
    where: str
    holder: etree._Element | None

    @property
    def is_seen(self) -> bool:
        """看得见 — struck and raised text is."""
        return self.run.how is not How.HIDDEN


@dataclass(slots=True)
class Field:
    """域 — the elements of its code, which is not shown, and those of its result, which is."""

    coded: list[etree._Element]
    result: list[etree._Element]
    is_divided: bool = False
    written: str = ""

    @property
    def code(self) -> str:
        """域代码 — as one text."""
        return self.written or "".join(one.text or "" for one in self.coded if local(one) == "instrText")

    @property
    def is_live(self) -> bool:
        """页码一类 — whether programs count its result themselves."""
        return _LIVE.match(self.code) is not None

    @property
    def is_unsaid(self) -> bool:
        """没有结果 — whether programs count a result that the file does not have; an empty text field is none."""
        return not any(one.text for one in self.result) and _COUNTED.match(self.code) is not None

    @property
    def is_drawn(self) -> bool:
        """由代码画出 — whether programs show something of the code itself."""
        return not any(one.text for one in self.result) and _DRAWN.match(self.code) is not None


class Story:
    """一个部件里的正文 — the paragraphs of one part, each with its atoms; computed once, for all who ask.

    `unused`: no page shows the part; `spare`: elements of it that no page shows, such as a note without a mark.
    """

    def __init__(
        self, root: etree._Element, styles: Styles, *, unused: bool = False, spare: Iterable[etree._Element] = ()
    ) -> None:
        self.root, self._styles, self._unused = root, styles, unused
        self._grounds = Grounds(root, styles)
        self._atoms: dict[etree._Element, tuple[Atom, ...]] = {}
        self.coded: set[etree._Element] = set()
        self.live: dict[etree._Element, Field] = {}
        self.renewed: set[etree._Element] = set()
        self.twins: set[etree._Element] = set()
        self.unsaid: set[etree._Element] = set()
        self.drawn = 0
        self._fonts: dict[etree._Element, str] = {}
        self._read_fields()
        self._places = Places(root, styles, [*spare, *self._read_choices()])

    def runs(self) -> Iterator[tuple[Run, etree._Element]]:
        """文字 — every run of the part in reading order."""
        for paragraph in self.root.iter("{*}p"):
            for atom in self.atoms(paragraph):
                if atom.run.text:
                    yield atom.run, atom.element

    def atoms(self, paragraph: etree._Element) -> tuple[Atom, ...]:
        """一段的文字 — its own, not what stands in its text boxes; nothing of what is said twice for old programs."""
        if paragraph not in self._atoms:
            self._atoms[paragraph] = tuple(self._walk(paragraph))
        return self._atoms[paragraph]

    def why(self, block: etree._Element) -> Why | None:
        """为什么看不见 — why a whole paragraph or cell is not seen; None where nothing hides it."""
        return Why.UNUSED if self._unused else self._places.why(block)

    def why_inside(self, holder: etree._Element) -> Why | None:
        """为什么看不见 — why nothing in a text box or another holder of blocks is seen."""
        return Why.UNUSED if self._unused else self._places.why_inside(holder)

    def frame(self, paragraph: etree._Element) -> etree._Element | None:
        """文字框 — in which a paragraph stands apart from the text, None where it does not."""
        return self._places.frame(paragraph)

    @property
    def is_unused(self) -> bool:
        """没有用到 — no page shows the part."""
        return self._unused

    def is_twin(self, block: etree._Element) -> bool:
        """重复的 — whether the block stands in a branch that says what another one says already."""
        return any(above in self.twins for above in block.iterancestors()) if self.twins else False

    def chosen(self, choices: etree._Element) -> etree._Element | None:
        """选用的分支 — which branch of an AlternateContent is shown: the first that Word understands."""
        for branch in choices:
            name = local(branch)
            needs = (attribute(branch, "Requires") or "").split()
            if name == "Fallback" or (name == "Choice" and needs and _UNDERSTOOD.issuperset(needs)):
                return branch
        return None

    def font(self, atom: Atom) -> str:
        """符号字体 — in which a sign or a text is drawn; empty for one of letters."""
        if local(atom.element) == "sym":
            return picture_font(attribute(atom.element, "font"))
        return self._fonts.get(atom.holder, "") if atom.holder is not None else ""

    def _read_fields(self) -> None:
        """The code of a field is not shown; only one that ends is a field at all."""
        open_fields: list[Field] = []
        for element in self.root.iter("{*}fldChar", *(f"{{*}}{name}" for name in _IN_FIELDS)):
            if local(element) != "fldChar":
                for field in open_fields:
                    (field.result if field.is_divided and local(element) != "instrText" else field.coded).append(
                        element
                    )
                continue
            kind = attribute(element, "fldCharType")
            if kind == "begin":
                open_fields.append(Field([], []))
            elif kind == "separate" and open_fields:
                open_fields[-1].is_divided = True
            elif kind == "end" and open_fields:
                field = open_fields.pop()
                self.coded.update(field.coded)
                self.drawn += field.is_drawn
                if field.is_unsaid:
                    self.unsaid.add(element)
                if field.is_live:
                    self.live[element] = field
                    self.renewed.update(field.result)
        self._read_simple_fields()

    def _read_simple_fields(self) -> None:
        for simple in self.root.iter("{*}fldSimple"):
            field = Field([], [], written=attribute(simple, "instr") or "")
            field.result = list(simple.iter("{*}t"))
            if field.is_unsaid:
                self.unsaid.add(simple)
            if field.is_live:
                self.live[simple] = field
                self.renewed.update(simple.iter("{*}t"))

    def _read_choices(self) -> Iterator[etree._Element]:
        """The branches that are not shown; one that says what the shown one says needs no second look."""
        for choices in self.root.iter("{*}AlternateContent"):
            chosen = self.chosen(choices)
            said = "" if chosen is None else _said(chosen)
            for branch in choices:
                if branch is not chosen and _said(branch) == said:
                    self.twins.add(branch)
                elif branch is not chosen:
                    yield branch

    def _walk(self, paragraph: etree._Element) -> Iterator[Atom]:
        why = self.why(paragraph)
        pending: list[tuple[etree._Element, Why | None, How, etree._Element | None]]
        pending = [(element, why, How.SEEN, None) for element in reversed(paragraph)]
        while pending:
            element, why, how, holder = pending.pop()
            name = local(element)
            if name in _SKIPPED or element in self.twins:
                continue
            if name == "r":
                found_why, found_how = self._look(element, paragraph)
                why, how, holder = why or found_why, found_how if how is How.SEEN else how, element
            elif name in _GONE:
                why = why or Why.DELETED
            elif name == "rt":
                how = How.RAISED
            elif name == "AlternateContent":
                chosen = self.chosen(element)
                pending += [(one, why if one is chosen else Why.UNUSED, how, holder) for one in reversed(element)]
                continue
            if element in self.coded:
                why = why or Why.UNUSED
            atoms = list(self._atoms_of(element, name, why, how, holder))
            yield from atoms
            if not atoms or name == "fldSimple":
                pending += [(one, why, how, holder) for one in reversed(element)]

    def _atoms_of(
        self, element: etree._Element, name: str, why: Why | None, how: How, holder: etree._Element | None
    ) -> Iterator[Atom]:
        if name in _TEXTS:
            why = Why.UNUSED if name in CODES and why is None else why
            font = self._fonts.get(holder, "") if holder is not None else ""
            yield from (
                Atom(_run(drawn(text, font), how, why), one, where, holder) for one, where, text in _written(element)
            )
        elif name in SIGNS:
            yield Atom(_run(SIGNS[name], how, why), element, "", holder)
        elif name == "sym":
            code = attribute(element, "char") or ""
            sign = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else code
            if sign and not "\ud800" <= sign <= "\udfff":
                shown = drawn(sign, picture_font(attribute(element, "font")))
                yield Atom(_run(shown, how, why), element, _key(element, "char"), holder)
        elif name in THINGS or element in self.live:
            yield Atom(_run("", how, why), element, "", holder)
        elif name == "fldChar":
            entry = _dropped_down(element)
            if entry is not None:
                yield Atom(_run(attribute(entry, "val") or "", how, why), entry, _key(entry, "val"), holder)

    def _look(self, run: etree._Element, paragraph: etree._Element) -> tuple[Why | None, How]:
        container = child(run, "rPr")
        direct = {} if container is None else properties_of(container)
        styles = self._styles
        named = direct.get("rStyle")
        character = styles.merged(None if named is None else attribute(named, "val"), "rPr")
        written = styles.merged(self._grounds.style_of(paragraph), "rPr")
        table = self._grounds.table_look(paragraph, "rPr")
        defaults = styles.defaults("rPr")
        levels = (table, written, character)

        def value(name: str) -> etree._Element | None:
            return next((one[name] for one in (direct, character, written, table, defaults) if name in one), None)

        fonts = value("rFonts")
        if fonts is not None and (font := picture_font(*(attribute(fonts, name) for name in _FONT_NAMES))):
            self._fonts[run] = font
        why = None
        for name in ("vanish", "specVanish"):
            if toggle(name, direct, defaults, levels):
                why = Why.RUN if name in direct else Why.STYLE
        web = value("webHidden")
        if why is None and web is not None and is_on(attribute(web, "val")) and not _is_listed(run, written):
            why = Why.RUN
        if why is None and _is_tiny(value("sz"), value("w"), value("fitText")):
            why = Why.SIZE
        if why is None and _is_far(value("position"), value("spacing")):
            why = Why.OFF_PAGE
        if why is None and self._is_painted_over(paragraph, value):
            why = Why.COLOUR
        if any(toggle(name, direct, defaults, levels) for name in ("strike", "dstrike")):
            return why, How.STRUCK
        raised = value("vertAlign")
        return why, How.RAISED if raised is not None and attribute(raised, "val") in _RAISED else How.SEEN

    def _is_painted_over(self, paragraph: etree._Element, value: Value) -> bool:
        fill = value("textFill")
        if fill is not None and next(fill.iterchildren("{*}noFill"), None) is not None:
            return True
        colour = value("color")
        printed = None if colour is None else self._styles.theme.colour(colour)
        if printed is None or printed == "auto" or fill is not None:
            return False
        return is_same(printed, self._grounds.of(paragraph, value("shd"), value("highlight")))


Value = Callable[[str], etree._Element | None]
"""格式 — the property of a name that counts."""

_FONT_NAMES = ("ascii", "hAnsi", "eastAsia", "cs")
_RAISED = ("superscript", "subscript")


def present(atom: Atom) -> str:
    """现在的文字 — what stands there now, masked or not."""
    if atom.where in ("text", "tail"):
        return str(getattr(atom.element, atom.where) or "")
    return atom.element.get(atom.where) or ""


def read(root: etree._Element, others: dict[str, etree._Element]) -> Story:
    """正文 — the story of a document part; `others`: its parts `styles`, `theme`, `settings`, where it has them."""
    theme = Theme(others.get("theme"), others.get("settings"))
    return Story(root, Styles(others.get("styles"), theme))


def _is_listed(run: etree._Element, paragraph: Properties) -> bool:
    """Whether a run stands in a line of a table of contents, whose page numbers are not for the web."""
    link = next(run.iterancestors("{*}hyperlink"), None)
    return link is not None and (attribute(link, "anchor") or "").startswith("_Toc") and "webHidden" not in paragraph


def drawn_words(code: str) -> str:
    """由域代码显示的文字 — what a program draws of a code itself: the last word of EQ, the sign of SYMBOL."""
    symbols = re.findall(r"\bSYMBOL\s+(\d{1,5})", code)
    return "".join(map(chr, map(int, symbols))) + "".join(re.findall(r"[,，(]([^,，()]*)\)", code))


def _run(text: str, how: How, why: Why | None) -> Run:
    return Run(text, How.HIDDEN, why) if why is not None else Run(text, how)


def _written(element: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """The text of an element, also where something stands in the middle of it."""
    if element.text:
        yield element, "text", element.text
    for inner in element.iter("*"):
        if inner is element:
            continue
        for where, text in (("text", inner.text), ("tail", inner.tail)):
            if text:
                yield inner, where, text


def _said(branch: etree._Element) -> str:
    return "".join(element.text or "" for element in branch.iter("{*}t"))


def _key(element: etree._Element, name: str) -> str:
    return next(str(key) for key in element.keys() if str(key).rpartition("}")[2] == name)  # noqa: SIM118


def _dropped_down(mark: etree._Element) -> etree._Element | None:
    """Of a form field with a list: the entry that was chosen."""
    choices = mark.find("{*}ffData/{*}ddList")
    if choices is None:
        return None
    entries = [entry for entry in choices.iterchildren("{*}listEntry") if attribute(entry, "val")]
    picked = whole(child(choices, "result"))
    return entries[picked] if picked is not None and 0 <= picked < len(entries) else None


def _is_tiny(size: etree._Element | None, scale: etree._Element | None, fitted: etree._Element | None) -> bool:
    half_points, percent, width = whole(size), whole(scale), whole(fitted)
    return (
        (half_points is not None and half_points <= _LEAST_HALF_POINTS)
        or (percent is not None and percent <= _LEAST_PERCENT)
        or (width is not None and width <= 2 * _LEAST_HALF_POINTS * 10)
    )


def _is_far(position: etree._Element | None, spacing: etree._Element | None) -> bool:
    raised, spaced = whole(position), whole(spacing)
    return abs(raised or 0) >= _FARTHEST_HALF_POINTS or (spaced or 0) >= _WIDEST_TWIPS
