import { fileURLToPath } from "node:url";
import { CA_FILE, serverTls } from "../tests/support/tls_files.ts";
import { compile } from "./compile.ts";
import { compileExecutable, findCompiler } from "./compile/executable.ts";
import { SubprocessError } from "./compile/subprocess.ts";
import { hostTarget } from "./compile/targets.ts";
import { editingRows } from "./bench/editing.ts";
import { requestRows } from "./bench/requests.ts";
import { makeStage, type Stage } from "./bench/stage.ts";
import { longFileRows } from "./bench/long_files.ts";
import { cachedRows } from "./bench/cached_sessions.ts";
import { permissionsRow } from "./bench/permissions.ts";
import { sizeRows } from "./bench/sizes.ts";
import { compiledRows, sourceRows } from "./bench/start_up.ts";
import { formatTable, type Row } from "./bench/table.ts";
import { print } from "./print.ts";
import { overTlsRows } from "./bench/over_tls.ts";
import { findProgram, type Program } from "./program.ts";

// deno task bench [--runs N]
// Times awsmfa against an empty program in the same run, and ends with 1 where a limit is exceeded.

const USUAL_RUNS = 15;

if (import.meta.main) {
  const ok = await bench(readRuns(Deno.args));
  Deno.exit(ok ? 0 : 1);
}

async function bench(runs: number): Promise<boolean> {
  await using stage = await makeStage();
  // Taken out of the environment, where findProgram() would find it: the source is timed as well.
  const binary = Deno.env.get("AWSMFA_BIN");
  Deno.env.delete("AWSMFA_BIN");
  const source = findProgram();

  await Deno.writeTextFile(`${stage.folder}/empty.js`, "");
  const emptyRun = { command: Deno.execPath(), args: ["run", "--quiet", `${stage.folder}/empty.js`] };
  const rows = [
    ...await sourceRows(stage, source, emptyRun, runs),
    ...await requestRows(stage, source),
    ...editingRows(stage.user, runs),
    await permissionsRow(runs),
  ];
  const skipped: string[] = [];
  const executables = await findExecutables(stage, binary);
  if (typeof executables !== "string") {
    const { program, empty, bundle } = executables;
    rows.push(...await compiledRows(stage, program, empty, runs));
    rows.push(...await cachedRows(stage, program, empty, runs));
    rows.push(...await longFileRows(stage, program, runs));
    const overTls = await overTlsRows({ ...serverTls(), authority: CA_FILE }, executables, runs);
    if (typeof overTls === "string") skipped.push(overTls);
    else rows.push(...overTls);
    rows.push(...sizeRows(bundle, program.command, empty.command));
  }
  for (const line of formatTable(rows)) print(line);
  if (typeof executables === "string") skipped.push(`the executable: ${executables}`);
  for (const what of skipped) print(`\nskipped, ${what}`);
  return rows.every(({ ok }: Row) => ok);
}

/**
 * The executable that AWSMFA_BIN names, else one compiled now, an empty one, and the folder of a bundle; else why there
 * are none.
 */
async function findExecutables(
  stage: Stage,
  binary: string | undefined,
): Promise<{ program: Program; empty: Program; floor: Program; bundle: string } | string> {
  try {
    const empty = `${stage.folder}/empty${Deno.build.os === "windows" ? ".exe" : ""}`;
    await compileExecutable(
      await findCompiler(),
      `${stage.folder}/empty.js`,
      hostTarget().triple,
      empty,
    );
    const floor = `${stage.folder}/floor${Deno.build.os === "windows" ? ".exe" : ""}`;
    const source = fileURLToPath(new URL("bench/floor.js", import.meta.url));
    await compileExecutable(await findCompiler(), source, hostTarget().triple, floor);
    const made = await compile({ outDir: stage.folder });
    const [command = ""] = binary ? [await Deno.realPath(binary)] : made;
    return {
      program: { command: await copyOf(command, stage.folder), args: [] },
      empty: { command: await copyOf(empty, stage.folder), args: [] },
      floor: { command: await copyOf(floor, stage.folder), args: [] },
      bundle: `${stage.folder}/bundle`,
    };
  } catch (error) {
    if (error instanceof SubprocessError) return error.message;
    throw error;
  }
}

/**
 * A new copy of an executable in the bench's folder. How fast one starts depends, by up to a tenth, on how the system's
 * cache came to hold the file: both must have come there in the same way, and at the same time.
 */
async function copyOf(path: string, folder: string): Promise<string> {
  const copy = `${folder}/copy-${path.replace(/^.*[/\\]/, "")}`;
  await Deno.copyFile(path, copy);
  return copy;
}

function readRuns(args: readonly string[]): number {
  const [flag, value] = args;
  if (flag === undefined) return USUAL_RUNS;
  const runs = Number(value);
  if (flag === "--runs" && Number.isInteger(runs) && runs > 0) return runs;
  print("deno task bench [--runs N]");
  Deno.exit(2);
}
