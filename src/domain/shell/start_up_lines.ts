/** A line of a shell's start-up file that names awsmfa. */
export interface StartUpLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** True for a statement that is known, and is whole in its line: without it the rest of the file still runs. */
  readonly isWhole: boolean;
}

/** Where shells look for such files, in the home; the last ones are those of PowerShell on Windows. */
export const START_UP_FILES: readonly string[] = [
  ".profile",
  ".bashrc",
  ".bash_profile",
  ".bash_login",
  ".zshrc",
  ".zshenv",
  ".zprofile",
  ".zlogin",
  ".kshrc",
  ".cshrc",
  ".tcshrc",
  ".config/fish/config.fish",
  ".config/nushell/config.nu",
  ".config/nushell/env.nu",
  ".config/elvish/rc.elv",
  ".elvish/rc.elv",
  ".config/powershell/profile.ps1",
  ".config/powershell/Microsoft.PowerShell_profile.ps1",
  "Documents/PowerShell/profile.ps1",
  "Documents/PowerShell/Microsoft.PowerShell_profile.ps1",
  "Documents/WindowsPowerShell/profile.ps1",
  "Documents/WindowsPowerShell/Microsoft.PowerShell_profile.ps1",
];

/** The files that hold nothing but awsmfa's completions, where the README puts them. */
export const COMPLETION_FILES: readonly string[] = [
  ".config/fish/completions/awsmfa.fish",
  ".local/share/bash-completion/completions/awsmfa",
  ".zsh/completions/_awsmfa",
  ".zfunc/_awsmfa",
];

const NAME = /(?<![\w-])awsmfa(?![\w-])|\bAWSMFA_\w/;

/** What stands behind the name up to where the statement ends; no word that begins a block, and no character that goes on. */
const WHOLE: readonly RegExp[] = [
  /^#/,
  /^eval "\$\(awsmfa [^"()]*\)"$/,
  /^(source|\.) <\(awsmfa [^()]*\)$/,
  /^awsmfa (completions|env) [\w ./=-]*(\| *(source|Out-String|Invoke-Expression|iex) *)*$/,
  /^alias (-g )?[\w-]+[= ](['"])[^'"]*\2$/,
  /^export AWSMFA_\w+=\S*$/,
  /^AWSMFA_\w+=\S*$/,
  /^set (-\w+ )+AWSMFA_\w+ \S+$/,
  /^setenv AWSMFA_\w+ \S+$/,
  /^\$env:AWSMFA_\w+ ?= ?\S+$/i,
];

/** The lines of a start-up file that name awsmfa. */
export function startUpLines(text: string): StartUpLine[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, i) => {
    if (!NAME.test(line)) return [];
    const statement = line.trim().replace(/;$/, "").replace(/\s+#.*$/, "");
    const goesOn = [lines[i - 1] ?? "", line].some((each) => /[\\`|]\s*$/.test(each));
    return [{
      line: i + 1,
      text: line.trim(),
      isWhole: !goesOn && WHOLE.some((form) => form.test(statement)),
    }];
  });
}

/** The text without these lines. */
export function withoutLines(text: string, lines: readonly StartUpLine[]): string {
  const gone = new Set(lines.map(({ line }) => line - 1));
  return (text.match(/[^\n]*(\n|$)/g) ?? []).filter((_, i) => !gone.has(i)).join("");
}
