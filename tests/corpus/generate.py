"""造语料 — a folder of reports of many bodies over many years, and the key that says what is in each of them.

Everything follows from one seed; only word processors and sheets bear the time at which they were written. The key
lies beside the folder, one JSON object a line: what the file holds, what was done to it, what must be found.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from gongkai.report.figures import AnnualReport
from gongkai.report.interchange import to_json
from tests.corpus import history, prose
from tests.corpus.bodies import Body, bodies
from tests.corpus.formats import FORMATS, OLD, SEEN
from tests.corpus.writing import as_values, on_paper
from tests.documents import make_office
from tests.noise.noises import NOISES, compose, labels, numbers, structure, tables
from tests.noise.printed import Printed
from tests.noise.rendering import SUFFIXES, render

YEARS = range(2019, 2026)
FAMILIES = (numbers, labels, tables, structure)
"""噪声的四类 — each enters its noises in the list when it is imported."""
_SUFFIXES = {**SUFFIXES, "scan": "pdf"}
_NOISY, _MOST_NOISES = 0.35, 3
_FAULTS = {"sum": 0.04, "late": 0.04, "copied": 0.03, "carried": 0.03, "twice": 0.02, "alias": 0.05}
_BROKEN = 0.02
_ZIPPED = 0.04
_IN_A_ZIP = 8


@dataclass(slots=True)
class Answer:
    """答案 — what one file holds: its true figures (as printed), what happened to it, and what must be found.

    `noises`: what makes it hard to read; `fates`: figures that the paper does not show; `faults`: what is wrong;
    `reissue`: what a report and the one issued in its place have in common, whatever noise makes of their years.
    """

    source: str
    agency: str = ""
    year: int = 0
    edition: str = ""
    format: str = ""
    figures: dict[str, int | str | None] = field(default_factory=dict)
    fates: dict[str, str] = field(default_factory=dict)
    noises: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    reissue: str = ""


@dataclass(slots=True)
class _Story:
    """What is known of a body while its years are written."""

    body: Body
    figures: history.Figures | None = None
    prose: dict[int, tuple[str, ...]] = field(default_factory=dict)


def generate(folder: Path, reports: int, seed: int = 1, formats: Mapping[str, float] = FORMATS) -> list[Answer]:
    """造语料 — about `reports` files under the folder; the answers, in the order in which they were written. What the
    formats need must be there (`formats.writable`)."""
    random = Random(f"corpus:{seed}")
    answers: list[Answer] = []
    zipped: list[tuple[Answer, bytes]] = []
    old: list[tuple[Answer, bytes]] = []
    for answer, data in _made(random, reports, formats):
        if answer.format in OLD:
            old.append((answer, data))
        else:
            _place(random, folder, answer, data, zipped, answers)
    for (answer, _), data in zip(old, _converted(old), strict=True):
        _place(random, folder, answer, data, zipped, answers)
    _pack(folder, zipped, answers)
    return answers


def write_key(answers: list[Answer], path: Path) -> None:
    """写答案 — one JSON object a line."""
    path.write_text("".join(json.dumps(asdict(a), ensure_ascii=False) + "\n" for a in answers), encoding="utf-8")


def read_key(path: Path) -> list[Answer]:
    """读答案 — back from its file."""
    return [Answer(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _made(random: Random, reports: int, formats: Mapping[str, float]) -> Iterator[tuple[Answer, bytes]]:
    """Body after body and year after year, until there are as many as that; old formats as they are written first."""
    made = 0
    for body in bodies(random):
        story = _Story(body)
        for year in YEARS:
            if made >= reports:
                return
            for answer, data in _files(random, story, year, formats):
                made += 1
                yield answer, data


def _converted(old: Sequence[tuple[Answer, bytes]]) -> list[bytes]:
    return make_office.converted([(data, OLD[answer.format].target) for answer, data in old])


def _files(random: Random, story: _Story, year: int, formats: Mapping[str, float]) -> Iterator[tuple[Answer, bytes]]:
    """The files of one body and year: one, two where the report was issued again; now and then a broken one."""
    # A fault in a scan may be doubted instead of told.
    plain = {format_: share for format_, share in formats.items() if format_ not in SEEN}
    faults = [fault for fault, share in _FAULTS.items() if random.random() < share and plain]
    if story.figures is None:
        faults = [fault for fault in faults if fault not in ("carried", "copied")]
    blank = history.form_of(random, year)
    figures = history.year_of(random, blank, story.body.scale, story.figures)
    story.figures = figures
    if "copied" not in faults:
        fee = f"{year}年，本机关收取信息处理费0元。没有其他需要报告的事项。"
        story.prose = {1: prose.overview(random), 5: prose.problems(random), 6: (fee,)}
    printed = history.carried_wrongly(random, figures) if "carried" in faults else figures
    if "sum" in faults:
        printed = history.sum_broken(random, blank, printed)
    last_day = date(year + 1, 3, 31) if story.body.scale == "county" else date(year + 1, 1, 31)
    signed_on = date(year + 1, random.randint(4, 9) if "late" in faults else 1, random.randint(4, 28))
    assert (signed_on > last_day) == ("late" in faults)
    for again in range(1 + ("twice" in faults)):
        signed = signed_on.replace(day=min(signed_on.day + again * 2, 30))
        named = story.body.short if "alias" in faults else story.body.name
        own = [
            *(fault for fault in faults if fault != "twice"),
            *(["older"] if again == 0 and "twice" in faults else []),
        ]
        answer = Answer("", story.body.name, year, format=_chosen(random, plain if own else formats))
        answer.faults = own
        answer.reissue = f"{story.body.name}{year}" if "twice" in faults else ""
        yield _file(random, answer, blank, printed, named, story.prose, signed)
    if random.random() < _BROKEN:
        yield _broken(random, f"{year}/{story.body.name}附件{random.randint(1, 9)}")


def _chosen(random: Random, formats: Mapping[str, float]) -> str:
    return random.choices(list(formats), list(formats.values()))[0]


def _file(
    random: Random,
    answer: Answer,
    blank: history.Form,
    figures: history.Figures,
    named: str,
    told: dict[int, tuple[str, ...]],
    signed_on: date,
) -> tuple[Answer, bytes]:
    format_ = answer.format
    answer.edition, suffix = str(blank.edition), _SUFFIXES.get(format_, format_)
    answer.source = f"{answer.year}/{answer.agency}-{signed_on:%m%d}{random.randint(100, 999)}.{suffix}"
    if format_ == "json":
        values = to_json(as_values(blank, figures, named, answer.year, told, signed_on))
        answer.figures = values["figures"]
        return answer, json.dumps(values, ensure_ascii=False).encode()
    if format_ in SEEN:
        return _scan(random, answer, as_values(blank, figures, named, answer.year, {6: told[6]}, signed_on))
    first = OLD[format_].first if format_ in OLD else format_
    report = on_paper(blank, figures, named, answer.year, told, signed_on, first)
    if random.random() < _NOISY and not answer.faults:
        fitting = [name for name, noise in NOISES.items() if noise.fits(report)]
        report = compose(report, random.sample(fitting, random.randint(1, _MOST_NOISES)), random.getrandbits(32))
    _fill(answer, report)
    return answer, render(report)


def _scan(random: Random, answer: Answer, report: AnnualReport) -> tuple[Answer, bytes]:
    from tests.corpus.scans import scanned  # needs extras

    answer.figures = to_json(report)["figures"]
    answer.noises = ["scan"]
    return answer, scanned(report, answer.format, random)


def _fill(answer: Answer, report: Printed) -> None:
    answer.year, answer.edition = report.year, str(report.edition)
    answer.figures = {
        a: v if isinstance(v, int) else format(v, "f") for a, v in report.figures.items() if v is not None
    }
    answer.fates = {address: str(fate) for address, fate in report.fates.items()}
    answer.noises = list(report.did)


def _broken(random: Random, stem: str) -> tuple[Answer, bytes]:
    suffix, data = random.choice(
        (
            ("docx", b"PK\x03\x04" + random.randbytes(900)),
            ("pdf", b"%PDF-1.7\n" + random.randbytes(700)),
            ("html", b""),
            ("png", b"\x89PNG\r\n\x1a\n" + random.randbytes(300)),
            ("txt", "本周值班安排：周一王某，周二李某。".encode()),
            ("json", b'{"format": "gongkai.report/1", "figures": {'),
        )
    )
    return Answer(f"{stem}-{random.randint(1000, 9999)}.{suffix}", faults=["unreadable"]), data


def _place(
    random: Random,
    folder: Path,
    answer: Answer,
    data: bytes,
    zipped: list[tuple[Answer, bytes]],
    answers: list[Answer],
) -> None:
    if random.random() < _ZIPPED and answer.format:
        zipped.append((answer, data))
        if len(zipped) == _IN_A_ZIP:
            _pack(folder, zipped, answers)
    else:
        _put(folder / answer.source, data)
        answers.append(answer)


def _pack(folder: Path, zipped: list[tuple[Answer, bytes]], answers: list[Answer]) -> None:
    if not zipped:
        return
    name = f"打包/{len(answers):06}.zip"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for answer, data in zipped:
            inner = answer.source.replace("/", "-")
            kind = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[len(answers) % 2]
            archive.writestr(zipfile.ZipInfo(inner, (2026, 1, 1, 0, 0, 0)), data, kind)
            answer.source = f"{name}/{inner}"
            answers.append(answer)
    _put(folder / name, out.getvalue())
    zipped.clear()


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
