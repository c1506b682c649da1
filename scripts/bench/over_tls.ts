import type { Program } from "../program.ts";
import { credentialsText } from "./credentials_text.ts";
import { canMeasure, type Effort, measure } from "./measure.ts";
import type { Subject } from "./race.ts";
import { makeStage, type StageTls } from "./stage.ts";
import { milliseconds, type Row } from "./table.ts";

const LIMITS = { timesFloor: 1.2, cpuOverFloorMs: 32, peakMiB: 62 };

/**
 * What goes to AWS, over TLS, against a program that sends one such request with bare fetch: wall time as a ratio to it,
 * CPU over it, and peak memory. A sentence where that can't be measured.
 */
export async function overTlsRows(
  tls: StageTls,
  { program, empty, floor }: { program: Program; empty: Program; floor: Program },
  runs: number,
): Promise<Row[] | string> {
  if (!canMeasure()) return "over TLS: python3 is not here, which tells CPU and memory";
  await using stage = await makeStage(tls);
  const credentials = credentialsText(stage.user, 3);
  const known = stage.login(program, credentials, "known");
  const withCode = (args: readonly string[], behind: readonly string[] = []): Subject => ({
    ...known,
    args: [...program.args, ...args, "--serial", stage.user.serial],
    prepare: () => [...known.prepare?.() ?? [], ...behind],
  });
  const subjects: [what: string, subject: Subject][] = [
    ["an empty executable", stage.subject(empty, [])],
    ["the floor: one request with bare fetch", stage.subject(floor, [])],
    ["login, known device", known],
    ["login, derived device", stage.login(program, credentials, "derived")],
    ["env, with a code", withCode(["env", "-s", "json"])],
    ["exec, with a code", withCode(["exec"], ["--", empty.command])],
  ];
  const efforts = await measure(subjects.map(([, subject]) => subject), runs);
  const floorEffort = efforts[1];
  if (floorEffort === undefined) throw new Error("the floor was not measured");
  return subjects.map(([what], i) => rowOf(what, efforts[i] ?? floorEffort, floorEffort, i === 2));
}

function rowOf(what: string, effort: Effort, floor: Effort, hasLimits: boolean): Row {
  const times = effort.wallMs / floor.wallMs;
  const cpuOver = effort.cpuMs - floor.cpuMs;
  const { timesFloor, cpuOverFloorMs, peakMiB } = LIMITS;
  return {
    what: `TLS: ${what}`,
    time: milliseconds(effort.wallMs),
    value: `${times.toFixed(2)}x, CPU ${milliseconds(effort.cpuMs, 0)} (${cpuOver < 0 ? "" : "+"}${
      cpuOver.toFixed(0)
    }), ${effort.peakMiB.toFixed(0)} MiB`,
    limit: hasLimits ? `${timesFloor}x, +${cpuOverFloorMs} ms, ${peakMiB} MiB` : "",
    ok: !hasLimits ||
      (times <= timesFloor && cpuOver <= cpuOverFloorMs && effort.peakMiB <= peakMiB),
  };
}
