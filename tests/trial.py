"""As somebody new would: an empty environment, the wheel, a notebook, a table of who said what.

make trial: the wheel of dist/ (made if there is none) is installed by pip with quoth[pandas] and
what runs notebooks, and the notebook below is executed by a kernel of that environment. Printed are
its lines, the first rows of the table and the time from pip install to there.

usage: trial.py WHEEL
"""

from __future__ import annotations

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ARTICLES = pathlib.Path(__file__).parent.parent / "docs" / "examples" / "corpus"

# What is typed. ARTICLES is a folder of text files, as the reader would have one.
NOTEBOOK = """\
import pathlib, quoth
files = sorted(pathlib.Path("ARTICLES").glob("*.txt"))
table = quoth.quotes_table([f.read_text("utf-8") for f in files], [f.stem for f in files])
quotes = table.to_pandas()
quotes[["doc_id", "speaker", "cue", "text"]]
"""

# Runs in the new environment: a notebook in, with its outputs out.
RUN = """\
import sys, nbclient, nbformat
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(sys.stdin.read())])
nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
print(nbformat.writes(notebook))
"""


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(wheel: pathlib.Path) -> None:
    lines = NOTEBOOK.splitlines()
    with tempfile.TemporaryDirectory() as folder:
        python = pathlib.Path(folder) / "venv" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
        began, worked = time.monotonic(), processor_seconds()
        packages = [f"quoth[pandas] @ {wheel.resolve().as_uri()}", "ipykernel", "nbclient"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        installed = time.monotonic()
        done = subprocess.run(
            [python, "-c", RUN],
            input=NOTEBOOK.replace("ARTICLES", str(ARTICLES)),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": folder, "PYTHONUTF8": "1"},
        )
        ended, worked = time.monotonic(), processor_seconds() - worked
    [cell] = json.loads(done.stdout)["cells"]
    shown = cell["outputs"][-1]["data"]
    html, plain = "".join(shown["text/html"]), "".join(shown["text/plain"])
    if 'class="dataframe"' not in html or "speaker" not in html or len(lines) > 10:
        sys.exit(f"no table of quotes: {plain}")
    print(*lines, "", *plain.splitlines()[:8], sep="\n")
    print(
        f"\n{len(lines)} lines; {ended - began:.0f} seconds from pip install to the table, "
        f"{installed - began:.0f} of them pip; {worked:.0f} seconds of a processor"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
