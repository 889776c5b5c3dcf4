"""The command ``quoth completion``: what a shell needs to complete quoth's command line.

source <(quoth completion bash)         # or zsh; for fish: quoth completion fish | source

All is written out from the parsers, so that a shell need not start quoth to complete a word.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from quoth._commands import COMMANDS, parser_for

__all__ = ["completion_command", "completion_parser"]

_BASH = """\
_quoth() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
    local command="" words=""
    if [[ $COMP_CWORD -gt 1 && " {commands} " == *" ${{COMP_WORDS[1]}} "* ]]; then
        command=${{COMP_WORDS[1]}}
    fi
    case "$command $before" in
{choices}
    esac
    if [[ -n $words ]]; then
        COMPREPLY=($(compgen -W "$words" -- "$word"))
        return
    fi
    COMPREPLY=()
    if [[ $word == -* ]]; then
        case "$command" in
{options}
        esac
        COMPREPLY=($(compgen -W "$words" -- "$word"))
    elif [[ $COMP_CWORD == 1 ]]; then
        COMPREPLY=($(compgen -W "help {commands}" -- "$word"))
    fi
    COMPREPLY+=($(compgen -f -- "$word"))
}}
complete -o filenames -F _quoth quoth
"""
_ZSH = """\
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
"""


def completion_parser(_: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth completion", description="Prints completions: source <(quoth completion bash)"
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="whose completions")
    return parser


def completion_command(name: str, arguments: list[str]) -> int:
    print(completion(completion_parser(name).parse_args(arguments).shell), end="")
    return 0


def completion(shell: str) -> str:
    if shell == "fish":
        return "".join(line + "\n" for line in _fish_lines())
    names = " ".join(COMMANDS)
    choices = [f'        "{case}") words="{" ".join(words)}" ;;' for case, words in _choices()]
    options = [
        f'            "{name}") words="{" ".join(_options(parsers))}" ;;'
        for name, parsers in _parsers()
    ]
    bash = _BASH.format(commands=names, choices="\n".join(choices), options="\n".join(options))
    return bash if shell == "bash" else _ZSH + bash


def _parsers() -> Iterator[tuple[str, list[argparse.ArgumentParser]]]:
    """Each command with its parser and those of its parts; "" is the plain view."""
    yield "", [parser_for([])]
    for name, command in COMMANDS.items():
        yield name, [parser_for([name, *part]) for part in ((), *((p,) for p in command.parts))]


def _options(parsers: list[argparse.ArgumentParser]) -> list[str]:
    """The long names of all options, each once."""
    found = [
        string
        for parser in parsers
        for action in parser._actions
        for string in action.option_strings
        if string.startswith("--")
    ]
    return list(dict.fromkeys(found))


def _choices() -> Iterator[tuple[str, list[str]]]:
    """After which words only some words may follow: "command option", or "command command"."""
    for name, parsers in _parsers():
        for parser in parsers:
            for action in parser._actions:
                if action.choices is not None:
                    for string in action.option_strings or (name,):
                        yield f"{name} {string}", [str(choice) for choice in action.choices]


def _fish_lines() -> Iterator[str]:
    for name, command in COMMANDS.items():
        yield f"complete -c quoth -n __fish_use_subcommand -a {name} -d {_quoted(command.what)}"
    for name, parsers in _parsers():
        where = f"__fish_seen_subcommand_from {name}" if name else "__fish_use_subcommand"
        told: set[str] = set()
        for action in (action for parser in parsers for action in parser._actions):
            long = [s[2:] for s in action.option_strings if s.startswith("--")]
            choices = " ".join(map(str, action.choices or ()))
            if action.option_strings and (not long or long[0] in told):
                continue
            told.update(long)
            line = f"complete -c quoth -n '{where}'"
            line += "".join(f" -s {s[1:]}" for s in action.option_strings if len(s) == 2)
            line += "".join(f" -l {name}" for name in long)
            if choices:
                line += f" -x -a {_quoted(choices)}" if long else f" -f -a {_quoted(choices)}"
            elif long and action.nargs != 0:
                line += " -r"
            if long or choices:
                yield line + (f" -d {_quoted(action.help)}" if action.help else "")


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
