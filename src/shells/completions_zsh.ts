import type { CommandTable, TableOption } from "../domain/text/command_table.ts";
import { quotePosix } from "./posix.ts";

/**
 * For zsh's own completion system (zsh manual, "Completion System", _arguments and _describe). Works as a file
 * `_awsmfa` of fpath, and read with eval or source once compinit has run.
 */
export function writeZshCompletions(table: CommandTable): string {
  const commands = table.commands.map(({ name, summary }) =>
    `    ${quotePosix(`${name}:${summary.replaceAll(":", "\\:")}`)}`
  );
  return `#compdef ${table.name}
# zsh completions of ${table.name}

_${table.name}_profiles() {
  local -a names
  names=(\${(f)"$(_call_program profiles ${table.name} __complete profiles 2>/dev/null)"})
  compadd -a names
}

_${table.name}_commands() {
  local -a commands
  commands=(
${commands.join("\n")}
  )
  _describe -t commands command commands
}

_${table.name}() {
  local curcontext=$curcontext state line at=\${words[(i)--]}
  local -A opt_args
  if (( at < CURRENT )); then
    if (( \${words[(i)exec]} < at )); then
      shift $at words
      (( CURRENT -= at ))
      _normal
    fi
    return
  fi
  _arguments -s -S -C \\
${specs(table)}
    '1: :_${table.name}_commands' \\
    '*:: :->rest' && return
  [[ $state == rest ]] || return
  case $words[1] in
${table.commands.map(commandCase).join("\n")}
  esac
}

if [[ $funcstack[1] == _${table.name} ]]; then
  _${table.name} "$@"
else
  compdef _${table.name} ${table.name}
fi
`;
}

function commandCase(command: CommandTable): string {
  const words = command.arguments.map(({ choices, isPath }) =>
    `    '1: :${isPath ? "_files" : `(${choices.join(" ")})`}' \\\n`
  ).join("");
  return `    ${command.name})
      _arguments -s -S \\
${specs(command)}
${words}        && return
      ;;`;
}

function specs({ options }: CommandTable): string {
  return options.map((option) => `    ${spec(option)} \\`).join("\n");
}

/** `'(-p --profile)'{-p+,--profile=}'[the profile]:name:_awsmfa_profiles'` */
function spec({ short, long, value, description, completes }: TableOption): string {
  const text = quotePosix(`[${description.replace(/[[\]\\:]/g, "\\$&")}]${valueSpec(value, completes)}`);
  const flag = value === undefined ? long : `${long}=`;
  if (short === undefined) return `${flag}${text}`;
  return `'(${short} ${long})'{${value === undefined ? short : `${short}+`},${flag}}${text}`;
}

function valueSpec(value: string | undefined, completes: TableOption["completes"]): string {
  if (value === undefined) return "";
  const action = completes === "profiles"
    ? "_awsmfa_profiles"
    : completes === "files"
    ? "_files"
    : completes.length > 0
    ? `(${completes.join(" ")})`
    : " ";
  return `:${value.replace(/[<>[\]]/g, "")}:${action}`;
}
