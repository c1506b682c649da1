import type { Program } from "../program.ts";
import { credentialsText } from "./credentials_text.ts";
import { race } from "./race.ts";
import type { Stage } from "./stage.ts";
import { ratioRow, type Row } from "./table.ts";

const LIMIT = 1.25;

/** Commands that find a session which is kept already, and ask nobody. */
export async function cachedRows(
  stage: Stage,
  program: Program,
  empty: Program,
  runs: number,
): Promise<Row[]> {
  await race([stage.login(program, credentialsText(stage.user, 3), "known")], 1);
  const requests = stage.sts.requests.length;
  const [base = NaN, ...times] = await race([
    stage.subject(empty, []),
    ...KEPT.map((args) => stage.subject(program, args)),
  ], runs);
  if (stage.sts.requests.length !== requests) throw new Error("STS was asked, though a session is kept");
  return KEPT.map((args, i) =>
    ratioRow(`executable: ${args.join(" ")}`, { time: times[i] ?? NaN, empty: base, limit: LIMIT })
  );
}

const KEPT = [["status"], ["credential-process"], ["__complete", "profiles"]];
