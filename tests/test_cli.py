"""The command line: formats, tables, exit status, and which stream says what."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib
from typing import Any

import pytest

import quoth
from conftest import TEXT
from quoth._terminal import terminal_view
from quoth.cli import main

COMMAND = [sys.executable, "-m", "quoth"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def article(tmp_path: pathlib.Path) -> str:
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    return str(path)


def run(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], input=data, capture_output=True, env=ENVIRONMENT)


def test_text(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([article]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "Sentences (" in captured.out
    assert "Harbour Towns Fear <Rising> Seas & Storms" in captured.out
    assert "\x1b" not in captured.out


def test_json(article: str, nlp: quoth.Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--format", "json", article]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["id"] == article
    assert data["text"] == TEXT.replace("\n", "\r\n"), "offsets are those of the file"
    assert quoth.from_json(data) == nlp(data["text"])


def test_jsonl_of_several_files(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--format", "jsonl", article, article + ".none", article]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["id"] for line in captured.out.splitlines()] == [article, article]
    assert captured.err == f"quoth: {article}.none: No such file or directory\n"


def test_html_into_a_file(
    article: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.html"
    assert main(["--format", "html", "-o", str(out), article]) == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("table", ["sents", "quotes", "ents"])
def test_tables(
    article: str, nlp: quoth.Pipeline, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([table, article]) == 0
    lines = capsys.readouterr().out.splitlines()
    text = TEXT.replace("\n", "\r\n")
    things = getattr(nlp, table)(text)
    assert len(lines) == len(things)
    for line, thing in zip(lines, things, strict=True):
        fields = line.split("\t")
        assert len(fields) == {"sents": 3, "quotes": 7, "ents": 6}[table]
        assert (int(fields[0]), int(fields[1])) == (thing.start_char, thing.end_char)
        assert fields[-1] == thing.text.replace("\r\n", "\\r\\n")


def test_standard_input(nlp: quoth.Pipeline) -> None:
    done = run("sents", "-", data="\ufeffIt rained.\tA\\B. We left.".encode())
    assert done.returncode == 0
    sents = nlp.sents("\ufeffIt rained.\tA\\B. We left.")
    lines = done.stdout.decode().splitlines()
    assert len(lines) == len(sents)
    assert all(line.count("\t") == 2 for line in lines)
    assert b"A\\\\B." in done.stdout


def test_version() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.decode().strip() == f"quoth {quoth.__version__}"


@pytest.mark.parametrize(
    "arguments",
    [[], ["--format", "xml", "-"], ["sents"], ["--format", "html", "a", "b"], ["--nonsense", "-"]],
)
def test_wrong_command_lines(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"usage: quoth" in done.stderr


def test_missing_and_unreadable_files(tmp_path: pathlib.Path) -> None:
    for command in ([], ["sents"]):
        done = run(*command, str(tmp_path / "none"))
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.decode() == f"quoth: {tmp_path / 'none'}: No such file or directory\n"
        done = run(*command, str(tmp_path))
        assert done.returncode == 1
        assert b"Is a directory" in done.stderr


def test_a_file_that_is_not_utf8(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Caf\xe9 closed.".encode("latin-1"))
    done = run(str(path))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"quoth: {path}: not UTF-8: byte 0xe9 at byte 3\n"


def test_output_that_cannot_be_written(article: str, tmp_path: pathlib.Path) -> None:
    done = run("-o", str(tmp_path / "no" / "out"), article)
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"quoth: {tmp_path / 'no' / 'out'}: ")


def test_a_reader_that_goes_away(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("It rained. " * 50_000)
    process = subprocess.Popen(
        [*COMMAND, "sents", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk(article: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, article], stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "quoth: cannot write: No space left on device\n"


def test_a_stream_that_is_not_utf8(article: str) -> None:
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*COMMAND, article], capture_output=True, env=environment)
    assert done.returncode == 0
    assert b"\\u201c" in done.stdout
    for arguments in (["--format", "json", article], ["sents", article]):
        done = subprocess.run([*COMMAND, *arguments], capture_output=True, env=environment)
        assert "“" in done.stdout.decode("utf-8"), "what programs read is UTF-8"


# --- the view in the terminal ---------------------------------------------------------------------


def test_view(made: quoth.Document) -> None:
    view = terminal_view(made, width=60)
    assert "Who said what (4)" in view
    assert "Ann Bell [she] said (direct)\n    “The water,” … “won’t wait.”" in view
    assert "The council [not named] may say (indirect, not said)" in view
    assert "[no source] (direct)" in view
    assert "GPE             2  Valmouth" in view
    assert "warning: " in view
    assert max(map(len, view.splitlines())) <= 60
    assert "\x1b" not in view


def test_view_in_colour(made: quoth.Document) -> None:
    view = terminal_view(made, colour=True)
    assert "\x1b[33m“The water,”\x1b[0m" in view
    assert "\x1b[3msaid\x1b[0m" in view


def test_view_of_quotes_that_overlap(data: dict[str, Any]) -> None:
    data["quotes"][2]["content"] = [{"start": 0, "end": len(TEXT)}]
    doc = quoth.from_json(data)
    view = terminal_view(doc, colour=True)
    plain = re.sub("\x1b\\[[0-9;]*m", "", view)
    assert plain == terminal_view(doc)
    for sentence in doc.sents:
        assert " ".join(sentence.text.split()) in " ".join(plain.split())


def test_view_does_not_obey_the_text(nlp: quoth.Pipeline) -> None:
    view = terminal_view(nlp("A \x1b[31mred\x1b[0m text.\x07 “\x1b]0;x\x07,” said Ann Bell."))
    assert "\x1b" not in view
    assert "\x07" not in view


def test_view_of_nothing(nlp: quoth.Pipeline) -> None:
    assert terminal_view(nlp("")) == "\n"


# --- what is beside reading -----------------------------------------------------------------------


def test_info_tells_versions_and_extras(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    lines = dict(line.split(maxsplit=1) for line in captured.out.splitlines())
    assert lines["quoth"].startswith(f"{quoth.__version__}, ")
    model = quoth.load("en").model
    assert model is not None
    assert model.version in lines["model"]
    text = pathlib.Path(__file__).parent.parent.joinpath("pyproject.toml").read_text()
    extras = tomllib.loads(text)["project"]["optional-dependencies"]
    told = {name[1:-1] for name in lines if name.startswith("[")}
    assert told == set(extras) - {"test", "dev", "engines"}


def test_explain(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "“We will rebuild the port,” said Mayor Anna Keller of Lisbon.\n\nThen HR 12 was read.\n"
    path, rules = tmp_path / "a:1.txt", tmp_path / "rules.toml"
    path.write_bytes(text.encode())
    rules.write_text(
        "[[patterns]]\nname = 'bills'\nlabel = 'BILL'\npattern = 'HR \\d+'\n"
        "[[terms]]\nlabel = 'CITY'\nterms = [['Lisbon', 'Q597', 'Lisboa']]\n"
    )

    def explained(what: str, *options: str) -> list[list[str]]:
        assert main(["explain", f"{path}:{text.index(what)}", *options]) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        return [part.splitlines() for part in captured.out.strip().split("\n\n")]

    sentence, quote = explained("rebuild")
    assert sentence == ["sentence 0 to 61", text[:61]]
    assert quote[:2] == ["quote 0 to 27", "direct quote: " + text[:27]]
    assert "speaker: Anna Keller" in "\n".join(quote)
    sentence, mention = explained("Lisbon")
    assert mention[:3] == ["mention 54 to 60", "GPE: Lisbon", "entity: Lisbon"]
    assert any("Lisbon: gazetteer" in line for line in mention), "what spoke for it"
    sentence, mention = explained("Lisbon", "--rules", str(rules))
    assert mention[1:] == [
        "CITY: Lisbon",
        "entity: Lisboa",
        "identifier: Q597",
        "  +1.00  Lisbon: terms: CITY",
        "lost: name: Lisbon: GPE (by gazetteer, 0.95); lost to CITY Lisbon (terms: CITY)",
        *[line for line in mention if "(by model, " in line],
    ]
    sentence, mention, rest = explained("12", "--rules", str(rules))
    assert mention[1:] == [
        "BILL: HR 12",
        "entity: HR 12",
        "  +1.00  HR 12: pattern: bills",
        "lost: name: 12: CARDINAL (by cardinal, 0.90); lost to BILL HR 12 (pattern: bills)",
    ]
    assert rest[0] == f"tried at {text.index('12')}"
    (report,) = rest[1:]
    assert report.startswith("lost: report: Then HR 12: what nobody read (by model, ")


def test_explain_where_nothing_is(
    article: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", f"{article}:999999"]) == 1
    assert capsys.readouterr().err == f"quoth: {article}: nothing is at 999999\n"
    for place in (article, f"{article}:", f"{article}:-1", ":5", f"{article}:x"):
        with pytest.raises(SystemExit) as exit_:
            main(["explain", place])
        assert exit_.value.code == 2
        assert f"expected FILE:OFFSET, got {place}" in capsys.readouterr().err
    assert main(["explain", f"{article}:1", "--rules", str(tmp_path / "none.toml")]) == 1
    assert "none.toml: No such file" in capsys.readouterr().err
    (tmp_path / "bad.toml").write_text("[[terms]]\nlabel = 'X'\nwhat = 1\n")
    assert main(["explain", f"{article}:1", "--rules", str(tmp_path / "bad.toml")]) == 1
    assert "bad.toml" in capsys.readouterr().err


def test_completion(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert main(["completion", shell]) == 0
        assert "run" in capsys.readouterr().out
    program = f"""
        quoth() {{ {sys.executable} -m quoth "$@"; }}
        source <(quoth completion bash)
        COMP_WORDS=(quoth c) COMP_CWORD=1; _quoth; echo "${{COMPREPLY[@]}}"
        COMP_WORDS=(quoth run --shard) COMP_CWORD=2; _quoth; echo "${{COMPREPLY[@]}}"
        COMP_WORDS=(quoth --form) COMP_CWORD=1; _quoth; echo "${{COMPREPLY[@]}}"
        COMP_WORDS=(quoth convert --to co) COMP_CWORD=3; _quoth; echo "${{COMPREPLY[@]}}"
        COMP_WORDS=(quoth train "") COMP_CWORD=2; _quoth; echo "${{COMPREPLY[@]}}"
        COMP_WORDS=(quoth train quotes --d) COMP_CWORD=3; _quoth; echo "${{COMPREPLY[@]}}"
        COMP_WORDS=(quoth sents art) COMP_CWORD=2; _quoth; echo "${{COMPREPLY[@]}}"
    """
    (tmp_path / "article.txt").write_text("It rained.")
    done = subprocess.run(
        ["bash", "-c", program], capture_output=True, text=True, env=ENVIRONMENT, cwd=tmp_path
    )
    assert done.stdout.splitlines() == [
        "convert completion",
        "--shard-texts",
        "--format",
        "conll2003 conllu",
        "entities quotes sentences",
        "--data",
        "article.txt",
    ], done.stderr


@pytest.mark.parametrize(
    ("shell", "program", "expected"),
    [
        (
            "zsh",
            "autoload -Uz compinit; compinit -u -D; source {}; whence -w _quoth",
            "_quoth: function",
        ),
        (
            "fish",
            "source {}; complete -C 'quoth ev'",
            "evaluate\tscores results against gold files",
        ),
    ],
)
def test_shells_take_their_completion(
    shell: str, program: str, expected: str, tmp_path: pathlib.Path
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell}")
    from quoth._completion import completion

    path = tmp_path / "completion"
    path.write_text(completion(shell))
    command = [shell, "-f" if shell == "zsh" else "--no-config", "-c", program.format(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, cwd=tmp_path)
    assert done.stdout.splitlines() == [expected], done.stderr


def test_completion_names_what_the_parsers_take() -> None:
    from quoth._commands import COMMANDS, parser_for
    from quoth._completion import completion

    fish = completion("fish").splitlines()
    for name, command in COMMANDS.items():
        for words in [[name, part] for part in command.parts] or [[name]]:
            options = re.findall(
                r"(?<=  )--[\w-]+|(?<=, )--[\w-]+", parser_for(words).format_help()
            )
            assert "--help" in options
            told = [line for line in fish if f"__fish_seen_subcommand_from {name}'" in line]
            for option in options:
                assert any(f" -l {option[2:]}" in line for line in told), option


def test_the_manual_is_that_of_the_parsers(tmp_path: pathlib.Path) -> None:
    from quoth._manual import manual

    root = pathlib.Path(__file__).parent.parent
    page = root / "docs" / "quoth.1"
    assert page.read_text(encoding="utf-8") == manual(), "run: make manual"
    if shutil.which("groff") is None:
        pytest.skip("needs groff")
    command = ["groff", "-man", "-Tutf8", "-ww", str(page)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    plain = re.sub("\x1b\\[[0-9;]*m|.\x08", "", done.stdout)
    assert "quoth run --output OUT [options] IN..." in re.sub("[‐−]", "-", plain)


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    def told(*arguments: str) -> str:
        with pytest.raises(SystemExit) as exit_:
            main(list(arguments))
        assert exit_.value.code == 0
        return capsys.readouterr().out

    assert told("help") == told("--help")
    assert told("help", "run") == told("run", "--help")
    assert told("help", "train", "quotes") == told("train", "quotes", "--help")
    for words in (["--help"], ["run", "--help"], ["lint-patterns", "--help"]):
        assert "exit status:" in told(*words)


def test_a_command_that_is_misspelt(
    tmp_path: pathlib.Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["qoutes", "article.txt"])
    assert exit_.value.code == 2
    assert "qoutes is neither a file nor a command; is quotes meant?" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qoutes").write_text("It rained.", encoding="utf-8")
    assert main(["qoutes"]) == 0, "a file may be called so"


def test_a_header(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sents", "--header", article]) == 0
    assert capsys.readouterr().out.startswith("start\tend\ttext\n0\t")


def test_standard_input_is_taken_by_all_that_take_texts() -> None:
    text = "“The wall is old,” said Ann Bell.".encode()
    for command, expected in (
        (["-"], "Ann Bell said (direct)"),
        (["quotes", "-"], "Ann Bell"),
        (["ents", "-"], "PERSON"),
        (["explain", "-:24"], "PERSON: Ann Bell"),
        (["convert", "--to", "brat", "-"], "Ann Bell"),
    ):
        done = run(*command, data=text)
        assert (done.returncode, done.stderr) == (0, b""), command
        assert expected in done.stdout.decode(), command
    done = run("lint-patterns", "-", data=b"# mine\n(a+)+b\r\nab+\n")
    assert done.returncode == 1
    assert re.fullmatch(rb"(-, line 2: .*: \(a\+\)\+b\n)+", done.stdout)


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "FILE:3"],
        ["convert", "--to", "brat", "FILE"],
        ["run", "FILE", "-o", "OUT"],
        ["evaluate", "entities", "FILE"],
        ["evaluate", "quotes", "FILE"],
        ["train", "quotes", "--data", "FILE", "--out", "OUT"],
        ["lint-patterns", "FILE"],
        ["lint-patterns", "FILE.toml"],
    ],
    ids=" ".join,
)
def test_every_command_names_a_missing_file(tmp_path: pathlib.Path, words: list[str]) -> None:
    missing, out = str(tmp_path / "none.txt"), str(tmp_path / "out")
    done = run(*(word.replace("FILE", missing).replace("OUT", out) for word in words))
    assert (done.returncode, done.stdout) == (1, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert re.match(r"quoth( run)?: ", lines[0])
    assert missing in lines[0]
    assert "No such file or directory" in lines[0]
    assert "[Errno" not in lines[0]


def test_every_command_is_completed_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    from quoth._commands import COMMANDS

    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", told, re.MULTILINE)
        with pytest.raises(SystemExit) as exit_:
            main([command, "--help"])
        assert exit_.value.code == 0
        capsys.readouterr()


def test_a_page_of_the_web(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    said = "".join(f"<p>Mayor Ann Bell said the dyke held in year {n}.</p>" for n in range(30))
    page.write_text(f"<html><body><nav>Home</nav><article>{said}</article></body></html>")
    pytest.importorskip("trafilatura")
    assert main(["sents", str(page)]) == 0
    assert "Mayor Ann Bell said the dyke held in year 7." in capsys.readouterr().out
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert main(["sents", str(page)]) == 1
    assert "pip install 'quoth[html]'" in capsys.readouterr().err
