import { type CommandTable, type Completes, flagsOf, flagsWithValue } from "../domain/text/command_table.ts";
import { NO_WORD, quoteWord } from "../domain/shell/shell_word.ts";

/**
 * For PowerShell 5.1 and later (Microsoft, "Register-ArgumentCompleter", -Native). Where it offers nothing, PowerShell
 * offers files; CompletionResult.Null keeps it from that. Names come in ASCII, whatever the console's encoding is, and
 * with the word to be typed, which only awsmfa quotes.
 */
export function writePowershellCompletions(table: CommandTable): string {
  const { name } = table;
  return `# PowerShell completions of ${name}

Register-ArgumentCompleter -Native -CommandName @('${name}', '${name}.exe') -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  # Of this block alone, whatever the session has.
  Set-StrictMode -Off
  $ErrorActionPreference = 'SilentlyContinue'
  # Options and words of each command; '' is the program.
  $options = @{
${[table, ...table.commands].map((each) => optionsEntry(each === table ? "" : each.name, each)).join("\n")}
  }
  $arguments = @{
${[table, ...table.commands].map((each) => argumentsEntry(each === table ? "" : each.name, each)).join("\n")}
  }
  $takesFile = @(${table.commands.filter(takesPath).map((each) => quote(each.name)).join(", ")})
  $takesValue = @(${flagsWithValue(table).map(quote).join(", ")})
  $values = @{
${valueEntries(table)}
  }
  $program = $commandAst.GetCommandName()
  $nothing = [System.Management.Automation.CompletionResult].GetProperty('Null',
    [System.Reflection.BindingFlags]'Static, NonPublic, Public').GetValue($null)

  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    Select-Object -Skip 1)
  $words = @($before | ForEach-Object { if ($_.psobject.Properties['Value']) { [string]$_.Value } else { $_.ToString() } })
  $command = ''
  for ($i = 0; $i -lt $words.Count; $i++) {
    if ($words[$i] -ceq '--') {
      if ($command -cne 'exec') { return $nothing }
      # What completes the program behind --, as if it stood alone.
      $line = $commandAst.Extent.Text.Substring($before[$i].Extent.EndOffset - $commandAst.Extent.StartOffset)
      $skipped = $line.Length - $line.TrimStart().Length
      $at = $cursorPosition - $before[$i].Extent.EndOffset - $skipped
      $line = $line.TrimStart().PadRight($at)
      if ($line.Trim() -eq '') { return $nothing }
      return [System.Management.Automation.CommandCompletion]::CompleteInput($line, $at, $null).CompletionMatches
    }
    if ($takesValue -ccontains $words[$i]) { $i++ }
    elseif (-not $command -and $words[$i] -and $options.ContainsKey($words[$i])) { $command = $words[$i] }
  }

  $typed = $wordToComplete
  if ($typed -match '^(["\\u201c-\\u201e])(.*?)["\\u201c-\\u201e]?$') { $typed = $Matches[2] }
  elseif ($typed -match '^([''\\u2018-\\u201b])(.*?)[''\\u2018-\\u201b]?$') {
    $typed = $Matches[2] -replace '([''\\u2018-\\u201b])[''\\u2018-\\u201b]', '$1'
  }
  $flag = if ($words.Count -gt 0) { $words[$words.Count - 1] } else { '' }
  $attached = ''
  if ($typed -cmatch '^(--[a-z-]+)=' -and $takesValue -ccontains $Matches[1]) {
    $flag = $Matches[1]
    $attached = "$flag="
    $typed = $typed.Substring($attached.Length)
  }

  if ($takesValue -ccontains $flag) {
    $kind = $values[$flag]
    if ($kind -eq 'files') { return }
    if ($kind -eq 'profiles') {
      $status = $global:LASTEXITCODE
      $found = @(& $program __complete profiles --shell powershell 2>$null | ForEach-Object {
        $word, $profile = [regex]::Unescape($_) -split "\`t", 2
        @{ Name = $profile; Text = $profile; Word = $word }
      })
      $global:LASTEXITCODE = $status
    } else {
      $found = @($kind -split ' ' | Where-Object { $_ } | ForEach-Object { @{ Name = $_; Text = $_; Word = $_ } })
    }
  } elseif ($typed.StartsWith('-')) {
    $found = @($options[$command])
  } elseif ($takesFile -ccontains $command) {
    return
  } else {
    $found = @($arguments[$command])
  }

  # PowerShell hands ${NO_WORD} to no program as a word of its own.
  $results = @($found | Where-Object { $_ -and ($attached -or $_.Name -cne ${quote(NO_WORD)}) -and
      $_.Name.StartsWith($typed, 'OrdinalIgnoreCase') } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new("$attached$($_.Word)", $_.Name, 'ParameterValue', $_.Text)
  })
  if ($results.Count -gt 0) { $results } else { $nothing }
}
`;
}

function optionsEntry(word: string, { options }: CommandTable): string {
  const items = options.flatMap((option) => flagsOf([option]).map((flag) => item(flag, option.description)));
  return `    ${quote(word)} = @(\n${items.join("\n")}\n    )`;
}

function argumentsEntry(word: string, { commands, arguments: words }: CommandTable): string {
  const items = [
    ...commands.map(({ name, summary }) => item(name, summary)),
    ...words.flatMap(({ choices }) => choices.map((choice) => item(choice, choice))),
  ];
  return items.length === 0
    ? `    ${quote(word)} = @()`
    : `    ${quote(word)} = @(\n${items.join("\n")}\n    )`;
}

function item(name: string, text: string): string {
  return `      @{ Name = ${quote(name)}; Text = ${quote(text)}; Word = ${quote(name)} }`;
}

function takesPath({ arguments: words }: CommandTable): boolean {
  return words.some(({ isPath }) => isPath);
}

function valueEntries({ options, commands }: CommandTable): string {
  const known = new Map<string, Completes>();
  for (const option of [...options, ...commands.flatMap((command) => command.options)]) {
    if (option.completes.length === 0) continue;
    for (const flag of flagsOf([option])) known.set(flag, option.completes);
  }
  return [...known].map(([flag, completes]) =>
    `    ${quote(flag)} = ${quote(typeof completes === "string" ? completes : completes.join(" "))}`
  ).join("\n");
}

function quote(text: string): string {
  return quoteWord(text, "powershell");
}
