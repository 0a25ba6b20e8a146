"""造一个语料 — `python -m tests.corpus FOLDER --reports 5000 --seed 1`: files, and FOLDER.answers.jsonl."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.corpus.formats import FORMATS, writable
from tests.corpus.generate import generate, write_key


def main() -> int:
    """造一个语料 — and say what is in it."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(FORMATS), help="formats, in their shares: doc,rtf,ofd")
    arguments = parser.parse_args()
    formats, left_out = writable({format_: FORMATS[format_] for format_ in arguments.only.split(",")})
    for format_, lacking in left_out.items():
        sys.stdout.write(f"left out: {format_} (no {lacking})\n")
    answers = generate(arguments.folder, arguments.reports, arguments.seed, formats)
    write_key(answers, arguments.folder.with_name(f"{arguments.folder.name}.answers.jsonl"))
    formats = Counter(answer.format or "broken" for answer in answers)
    faults = Counter(fault for answer in answers for fault in answer.faults)
    noisy = sum(bool(answer.noises) for answer in answers)
    sys.stdout.write(f"{len(answers)} files {dict(formats)}; {noisy} noisy; faults {dict(faults)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
