"""quoth's sentences against those of other splitters, on the same articles in the same run.

    make bench-sentences
    QUOTH_DATA=path .venv-bench/bin/python tests/bench/sentences.py --articles --seconds 0.1

Sections, all of them unless some are named: --quality, --articles, --document, --cold, --linear.
Tables go to stdout, progress to stderr. The articles are those of QUOTH_DATA (quotes/polnear.dev),
or else the sample article again and again; in two sets: `ascii`, and `curly`, whose straight marks
are made curly, so that Python stores two bytes a character.

Speeds are megabytes of UTF-8 a second of CPU time, all threads counted. A str keeps its UTF-8 once
somebody has asked for it, so every pass reads strs that were made for it, outside the measured
time: nobody profits from the pass before. Tools take turns, round by round, and the best round of
each counts, as the speed of a shared machine drifts.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import importlib.metadata
import math
import multiprocessing
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from peers import PEERS, Peer, Way, peer
from pipeline import articles, cpu_model

SECTIONS = ("quality", "articles", "document", "cold", "linear")
KINDS = ("ascii", "curly")
PASS_SECONDS = 20.0  # a tool that needs longer for a pass reads fewer articles
REPEAT_BELOW = 5.0  # a document read in less is read three times
COLD_STARTS = 7
LABEL = f"{'':14}{'':32}"


def progress(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def label(name: str, way: str) -> str:
    return f"{name:14}{way:32}"


# Texts


def as_ascii(text: str) -> str:
    """Marks and dashes as their ASCII look-alikes, letters without accents, no other characters."""
    text = text.translate(str.maketrans("‘’“”–—―", "''\"\"---"))
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def as_curly(text: str) -> str:
    """Straight marks made curly, by what stands before them; nothing beyond U+FFFF."""
    text = re.sub("[^\0-\uffff]", "", text).replace("''", '"')
    for straight, opening, closing in (('"', "“", "”"), ("'", "‘", "’")):
        text = re.sub(rf"(^|[\s(\[“—–-]){straight}", rf"\1{opening}", text)
        text = text.replace(straight, closing)
    return text


def article_set(kind: str) -> list[bytes]:
    """The articles of a set, in UTF-8; of the curly ones those that do have a mark in them."""
    change = as_ascii if kind == "ascii" else as_curly
    texts = [change(text) for text in articles()[1]]
    return [text.encode() for text in texts if kind == "ascii" or max(text) > "\xff"]


def document_text(kind: str, megabytes: float) -> bytes:
    """The articles of a set, blank lines between them, again and again."""
    unit = b"\n\n".join(article_set(kind))
    return b"\n\n".join([unit] * math.ceil(megabytes * 1e6 / len(unit)))


# Articles


class Row:
    """One way of one tool on one set: the articles it can do in time, and what it took."""

    def __init__(self, owner: Peer, way: Way, encoded: list[bytes]) -> None:
        """Reads the articles once, counts the sentences, leaves out what raises or is too much."""
        self.owner, self.way = owner, way
        self.encoded: list[bytes] = []
        self.sentences = self.raised = 0
        self.best = math.inf
        spent = 0.0
        for each in encoded:
            text = each.decode()
            start = time.process_time()
            try:
                result = way.run(text)
            except Exception:
                self.raised += 1
                continue
            finally:
                spent += time.process_time() - start
            self.encoded.append(each)
            self.sentences += way.count(text, result)
            if spent > PASS_SECONDS:
                break

    def measure(self, seconds: float) -> None:
        """Reads the articles for at least so long."""
        run, spent, passes = self.way.run, 0.0, 0
        while spent < seconds and self.encoded:
            texts = [each.decode() for each in self.encoded]
            start = time.process_time()
            for text in texts:
                run(text)
            spent += time.process_time() - start
            passes += 1
        if passes:
            self.best = min(self.best, spent / passes)

    def speed(self) -> float:
        return sum(map(len, self.encoded)) / 1e6 / self.best

    def show(self, f1: dict[str, float]) -> None:
        print(label(self.owner.name, self.way.name), end="")
        print(f"{'yes' if self.way.offsets else '-':>8}{self.speed():10.2f}", end="")
        print(f"{len(self.encoded):10}{self.sentences:11}", end="")
        for name in ("gum", "ewt"):
            value = f1.get(f"{self.owner.name} {self.way.name} {name}")
            print("       -" if value is None else f"{100 * value:8.1f}", end="")
        print(f"   raised on {self.raised} articles" if self.raised else "")


def show_articles(
    loaded: dict[str, list[Way]], f1: dict[str, float], seconds: float, rounds: int
) -> None:
    for kind in KINDS:
        encoded = article_set(kind)
        mean = statistics.mean(map(len, encoded)) / 1e3
        print(f"\nArticles, {kind}: {len(encoded)} of {mean:.2f} kB on average")
        print(f"{LABEL} offsets  MB/CPU s  articles  sentences  F1 GUM  F1 EWT")
        rows = []
        for each in PEERS:
            for way in loaded.get(each.name, ()):
                progress(f"articles, {kind}: {each.name}, {way.name}, first pass")
                rows.append(Row(each, way, encoded))
        gc.collect()
        gc.freeze()  # what the tools loaded is not searched again and again during the rounds
        for number in range(rounds):
            progress(f"articles, {kind}: round {number + 1} of {rounds}")
            for row in rows:
                row.measure(seconds)
        for each in PEERS:
            for row in rows:
                if row.owner is each:
                    row.show(f1)
            if each.name not in loaded:
                print(f"{label(each.name, '')} not installed")
        speeds: dict[str, float] = {}
        for row in rows:
            speeds.setdefault(row.owner.name, row.speed())  # the usual way comes first
        for other in ("sentencex", "ICU"):
            if other in speeds:
                ratio = speeds["quoth"] / speeds[other]
                print(f"quoth's nlp.sents is {ratio:.2f} times as fast as {other} with offsets")


# Quality


def show_quality(loaded: dict[str, list[Way]]) -> dict[str, float]:
    """Prints precision, recall and F1 of sentence ends; gives F1 by "tool way set"."""
    import quality

    print("\nSentence ends, development data, each document in one piece")
    if not quality.available():
        print(f"no development data in {quality.DATA}; set QUOTH_DATA")
        return {}
    print(f"{LABEL}   GUM P       R      F1   EWT P       R      F1")
    score = quality.scorer("score_sentences").score
    gold = {name: quality.documents(f"sentences/{name}.dev") for name in ("gum", "ewt")}
    f1: dict[str, float] = {}
    for each in PEERS:
        if each.name not in loaded:
            print(f"{label(each.name, '')} not installed")
        for way in loaded.get(each.name, ()):
            if way.offsets is None:
                continue
            progress(f"quality: {each.name}, {way.name}")
            print(label(each.name, way.name), end="")
            raised = 0
            for name, documents in gold.items():
                predicted = {}
                for document in documents:
                    text = document["text"]
                    try:
                        predicted[document["id"]] = way.offsets(text, way.run(text))
                    except Exception:  # no sentences at all, for the scorer
                        raised += 1
                found = score(documents, predicted)["boundary"]
                f1[f"{each.name} {way.name} {name}"] = found["f1"]
                print("".join(f"{100 * found[key]:8.1f}" for key in ("p", "r", "f1")), end="")
            print(f"   raised on {raised} documents" if raised else "")
    return f1


# Processes of their own


def in_new_process(work: Any, *args: Any) -> Any:
    """What work(*args) gives in a process that has done nothing else; None when it dies."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(work, *args).result()
        except BrokenProcessPool:
            return None


def resident(field: str) -> int:
    """Bytes: VmRSS now, or VmHWM, the most since start or forget_peak()."""
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"{field}:\s+(\d+) kB", status)
    return 1024 * int(found[1]) if found else 0


def forget_peak() -> None:
    pathlib.Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def read_document(name: str, index: int, kind: str, megabytes: float) -> dict[str, Any]:
    """One way of a tool on one document: bytes, CPU seconds, growth of memory, sentences."""
    way = peer(name).load()[index]
    way.run(article_set(kind)[0].decode())
    encoded = document_text(kind, megabytes)
    best, growth, sentences, runs = math.inf, None, 0, 0
    while runs < 1 or (runs < 3 and best < REPEAT_BELOW):
        text = encoded.decode()
        try:
            forget_peak()
            before = resident("VmRSS")
        except OSError:  # not Linux
            before = None
        start = time.process_time()
        try:
            result = way.run(text)
        except Exception as error:
            return {"raised": type(error).__name__}
        best = min(best, time.process_time() - start)
        if runs == 0:
            growth = None if before is None else resident("VmHWM") - before
            sentences = way.count(text, result)
        del result
        runs += 1
    return {"size": len(encoded), "seconds": best, "growth": growth, "sentences": sentences}


def show_document(loaded: dict[str, list[Way]], megabytes: float) -> None:
    for kind in KINDS:
        print(f"\nOne document of {megabytes:g} MB, {kind}; each row in a process of its own.")
        print("Memory: the most that was resident at a time above what was with the text made,")
        print("as a multiple of the text's UTF-8.")
        print(f"{LABEL} offsets  MB/CPU s    memory  sentences")
        for each in PEERS:
            if each.large and each.name not in loaded:
                print(f"{label(each.name, '')} not installed")
            for index, way in enumerate(loaded.get(each.name, ()) if each.large else ()):
                progress(f"document, {kind}: {each.name}, {way.name}")
                got = in_new_process(read_document, each.name, index, kind, megabytes)
                got = got or {"raised": "its process died"}
                print(f"{label(each.name, way.name)}{'yes' if way.offsets else '-':>8}", end="")
                if "raised" in got:
                    print(f"   {got['raised']}")
                    continue
                memory = "-" if got["growth"] is None else f"{got['growth'] / got['size']:.2f}"
                speed = got["size"] / 1e6 / got["seconds"]
                print(f"{speed:10.2f}{memory:>10}{got['sentences']:11}")
        print(f"not tried, too slow: {', '.join(each.name for each in PEERS if not each.large)}")


def show_cold(loaded: dict[str, list[Way]]) -> None:
    """Imports, loads and reads in new processes; the first of them only warms the disk cache."""
    encoded = article_set("ascii")
    rest = sum(map(len, encoded[1:])) / 1e6
    program = str(pathlib.Path(__file__).with_name("peers.py"))
    print(f"\nCold: new processes, Python's own start not counted; medians of {COLD_STARTS}, ms.")
    print("Last column: MB/CPU s over the other articles, each read for the first time.")
    print(f"{LABEL}  import and load     first article    others")
    print(f"{LABEL}     wall      CPU     wall      CPU  MB/CPU s")
    for each in PEERS:
        if each.name not in loaded:
            print(f"{label(each.name, '')} not installed")
            continue
        progress(f"cold: {each.name}")
        way = loaded[each.name][0]
        command = [sys.executable, program, each.name]
        runs = []
        for _ in range(COLD_STARTS + 1):
            done = subprocess.run(command, input=b"\0".join(encoded), capture_output=True)
            if done.returncode == 0:
                runs.append([float(word) for word in done.stdout.split()])
        print(label(each.name, way.name), end="")
        if len(runs) <= COLD_STARTS:
            print(f"   failed {COLD_STARTS + 1 - len(runs)} times")
            continue
        middle = [statistics.median(column) for column in zip(*runs[1:], strict=True)]
        print("".join(f"{1e3 * value:9.2f}" for value in middle[:4]), end="")
        print(f"{rest / middle[5]:10.2f}")


# Long lines


def long_text(form: str, size: int) -> str:
    if form == "prose":
        line = " ".join(" ".join(each.decode().split()) for each in article_set("ascii")) + " "
        return (line * (size // len(line) + 1))[:size]
    return {"dots": ".", "quotation marks": '"', "newlines": "\n"}[form] * size


def read_long(form: str, megabytes: int, seconds: float) -> float:
    """CPU seconds of quoth.sentence_offsets for one MB of a text: the best pass of several."""
    import quoth

    text = long_text(form, megabytes * 1_000_000)  # ASCII, so there is no UTF-8 to be kept
    best, spent, passes = math.inf, 0.0, 0
    while passes < 3 or spent < seconds:
        start = time.process_time()
        quoth.sentence_offsets(text)
        took = time.process_time() - start
        best, spent, passes = min(best, took), spent + took, passes + 1
    return best / megabytes


def show_linear(megabytes: int, seconds: float) -> None:
    print("\nLinear time: quoth.sentence_offsets on one line, CPU ms a MB")
    print(f"{'':18}{'1 MB':>10}{f'{megabytes} MB':>10}     ratio")
    for form in ("prose", "dots", "quotation marks", "newlines"):
        progress(f"linear: {form}")
        small, large = (in_new_process(read_long, form, n, seconds) for n in (1, megabytes))
        print(f"{form:18}", end="")
        if small is None or large is None:
            print("   its process died")
        else:
            print(f"{1e3 * small:10.3f}{1e3 * large:10.3f}{large / small:10.2f}")


def versions(each: Peer, loaded: dict[str, list[Way]]) -> str:
    if each.name not in loaded:
        return f"{each.name}: not installed"
    told = [f"{name} {importlib.metadata.version(name)}" for name in each.packages]
    if each.name == "ICU":
        import icu

        told.append(f"ICU {icu.ICU_VERSION}")
    return ", ".join(told)


def main() -> None:
    parser = argparse.ArgumentParser(
        description="quoth's sentences against those of other splitters; all sections by default"
    )
    for name in SECTIONS:
        parser.add_argument(f"--{name}", action="store_true", help="only this, or with others")
    parser.add_argument(
        "--seconds", type=float, default=0.3, help="at least so long a round (default 0.3)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds over articles (default 5)")
    parser.add_argument(
        "--document-mb", type=float, default=64, help="size of the document (default 64)"
    )
    parser.add_argument(
        "--linear-mb", type=int, default=256, help="size of the longer lines (default 256)"
    )
    args = parser.parse_args()
    wanted = [name for name in SECTIONS if getattr(args, name)] or list(SECTIONS)

    sys.stdout.reconfigure(line_buffering=True)  # a table appears while it is being made
    loaded: dict[str, list[Way]] = {}
    for each in PEERS:
        progress(f"loading {each.name}")
        try:
            loaded[each.name] = each.load()
        except ImportError as error:
            if each.name == "quoth":
                raise
            progress(f"{each.name} is not installed and left out: {error}")
    print(f"{datetime.date.today()}, {cpu_model()}, Python {platform.python_version()}")
    print("; ".join(versions(each, loaded) for each in PEERS))
    print(f"articles: {articles()[0]}")

    f1 = show_quality(loaded) if "quality" in wanted else {}
    if "articles" in wanted:
        show_articles(loaded, f1, args.seconds, args.rounds)
    if "document" in wanted:
        show_document(loaded, args.document_mb)
    if "cold" in wanted:
        show_cold(loaded)
    if "linear" in wanted:
        show_linear(args.linear_mb, args.seconds)


if __name__ == "__main__":
    main()
