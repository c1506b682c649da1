import type { Program } from "../program.ts";
import { afterLogin, credentialsText } from "./credentials_text.ts";
import { probed } from "./disk.ts";
import { race, type Subject } from "./race.ts";
import { type Stage, STS_DELAY_MS } from "./stage.ts";
import { milliseconds, ratioRow, type Row, timeRow } from "./table.ts";

const COMPILED_LIMIT = 1.25;
const SOURCE_LIMIT = 3.5;
const LOGIN_LIMIT = 3.5;
const BIG_FILE_LIMIT_MS = 50;
const SYSTEM_STORE_LIMIT_MS = 10;
const EXIT_NOTHING_TO_RESTORE = 4;

/** The executable against an empty one. */
export async function compiledRows(
  stage: Stage,
  program: Program,
  empty: Program,
  runs: number,
): Promise<Row[]> {
  return [
    ...await startRows(stage, program, empty, runs, "executable", COMPILED_LIMIT),
    await restoreRow(stage, program, empty, runs),
    ...await loginRows(stage, program, empty, runs),
  ];
}

async function restoreRow(stage: Stage, program: Program, empty: Program, runs: number): Promise<Row> {
  const small = credentialsText(stage.user, 3);
  const { subject, diskTime } = probed(
    stage.subjectWith(afterLogin(small), program, ["--restore"]),
    stage.folder,
    [small, ""],
  );
  const [base = NaN, restore = NaN] = await race([stage.subject(empty, []), subject], runs);
  return ratioRow("executable: --restore", {
    time: restore,
    empty: base,
    limit: COMPILED_LIMIT,
    waits: diskTime(),
  });
}

async function loginRows(stage: Stage, program: Program, empty: Program, runs: number): Promise<Row[]> {
  const [small, big] = [credentialsText(stage.user, 3), credentialsText(stage.user, 10_000)];
  const [smallLogin, bigLogin] = [
    probed(stage.login(program, small, "known"), stage.folder, [small]),
    probed(stage.login(program, big, "known"), stage.folder, [big]),
  ];
  const mozillaOnly = stage.login(program, small, "known");
  const [base = NaN, login = NaN, loginInBig = NaN, loginWithoutStore = NaN] = await race([
    stage.subject(empty, []),
    smallLogin.subject,
    bigLogin.subject,
    { ...mozillaOnly, env: { ...mozillaOnly.env, DENO_TLS_CA_STORE: "mozilla" } },
  ], runs);
  return [
    ratioRow("executable: login, known device", {
      time: login,
      empty: base,
      limit: LOGIN_LIMIT,
      waits: STS_DELAY_MS,
    }),
    timeRow(
      "executable: login, what 10000 profiles add beside the disk",
      loginInBig - bigLogin.diskTime() - (login - smallLogin.diskTime()),
      BIG_FILE_LIMIT_MS,
    ),
    timeRow(
      "executable: login, what the system's store of authorities adds",
      login - loginWithoutStore,
      SYSTEM_STORE_LIMIT_MS,
    ),
  ];
}

/** The source against an empty `deno run`. */
export function sourceRows(stage: Stage, program: Program, empty: Program, runs: number): Promise<Row[]> {
  return startRows(stage, program, empty, runs, "source", SOURCE_LIMIT);
}

/** What asks for nothing: `--help`, and `--restore` with nothing put aside, against an empty program. */
async function startRows(
  stage: Stage,
  program: Program,
  empty: Program,
  runs: number,
  kind: "executable" | "source",
  limit: number,
): Promise<Row[]> {
  const [base = NaN, help = NaN, nothing = NaN] = await race([
    stage.subject(empty, []),
    stage.subject(program, ["--help"]),
    nothingToRestore(stage, program),
  ], runs);
  return [
    emptyRow(kind === "source" ? "an empty deno run" : "an empty executable", base),
    ratioRow(`${kind}: --help`, { time: help, empty: base, limit }),
    ratioRow(`${kind}: --restore, nothing put aside`, { time: nothing, empty: base, limit }),
  ];
}

function nothingToRestore(stage: Stage, program: Program): Subject {
  const files = { credentials: credentialsText(stage.user, 3), backup: undefined };
  return stage.subjectWith(files, program, ["--restore"], { exitCode: EXIT_NOTHING_TO_RESTORE });
}

function emptyRow(what: string, time: number): Row {
  return { what, time: milliseconds(time), value: "1x", limit: "", ok: true };
}
