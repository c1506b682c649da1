import { fileURLToPath } from "node:url";
import { runToEnd } from "../compile/subprocess.ts";
import { permissionFlags } from "../permissions.ts";
import { lowerQuartile } from "./race.ts";
import { type Row, timeRow } from "./table.ts";

const LIMIT_MS = 5;

/** What a login spends on permissions: each is given up in a process that has them all. Throws SubprocessError. */
export async function permissionsRow(runs: number): Promise<Row> {
  const script = fileURLToPath(new URL("give_up_hosts.ts", import.meta.url));
  const args = ["run", "--quiet", "--no-prompt", "--no-check", ...permissionFlags(), script];
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(Number(await runToEnd(Deno.execPath(), args, {})));
  return timeRow("permissions: all hosts but those of one region given up", lowerQuartile(times), LIMIT_MS);
}
