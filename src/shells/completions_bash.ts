import {
  type CommandTable,
  type Completes,
  flagsOf,
  flagsWithValue,
  type TableOption,
} from "../domain/text/command_table.ts";

/**
 * For bash 3.2 (which macOS has) and later, without the bash-completion package (GNU Bash manual, "Programmable
 * Completion"). A value behind `=` comes as a word of its own, since `=` is in COMP_WORDBREAKS.
 */
export function writeBashCompletions(table: CommandTable): string {
  return `# bash completions of ${table.name}

_${table.name}_offer() {
  local cur=$1 word quoted
  while IFS= read -r word; do
    printf -v quoted %q "$word"
    if [[ -n $word && ( $word == "$cur"* || $quoted == "$cur"* ) ]]; then
      COMPREPLY[\${#COMPREPLY[@]}]=$quoted
    fi
  done
}

_${table.name}() {
  local program=\${1/#\\~/$HOME} cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' i word
  COMPREPLY=()
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      --)
        if [[ $command == exec ]]; then
          if ((i + 1 == COMP_CWORD)); then COMPREPLY=($(compgen -c -- "$cur")); else compopt -o default 2>/dev/null; fi
        fi
        return
        ;;
      ${
    flagsWithValue(table).join("|")
  }) if [[ \${COMP_WORDS[i+1]} == = ]]; then ((i += 2)); else ((i++)); fi ;;
      ${
    table.commands.map(({ name }) => name).join("|")
  }) if [[ -z $command ]]; then command=\${COMP_WORDS[i]}; fi ;;
    esac
  done
  case $prev in
${valueCases(table)}
  esac
  case $command in
${[table, ...table.commands].map((each) => wordsCase(each, each === table)).join("\n")}
  esac
}

complete -F _${table.name} ${table.name}
`;
}

function valueCases(table: CommandTable): string {
  const options = [...table.options, ...table.commands.flatMap((command) => command.options)];
  const known = new Map<string, TableOption>();
  for (const option of options) if (option.value !== undefined) known.set(option.long, option);
  return [...known.values()].map((option) =>
    `    ${flagsOf([option]).join("|")}) ${offer(table, option.completes)}return ;;`
  ).join("\n");
}

/** Asked for one by one: a name may have blanks. */
const OFFER_FILES = [
  "compopt -o filenames 2>/dev/null",
  'while IFS= read -r word; do COMPREPLY[${#COMPREPLY[@]}]=$word; done < <(compgen -f -- "$cur")',
];

function offer({ name }: CommandTable, completes: Completes): string {
  if (completes === "profiles") {
    return `_${name}_offer "$cur" < <("$program" __complete profiles 2>/dev/null); `;
  }
  if (completes === "files") return `${OFFER_FILES.join("; ")}; `;
  if (completes.length === 0) return "";
  return `_${name}_offer "$cur" < <(printf '%s\\n' ${completes.join(" ")}); `;
}

function wordsCase(command: CommandTable, isRoot: boolean): string {
  const words = [
    ...command.commands.map(({ name }) => name),
    ...command.arguments.flatMap(({ choices }) => choices),
  ];
  const offered = command.arguments.some(({ isPath }) => isPath)
    ? OFFER_FILES.join("\n        ")
    : `COMPREPLY=($(compgen -W '${words.join(" ")}' -- "$cur"))`;
  return `    ${isRoot ? "''" : command.name})
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '${flagsOf(command.options).join(" ")}' -- "$cur"))
      else
        ${offered}
      fi
      ;;`;
}
