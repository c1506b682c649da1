import { type CommandTable, flagsWithValue, type TableOption } from "../domain/text/command_table.ts";
import { quoteWord } from "../domain/shell/shell_word.ts";

/** For fish 3 and later (fish documentation, "complete" and "commandline"). */
export function writeFishCompletions(table: CommandTable): string {
  const { name } = table;
  const commands = table.commands.map((command) => command.name);
  return `# fish completions of ${name}

# The command word typed so far; 'behind' after --.
function __${name}_word
    set -l words (commandline -opc)
    set -l word
    set -l skip no
    for each in $words[2..-1]
        if test $skip = yes
            set skip no
        else if test "$each" = --
            echo behind
            return
        else if contains -- "$each" ${flagsWithValue(table).join(" ")}
            set skip yes
        else if test -z "$word"; and contains -- "$each" ${commands.join(" ")}
            set word $each
        end
    end
    echo $word
end

function __${name}_is
    test (__${name}_word)x = "$argv[1]"x
end

# What completes the program behind --, as if it stood alone.
function __${name}_program
    set -l words (commandline -opc)
    set -l at (contains -i -- -- $words)
    set -l rest (string escape -- $words[(math $at + 1)..-1])
    complete -C (string join ' ' -- $rest (commandline -ct))
end

complete -c ${name} -f
complete -c ${name} -n '__${name}_is behind' -a '(__${name}_program)'
${
    table.commands.map((each) =>
      `complete -c ${name} -n '__${name}_is ""' -a ${each.name} -d ${quote(each.summary)}`
    ).join("\n")
  }
${
    [table, ...table.commands].map((each) => optionLines(name, each === table ? '""' : each.name, each)).join(
      "\n",
    )
  }
`;
}

function optionLines(program: string, word: string, { options, arguments: words }: CommandTable): string {
  const start = `complete -c ${program} -n '__${program}_is ${word}'`;
  const choices = words.flatMap((argument) => argument.choices);
  return [
    ...words.some(({ isPath }) => isPath) ? [`${start} -F`] : [],
    ...choices.length > 0 ? [`${start} -a ${quote(choices.join(" "))}`] : [],
    ...options.map((option) => `${start}${flags(option)} -d ${quote(option.description)}`),
  ].join("\n");
}

function flags({ short, long, value, completes }: TableOption): string {
  const names = `${short === undefined ? "" : ` -s ${short.slice(1)}`} -l ${long.slice(2)}`;
  if (value === undefined) return names;
  if (completes === "profiles") return `${names} -x -a '(awsmfa __complete profiles 2>/dev/null)'`;
  if (completes === "files") return `${names} -r -F`;
  return completes.length === 0 ? `${names} -x` : `${names} -x -a ${quote(completes.join(" "))}`;
}

function quote(text: string): string {
  return quoteWord(text, "fish");
}
