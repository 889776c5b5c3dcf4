"""The command ``quoth completion``: what a shell needs to complete quoth's command line.

source <(quoth completion bash)         # or zsh; for fish: quoth completion fish | source
"""

from __future__ import annotations

import argparse

__all__ = ["completion_command"]

COMMANDS = {
    "sents": "sentences of an article",
    "quotes": "who said what in an article",
    "ents": "names in an article",
    "explain": "what is at a place of an article, and why",
    "run": "archives of articles into shards",
    "convert": "articles in the forms of other tools",
    "evaluate": "scores results against gold files",
    "train": "rebuilds the models",
    "lint-patterns": "which patterns may need very many steps",
    "info": "versions, the model, extras",
    "completion": "this",
}

_BASH = """\
_quoth() {{
    local word=${{COMP_WORDS[COMP_CWORD]}}
    COMPREPLY=()
    if [[ $COMP_CWORD == 1 ]]; then
        COMPREPLY=($(compgen -W "{commands}" -- "$word"))
    elif [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$(quoth "${{COMP_WORDS[1]}}" --help 2>/dev/null |
            grep -oE -e '--[a-z][a-z-]+' | sort -u)" -- "$word"))
    fi
    COMPREPLY+=($(compgen -f -- "$word"))
}}
complete -o filenames -F _quoth quoth
"""
_ZSH = """\
autoload -U +X bashcompinit && bashcompinit
"""


def completion_command(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="quoth completion", description="Prints completions: source <(quoth completion bash)"
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))
    print(completion(parser.parse_args(arguments).shell), end="")
    return 0


def completion(shell: str) -> str:
    bash = _BASH.format(commands=" ".join(COMMANDS))
    if shell != "fish":
        return bash if shell == "bash" else _ZSH + bash
    return "".join(
        f"complete -c quoth -n __fish_use_subcommand -a {name} -d '{what}'\n"
        for name, what in COMMANDS.items()
    )
