"""Runs the libFuzzer targets one after the other, each from its own corpus, and keeps count.

usage: python tests/fuzz/campaign.py --build DIR [--seconds N] [--hours N] [TARGET...]
       python tests/fuzz/campaign.py --build DIR --report

Each target runs for so many seconds; with --hours, all of them again and again until those are
over. Every run adds a line to DIR/ledger.tsv: target, seconds, executions, edges covered, size of
the corpus. --report adds these up. Exit status 1 when a target found something: its input is in
DIR/findings.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
MODEL = HERE.parent.parent / "python/quoth/data/en.model"
LENGTHS = {"text": 128, "scan": 256, "columns": 256, "split": 512, "terms": 512}
LENGTH = 2048


def run(build: pathlib.Path, target: str, seconds: int) -> bool:
    """One run of a target; False when it found something."""
    corpus, seeds = build / "corpus" / target, build / "seeds" / target
    findings = build / "findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    command = [
        build.absolute() / f"fuzz_{target}",
        f"-max_total_time={seconds}",
        f"-max_len={LENGTHS.get(target, LENGTH)}",
        "-timeout=300",  # of the clock, and a busy machine may stop a target for minutes
        "-print_final_stats=1",
        f"-dict={HERE / 'news.dict'}",
        f"-artifact_prefix={findings.absolute()}/{target}-",
        corpus,
        seeds,
    ]
    environment = {**os.environ, "QUOTH_MODEL": str(MODEL.absolute())}
    started = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    spent = time.monotonic() - started
    executions = re.findall(r"number_of_executed_units:\s*(\d+)", done.stderr)
    edges = re.findall(r"cov: (\d+)", done.stderr)
    kept = len(list(corpus.iterdir()))
    line = [
        target,
        f"{spent:.0f}",
        executions[-1] if executions else "0",
        edges[-1] if edges else "0",
    ]
    with (build / "ledger.tsv").open("a", encoding="utf-8") as ledger:
        ledger.write("\t".join([*line, str(kept)]) + "\n")
    print("  ".join(line), flush=True)
    if done.returncode != 0:
        print("\n".join(done.stderr.splitlines()[-40:]), flush=True)
    return done.returncode == 0


def report(build: pathlib.Path) -> None:
    totals: dict[str, list[int]] = {}
    for line in (build / "ledger.tsv").read_text(encoding="utf-8").splitlines():
        target, *numbers = line.split("\t")
        seconds, executions, edges, kept = map(int, numbers)
        total = totals.setdefault(target, [0, 0, 0, 0])
        totals[target] = [total[0] + seconds, total[1] + executions, max(total[2], edges), kept]
    print(f"{'target':12} {'seconds':>8} {'executions':>14} {'edges':>7} {'corpus':>7}")
    for target, (seconds, executions, edges, kept) in sorted(totals.items()):
        print(f"{target:12} {seconds:8} {executions:14,} {edges:7} {kept:7}")
    print(
        f"{'all':12} {sum(t[0] for t in totals.values()):8} "
        f"{sum(t[1] for t in totals.values()):14,}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--hours", type=float, default=0.0)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    options = parser.parse_args()
    if options.report:
        report(options.build)
        return 0
    subprocess.run([sys.executable, HERE / "seeds.py", options.build / "seeds"], check=True)
    targets = options.targets or sorted(p.stem.removeprefix("fuzz_") for p in HERE.glob("fuzz_*.c"))
    end = time.monotonic() + 3600 * options.hours
    good = True
    while True:
        for target in targets:
            good = run(options.build, target, options.seconds) and good
        if time.monotonic() >= end:
            return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
