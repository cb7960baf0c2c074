/** Completion for the shells that people use. All are made of one table: the words that may follow a command. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

type Lines = ReadonlyMap<string, readonly string[]>;

/** @param lines By the command so far, `""` for none, `nep list` for one of a group. Words hold letters, digits and hyphens. */
export function completionScript(shell: Shell, lines: Lines): string {
  return WRITERS[shell](lines);
}

const WRITERS: { readonly [S in Shell]: (lines: Lines) => string } = { bash, zsh, fish };

function cases(lines: Lines): string {
  return [...lines].map(([line, words]) => `    "${line}") words="${words.join(" ")}" ;;`).join("\n");
}

/** Files where nothing else fits. The longest command that the line begins with decides. */
function bash(lines: Lines): string {
  return `# neuroshard completion bash > ~/.local/share/bash-completion/completions/neuroshard
_neuroshard() {
  local current=\${COMP_WORDS[COMP_CWORD]} first="" second="" words=""
  [ "$COMP_CWORD" -gt 1 ] && first=\${COMP_WORDS[1]}
  [ "$COMP_CWORD" -gt 2 ] && second=\${COMP_WORDS[2]}
  case "$first $second" in
${groupCases(lines)}
    *) set -- "$first" ;;
  esac
  case "$1" in
${cases(lines)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ "\${#COMPREPLY[@]}" -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _neuroshard neuroshard
`;
}

function groupCases(lines: Lines): string {
  return [...lines.keys()]
    .filter((line) => line.includes(" "))
    .map((line) => `    "${line}") set -- "${line}" ;;`)
    .join("\n");
}

function zsh(lines: Lines): string {
  return `#compdef neuroshard
# neuroshard completion zsh > "\${fpath[1]}/_neuroshard"
autoload -U +X bashcompinit && bashcompinit
${bash(lines)}`;
}

function fish(lines: Lines): string {
  const rows = [...lines].map(([line, words]) => {
    const condition =
      line === ""
        ? "__fish_use_subcommand"
        : line
            .split(" ")
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join("; and ");
    return `complete -c neuroshard -n "${condition}" -a "${words.join(" ")}"`;
  });
  return `# neuroshard completion fish > ~/.config/fish/completions/neuroshard.fish\n${rows.join("\n")}\n`;
}
