// Says which comes first: a line on stdin, or the end of a second of running time.
import { startRunningTime } from "../../src/adapters/system/running_time.ts";

const time = startRunningTime(1000);
const line = Deno.stdin.read(new Uint8Array(10)).then(() => "a line");
say("begun");
say(await Promise.race([line, time.over.then(() => "the limit")]));
Deno.exit();

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
