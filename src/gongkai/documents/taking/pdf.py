"""取用版式文件 — what a page shows, as its public copy tells it; its tables where lines rule them (条例 第十二条)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from ctypes import c_void_p, cast
from dataclasses import replace
from io import BytesIO
from itertools import groupby, islice

import pypdfium2
from pypdfium2 import raw

from gongkai.documents.document import Block, Document, Grid, Paragraph, View
from gongkai.documents.limits import Limits
from gongkai.documents.opening import open_documents
from gongkai.documents.pdf_pages import opened, pages
from gongkai.documents.pdf_signs import Sign, signs_of
from gongkai.documents.redaction import public_copy
from gongkai.documents.showing import How
from gongkai.documents.showing.pdf import signs
from gongkai.documents.showing.raised import raised
from gongkai.text.folding import squeeze

_SMALLER, _OFF, _BELOW = 0.85, 0.15, 0.02
"""Of the height of the sign before: what is raised is smaller, and its foot is so far off."""
_AROUND = 3
_THIN, _MOST_LINES = 3.0, 500
"""Points, and lines of a page that are looked at."""
_NUMBER = re.compile(r"[0-9]+")
_LONGEST_EDGE = 60
_WIDE, _LEAST_WIDE, _ENDS = 0.8, 16, "。；：！？”）…;:!?)"


def read(name: str, data: bytes, limits: Limits) -> tuple[View, dict[str, int]]:
    """取用版式文件 — its text in order, and how much of it came otherwise (条例 第十二条)."""
    data, counts = _without_struck(name, data, limits)
    copy = public_copy(name, data, limits=limits)
    given, *_ = _views(name, data, limits, 1)
    lines, *others = _views(name, copy, limits, 3)
    is_less = bool(_lines(given) - _lines(lines)) and bool(_characters(given.blocks) - _characters(lines.blocks))
    counts += Counter(hidden=int(is_less))
    view = lines
    if not lines.seen and others:
        counts += Counter(unruled=sum(isinstance(block, Grid) and len(block.rows) > 1 for block in others[0].blocks))
        ruled = others[-1]
        if any(isinstance(block, Grid) for block in ruled.blocks) and _signs(ruled) == _signs(lines):
            view, counts["unruled"] = ruled, 0
    counts += Counter(edge=_edges(lines.blocks))
    counts += Counter(broken=_broken(view.blocks))
    blocks = view.blocks
    if not lines.seen:
        for number, page in pages(name, copy, limits):
            signs = signs_of(page)[0]
            groups = list(_raised(signs))
            if groups:
                blocks = tuple(_with_missing(blocks, number, groups, signs, counts))
            blocks = tuple(_with_raised(blocks, number, groups, counts))
    return replace(view, blocks=blocks), dict(counts)


def _without_struck(name: str, data: bytes, limits: Limits) -> tuple[bytes, Counter[str]]:
    """The file without the words that a line strikes, and how many runs of them; one that is struck in part stays."""
    counts: Counter[str] = Counter()
    with opened(name, data, limits) as document:
        for page in document:
            ways = _ways(page) if _may_strike(page) else {}
            gone = {thing: set(found) == {How.STRUCK} for thing, found in ways.items()}
            counts["signs"] += sum(len(found) for thing, found in ways.items() if gone[thing])
            counts["kept"] += sum(How.STRUCK in found and not gone[thing] for thing, found in ways.items())
            counts["struck"] += sum(1 for is_gone, _ in groupby(gone.values()) if is_gone)
            for item in list(page.get_objects(max_depth=1)) if any(gone.values()) else ():
                if gone.get(cast(item.raw, c_void_p).value or 0):
                    page.remove_obj(item)
                    page.gen_content()
            page.close()
        if not counts["struck"]:
            return data, counts
        out = BytesIO()
        document.save(out)
    made = out.getvalue()
    before, after = _text(name, data, limits), _text(name, made, limits)
    if not after - before and before.total() - after.total() == counts.pop("signs"):
        return made, counts
    # Some fonts do not outlive a change of the page: then nothing is taken out.
    return data, Counter(kept=counts["kept"] + counts["struck"])


def _text(name: str, data: bytes, limits: Limits) -> Counter[str]:
    """How often each sign stands in a file."""
    found: Counter[str] = Counter()
    for _, page in pages(name, data, limits):
        found.update(sign.text for sign in signs_of(page)[0] if not sign.blank)
    return found


def _ways(page: pypdfium2.PdfPage) -> dict[int, list[How]]:
    """The runs of a page in their order, and how the signs of each are seen."""
    found: dict[int, list[How]] = {}
    for sign in signs(page):
        if sign.thing and not sign.text.isspace():
            found.setdefault(sign.thing, []).append(sign.how)
    return found


def _may_strike(page: pypdfium2.PdfPage) -> bool:
    """Whether anything thin lies across a text: to look at every sign is dear."""
    texts, thin = [], []
    for item in page.get_objects(max_depth=1):
        left, bottom, right, top = item.get_bounds()
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            texts.append((left, bottom, right, top))
        elif top - bottom < _THIN:
            thin.append((left, right, (bottom + top) / 2))
    return any(
        left < end and start < right and bottom + (top - bottom) / 5 < at < top - (top - bottom) / 5
        for start, end, at in thin[:_MOST_LINES]
        for left, bottom, right, top in texts
    )


def _views(name: str, data: bytes, limits: Limits, most: int) -> list[View]:
    document = next(open_documents(name, data, limits=limits, apart=False))
    if not isinstance(document, Document):
        raise document
    first = next(document.views())
    return [first] if first.seen else list(islice(document.views(), most))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (block.text,) if isinstance(block, Paragraph) else (text for row in block.rows for text in row.texts)


def _lines(view: View) -> set[str]:
    return {line for text in _texts(view.blocks) if (line := squeeze(text))}


def _signs(view: View) -> list[str]:
    return sorted("".join("".join(text.split()) for text in _texts(view.blocks)))


def _broken(blocks: Iterable[Block]) -> int:
    """Lines as long as the page is wide that end within a sentence."""
    loose = [block.text for block in blocks if isinstance(block, Paragraph) and block.loose]
    widest = max(map(len, loose), default=0)
    return sum(len(text) > _WIDE * widest > _LEAST_WIDE and text[-1] not in _ENDS for text in loose)


def _edges(blocks: Iterable[Block]) -> int:
    """First and last lines of pages that are the same on several, but for numbers: headers and footers."""
    of_pages: dict[int, list[str]] = defaultdict(list)
    for block in blocks:
        if isinstance(block, Paragraph) and block.page is not None:
            of_pages[block.page].append(block.text)
    counted = 0
    for at in (0, -1):
        edges = Counter(_NUMBER.sub("0", lines[at]) for lines in of_pages.values() if len(lines[at]) <= _LONGEST_EDGE)
        counted += sum(count for count in edges.values() if count > 1)
    return counted


def _raised(signs: list[Sign]) -> Iterator[tuple[str, str, str, bool]]:
    """Each group of raised or lowered signs, with the signs before and behind it."""
    seen = [sign for sign in signs if not sign.blank]
    at = 1
    while at < len(seen):
        base, way = seen[at - 1], _way(seen[at - 1], seen[at])
        end = at + 1
        while way and end < len(seen) and _way(base, seen[end]) == way and seen[end].left >= seen[end - 1].left:
            end += 1
        if way:
            start = at - 1
            while start > max(0, at - _AROUND) and _is_beside(seen[start - 1], seen[start]):
                start -= 1
            before = "".join(sign.text for sign in seen[start:at])
            after = "".join(sign.text for sign in seen[end : end + 1] if _is_beside(base, sign))
            yield before, "".join(sign.text for sign in seen[at:end]), after, way < 0
        at = end


def _is_beside(one: Sign, other: Sign) -> bool:
    return other.left >= one.left and abs(one.middle - other.middle) < max(one.height, other.height) / 2


def _way(base: Sign, sign: Sign) -> int:
    """1 of a sign that is raised beside another one, -1 of one that is lowered, else nothing."""
    near = -base.height < sign.left - base.right < 3 * base.height
    if not near or sign.height <= 0 or sign.height > _SMALLER * base.height:
        return 0
    if sign.bottom > base.bottom + _OFF * base.height and sign.bottom < base.top:
        return 1
    # What is merely smaller stands a little higher, for less of it hangs below the line.
    return -1 if sign.bottom < base.bottom - _BELOW * base.height and sign.top > base.bottom else 0


def _characters(blocks: Iterable[Block]) -> Counter[str]:
    return Counter(sign for text in _texts(blocks) for sign in text if not sign.isspace())


def _with_missing(
    blocks: tuple[Block, ...],
    page: int,
    groups: list[tuple[str, str, str, bool]],
    signs: list[Sign],
    counts: Counter[str],
) -> Iterator[Block]:
    """The blocks with raised figures that a view leaves out as marks of notes; `groups` keeps those that stand there.

    A place is sure where the words around it stand on the page as often as the figures do; else they are counted.
    """
    texts = list(_texts_on(blocks, page))
    written = Counter("".join("".join(texts).split()))
    missing = Counter(sign.text for sign in signs if not sign.blank) - written
    gone = [group for group in groups if missing and not Counter(group[1]) - missing]
    groups[:] = [group for group in groups if group not in gone]
    made: dict[tuple[str, str], set[tuple[str, bool]]] = defaultdict(set)
    for before, words, after, is_low in gone:
        made[before, after].add((words, is_low))
    sure: list[tuple[re.Pattern[str], str]] = []
    for (before, after), ways in made.items():
        often = sum((group[0], group[2]) == (before, after) for group in gone)
        place = _place(before, after)
        if len(ways) == 1 and sum(len(place.findall(text)) for text in texts) == often:
            ((words, is_low),) = ways
            sure.append((place, raised(words, is_low=is_low)))
        else:
            counts["lost"] += often

    def put(text: str) -> str:
        for place, words in sure:
            text = place.sub(lambda one, words=words: one[1] + words, text)  # type: ignore[misc]
        return text

    for block in blocks:
        yield _changed(block, page, put)


def _texts_on(blocks: Iterable[Block], page: int) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (block.text,) if block.page == page else ()
        else:
            yield from (text for row in block.rows if row.page == page for text in row.texts)


def _place(before: str, after: str) -> re.Pattern[str]:
    head = r"\s*".join(map(re.escape, before))
    return re.compile(rf"({head})\s*" + (rf"(?={re.escape(after[0])})" if after else "$"))


def _with_raised(
    blocks: Iterable[Block], page: int, groups: list[tuple[str, str, str, bool]], counts: Counter[str]
) -> Iterator[Block]:
    """The blocks, what is raised on a page written so where the words around it are found; all else is counted."""
    patterns = [(_pattern(before, words, after), words, is_low) for before, words, after, is_low in groups]

    def put(text: str) -> str:
        for at, (pattern, words, is_low) in reversed(list(enumerate(patterns))):
            made = raised(words, is_low=is_low)
            text, found = pattern.subn(lambda one, made=made: one[1] + made, text, count=1)  # type: ignore[misc]
            if found:
                counts["raised"] += "^(" in made or "_(" in made
                patterns.pop(at)
        return text

    for block in blocks:
        yield _changed(block, page, put) if patterns else block
    counts["glued"] += len(patterns)


def _pattern(before: str, words: str, after: str) -> re.Pattern[str]:
    head, tail = (r"\s*".join(map(re.escape, part)) for part in (before, words))
    return re.compile(rf"({head})\s*{tail}" + (rf"(?=\s*{re.escape(after[0])})" if after else ""))


def _changed(block: Block, page: int, put: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=put(block.text)) if block.page == page else block
    rows = tuple(row._replace(texts=tuple(map(put, row.texts))) if row.page == page else row for row in block.rows)
    return replace(block, rows=rows)
