"""内容雷同 — texts taken over from year to year and from body to body, found by MinHash over a whole corpus (条例
第四十九条).

Every written section has a signature; sections whose signatures agree in one band are looked at in pairs; a pair counts
only where `text.similarity` says so of the texts themselves. Memory holds signatures, never the texts.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from datasketch import MinHash

from gongkai.report.checks.likeness import COPIED, SHORTEST, WRITTEN
from gongkai.report.checks.prose import QUOTE
from gongkai.report.survey.asking import Answer, look_for, questions
from gongkai.report.survey.tables import paths
from gongkai.report.survey.workers import Workers
from gongkai.text.similarity import likeness, likest_sentences, shingles

# 32 bands of 3: two texts that share three fifths of their turns of phrase meet in some band 19 times in 20.
BANDS, ROWS = 32, 3
_AT_ONCE = 64
_BATCH = 4096
_SEED = 1
NAME = "copies"
"""名字 — of the ready question that is answered here, and not by SQL."""

Signatures = npt.NDArray[np.uint32]


class Text(NamedTuple):
    """一段文字 — which section of which report it is; earlier ones are smaller."""

    year: int
    source: str
    agency: str
    section: int


COLUMNS = ("year", "agency", "section", "percent", "like_year", "like_agency", "sentence", "source", "like_source")


def copies(out: Path, workers: int) -> Answer:
    """找内容雷同 — for each section the earlier one, or the one of another body, that it is most like.

    AskingError where the tables are not there.
    """
    look_for(out)
    rows: list[tuple[Any, ...]] = []
    with Workers(workers) as pool:
        dataset = ds.dataset(paths(out)["reports"])
        for section in WRITTEN:
            texts, signatures = _signed(dataset, section, pool)
            pairs = _best(_candidates(signatures), signatures)
            rows += _confirmed(dataset, section, [(texts[late], texts[early]) for late, early in pairs])
    rows.sort(key=lambda row: (-row[3], row[0], row[1], row[2], row[7]))
    return Answer(COLUMNS, questions()[NAME].columns, rows)


def sign(texts: Sequence[str]) -> list[bytes | None]:
    """签名 — of each text, None where it is too short to say anything."""
    return [_sign(found) if len(found := shingles(text)) >= SHORTEST else None for text in texts]


def _sign(found: frozenset[str]) -> bytes:
    hashed = MinHash(num_perm=BANDS * ROWS, seed=_SEED, hashfunc=zlib.crc32)
    hashed.update_batch([shingle.encode() for shingle in found])
    return bytes(hashed.hashvalues.astype(np.uint32).tobytes())


def _signed(dataset: ds.Dataset, section: int, pool: Workers) -> tuple[list[Text], Signatures]:
    known: list[Text] = []
    waiting: list[Text] = []

    def batches() -> Iterator[list[str]]:
        for whose, text in _texts(dataset, section):
            for at in range(0, len(whose), _AT_ONCE):
                waiting.extend(whose[at : at + _AT_ONCE])
                yield text[at : at + _AT_ONCE]

    signed: list[bytes] = []
    done = 0
    for answers in pool.each(sign, batches(), lambda *_: [None]):
        for signature in answers:
            if signature is not None:
                known.append(waiting[done])
                signed.append(signature)
            done += 1
    order = sorted(range(len(known)), key=lambda n: known[n])
    values = np.frombuffer(b"".join(signed), np.uint32).reshape(len(signed), BANDS * ROWS)
    return [known[n] for n in order], values[order]


def _texts(dataset: ds.Dataset, section: int) -> Iterator[tuple[list[Text], list[str]]]:
    column = f"section_{section}"
    wanted = pc.field("counted") & ~pc.is_null(pc.field(column)) & ~pc.is_null(pc.field("year"))
    columns = ["year", "source", "agency", column]
    for batch in dataset.to_batches(columns=columns, filter=wanted, batch_size=_BATCH):
        year, source, agency, text = (batch.column(name).to_pylist() for name in columns)
        whose = [Text(y, s, a or "", section) for y, s, a in zip(year, source, agency, strict=True)]
        yield whose, text


def _candidates(signatures: Signatures) -> npt.NDArray[np.int64]:
    """Pairs (later, earlier): with all that agree in a band, each is paired with the first and with the one before."""
    count = len(signatures)
    found = [np.empty(0, np.int64)]
    for band in range(BANDS):
        part = np.ascontiguousarray(signatures[:, band * ROWS : (band + 1) * ROWS])
        _, group = np.unique(part, axis=0, return_inverse=True)
        order = np.argsort(group.reshape(-1), kind="stable")
        of = group.reshape(-1)[order]
        begins = np.flatnonzero(np.r_[True, of[1:] != of[:-1]]) if count else np.empty(0, np.int64)
        first = np.repeat(order[begins], np.diff(np.r_[begins, count]))
        before = np.r_[order[:1], order[:-1]]
        inside = np.r_[False, of[1:] == of[:-1]] if count else np.empty(0, bool)
        found += [order[inside] * count + other[inside] for other in (first, before)]
    pairs = np.unique(np.concatenate(found))
    return np.stack([pairs // max(count, 1), pairs % max(count, 1)], axis=1)


def _best(pairs: npt.NDArray[np.int64], signatures: Signatures) -> list[tuple[int, int]]:
    """For each later text the earlier one whose signature agrees most."""
    best: dict[int, tuple[int, int]] = {}
    for at in range(0, len(pairs), _BATCH):
        some = pairs[at : at + _BATCH]
        agree = (signatures[some[:, 0]] == signatures[some[:, 1]]).sum(axis=1)
        for late, early, same in zip(some[:, 0].tolist(), some[:, 1].tolist(), agree.tolist(), strict=True):
            if same > best.get(late, (0, 0))[0]:
                best[late] = (same, early)
    return [(late, early) for late, (_, early) in sorted(best.items())]


def _confirmed(dataset: ds.Dataset, section: int, pairs: Sequence[tuple[Text, Text]]) -> Iterator[tuple[Any, ...]]:
    column = f"section_{section}"
    for at in range(0, len(pairs), _BATCH):
        some = pairs[at : at + _BATCH]
        sources = pa.array({text.source for pair in some for text in pair})
        found = dataset.to_table(columns=["source", column], filter=pc.field("source").isin(sources))
        texts = dict(zip(*(found.column(name).to_pylist() for name in ("source", column)), strict=True))
        for late, early in some:
            text, other = texts[late.source], texts[early.source]
            share = likeness(text, other)
            if share >= COPIED:
                sentence = likest_sentences(text, other)[0][:QUOTE]
                percent = round(share * 100)
                yield (
                    late.year,
                    late.agency,
                    section,
                    percent,
                    early.year,
                    early.agency,
                    sentence,
                    late.source,
                    early.source,
                )
