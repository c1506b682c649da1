import { type CommandTable, flagsWithValue, type TableOption } from "../domain/command_table.ts";

/** For PowerShell 5.1 and later (Microsoft, "Register-ArgumentCompleter", -Native). */
export function writePowershellCompletions(table: CommandTable): string {
  const { name } = table;
  return `# PowerShell completions of ${name}

Register-ArgumentCompleter -Native -CommandName @('${name}', '${name}.exe') -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = @{
${[table, ...table.commands].map((each) => entry(each === table ? "" : each.name, each)).join("\n")}
  }
  $values = @{
${valueEntries(table)}
  }
  $takesValue = @(${flagsWithValue(table).map(quote).join(", ")})
  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  $word = ''
  for ($i = 0; $i -lt $words.Count; $i++) {
    if ($words[$i] -ceq '--') { return }
    if ($takesValue -ccontains $words[$i]) { $i++ }
    elseif (-not $word -and $commands.ContainsKey($words[$i])) { $word = $words[$i] }
  }
  $previous = if ($words.Count -gt 0) { $words[$words.Count - 1] } else { '' }
  $found = if ($takesValue -ccontains $previous) {
    $kind = $values[$previous]
    if ($kind -eq 'profiles') { & ${name} __complete profiles 2>$null | ForEach-Object { @{ Name = $_; Text = $_ } } }
    elseif ($kind) { $kind -split ' ' | ForEach-Object { @{ Name = $_; Text = $_ } } }
  } else { $commands[$word] }
  $typed = $wordToComplete.Trim("'", '"')
  $found | Where-Object { $_.Name.StartsWith($typed) -and ($typed -or -not $_.Name.StartsWith('-') -or $word) } |
    ForEach-Object {
      $text = if ($_.Name -match '[^\\w./@:+-]') { "'" + $_.Name.Replace("'", "''") + "'" } else { $_.Name }
      [System.Management.Automation.CompletionResult]::new($text, $_.Name, 'ParameterValue', $_.Text)
    }
}
`;
}

function entry(word: string, { commands, arguments: words, options }: CommandTable): string {
  const items = [
    ...commands.map(({ name, summary }) => item(name, summary)),
    ...words.flatMap(({ choices }) => choices.map((choice) => item(choice, choice))),
    ...options.flatMap(({ short, long, description }) =>
      [short, long].flatMap((flag) => flag === undefined ? [] : [item(flag, description)])
    ),
  ];
  return `    ${quote(word)} = @(\n${items.join("\n")}\n    )`;
}

function item(name: string, text: string): string {
  return `      @{ Name = ${quote(name)}; Text = ${quote(text)} }`;
}

function valueEntries({ options, commands }: CommandTable): string {
  const known = new Map<string, TableOption["completes"]>();
  for (const { short, long, completes } of [...options, ...commands.flatMap((command) => command.options)]) {
    if (completes.length === 0) continue;
    // The keys of a table are compared without regard to case.
    for (const flag of short === undefined ? [long] : [short, long]) known.set(flag, completes);
  }
  return [...known].map(([flag, completes]) =>
    `    ${quote(flag)} = ${quote(completes === "profiles" ? completes : completes.join(" "))}`
  ).join("\n");
}

/** Between single quotes PowerShell knows one escape; these four signs are quotes to it as well. */
function quote(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}
