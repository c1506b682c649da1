import { checkReplaceable } from "../../src/adapters/files/check_replaceable.ts";
import { prepareToEnd } from "../../src/adapters/system/signals.ts";
import { FileError } from "../../src/errors.ts";

// Tries a save of the file that is named, where no file may have more than 100 bytes from now on, and prints what came
// of it. Deno's own caches, which the limit stops as well, are written by then.
const [path = ""] = Deno.args;
prepareToEnd((code) => Deno.exit(code));
new Deno.Command("prlimit", { args: ["--fsize=100:100", "--pid", String(Deno.pid)] }).outputSync();
try {
  checkReplaceable([path], () => {});
  print("tried");
} catch (error) {
  if (!(error instanceof FileError)) throw error;
  print(error.message);
}
// Deno hears of the signal by now.
await new Promise((resolve) => setTimeout(resolve, 50));
print("and goes on");
Deno.exit(0);

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
