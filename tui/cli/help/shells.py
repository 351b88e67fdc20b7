"""The command that prints what a shell needs to complete this one: a small script, which asks `_complete` at each tab.

Unlike Typer's scripts none of these evaluates the answer: a session's title and a file's name may come from anywhere.
"""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

from enum import StrEnum
from typing import Annotated

import typer

from tui.cli.help.next_step import say_next

_BASH = """\
_quarterdeck() {
  local value
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    COMPREPLY+=("$value")
    [[ $value != *= ]] || compopt -o nospace
  done < <("$1" _complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _quarterdeck quarterdeck
"""

_ZSH = """\
#compdef quarterdeck
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_quarterdeck() {
  local value about
  local -a values lines more
  while IFS=$'\\t' read -r value about; do
    values+=("$value")
    lines+=("$value${about:+  -- $about}")
  done < <("${(Q)words[1]}" _complete "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( $#values )); then
    [[ $values[1] != *= ]] || more=(-S '')
    compadd -U -l -d lines "${(@)more}" -a values
  else
    _files
  fi
}
compdef _quarterdeck quarterdeck
"""

_FISH = """\
function __quarterdeck_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l found ($words[1] _complete $words[2..-1] "$word" 2>/dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path "$word"
    end
end
complete -c quarterdeck -f -a '(__quarterdeck_complete)'
"""

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName quarterdeck, quarterdeck.exe -ScriptBlock {
    param($word, $ast, $position)
    $words = @($ast.CommandElements | Where-Object { $_.Extent.StartOffset -lt $position } | ForEach-Object { $_.ToString() })
    $given = @($words | Select-Object -Skip 1)
    if (-not $word) { $given += '""' }
    & $words[0] _complete @given 2>$null | ForEach-Object {
        $value, $about = $_ -split "`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
"""


class Shell(StrEnum):
    """The shells that can learn how to complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


SCRIPTS = {Shell.BASH: _BASH, Shell.ZSH: _ZSH, Shell.FISH: _FISH, Shell.POWERSHELL: _POWERSHELL}
_INTO = {
    Shell.BASH: ">> ~/.bashrc",
    Shell.ZSH: ">> ~/.zshrc",
    Shell.FISH: "> ~/.config/fish/completions/quarterdeck.fish",
    Shell.POWERSHELL: ">> $PROFILE",
}


def completion(shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="The shell that you type in.", show_default=False)]) -> None:
    """Print the script that lets the tab key complete a command line. Add it to what your shell reads at its start; PowerShell's is $PROFILE."""
    typer.echo(SCRIPTS[shell], nl=False)
    say_next("completion", shell.value, into=_INTO[shell])
