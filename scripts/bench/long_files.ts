import type { Program } from "../program.ts";
import { credentialsText } from "./credentials_text.ts";
import { race, type Subject } from "./race.ts";
import type { Stage } from "./stage.ts";
import { milliseconds, type Row, timeRow } from "./table.ts";

const PROFILES = 10_000;
const IMPORT_LIMIT_MS = 2000;
/** Four times the profiles may take that many times as long: linear is 4 and square 16; the rest is for noise. */
const LINEAR = 8;

/** What goes through all profiles of a long file. */
export async function longFileRows(stage: Stage, program: Program, runs: number): Promise<Row[]> {
  const yaml = `${stage.folder}/aws-mfa.yaml`;
  await Deno.writeTextFile(yaml, cwellsText(PROFILES));
  const doctor = (count: number): Subject =>
    stage.subjectWith(
      { credentials: credentialsText(stage.user, count), backup: undefined },
      program,
      ["doctor", "--offline"],
    );
  const [imported = NaN, few = NaN, many = NaN] = await race([
    stage.subject(program, ["import", "--dry-run", yaml]),
    doctor(PROFILES),
    doctor(4 * PROFILES),
  ], Math.min(runs, MOST_RUNS));
  const growth = many / few;
  return [
    timeRow(`executable: import ${PROFILES} profiles of cwells/aws-mfa`, imported, IMPORT_LIMIT_MS),
    {
      what: `executable: doctor, ${4 * PROFILES} profiles against ${PROFILES}`,
      time: milliseconds(many),
      value: `${growth.toFixed(2)}x`,
      limit: `${LINEAR}x`,
      ok: growth <= LINEAR,
    },
  ];
}

/** These take long enough to be told apart from what else the machine does. */
const MOST_RUNS = 5;

function cwellsText(count: number): string {
  let text = `default:\n  account: "111122223333"\n  username: alice\n`;
  for (let i = 0; i < count; i++) text += `p${i}:\n  username: user${i}\n  aws_profile: source${i % 50}\n`;
  return text;
}
