import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { cleanEnvironment } from "../../../scripts/program.ts";
import { askProgram } from "../../../scripts/record_readers/ask_program.ts";
import { javascriptSdk } from "../../support/consumers.ts";
import { CONFIG } from "../../support/fake_world.ts";
import { needs } from "../../support/needs.ts";
import { type Outcome, type State, tellStory } from "../../support/who_story.ts";

const STATES = Number(Deno.env.get("AWSMFA_WHO_STATES") ?? 300);

interface Answer {
  readonly error?: string;
  /** The key id that signs; of a role the source's, a blank and the ARN. */
  readonly key?: string;
  readonly region?: string | null;
  readonly endpoint?: string;
}

const BOTOCORE = [
  "python3",
  fileURLToPath(new URL("../../support/botocore_who.py", import.meta.url)),
] as const;
const [deno = "", ...denoArgs] = javascriptSdk.command;
const JAVASCRIPT = [
  deno,
  ...denoArgs.slice(0, -1),
  "--allow-write",
  fileURLToPath(new URL("../../support/javascript_who.ts", import.meta.url)),
] as const;

/** npx puts the folder of node first, which may hide the python that has boto3. */
function ask(command: readonly [string, ...string[]], states: readonly State[]): Promise<Answer[]> {
  return askProgram<Answer>(command, states, cleanEnvironment("/nowhere"));
}

/** Whom a key id is of: a user, or a user and a role. */
function ownerOf({ owners, isUserAlone }: Outcome, key: string | undefined): string {
  const owner = (key ?? "").split(" ").map((word) => owners.get(word) ?? word).join(" ");
  return isUserAlone ? userOf(owner) : owner;
}

function userOf(owner: string): string {
  return owner.replace(/ .*/, "");
}

/** Where awsmfa was somebody else, or somewhere else, than botocore in the same place; undefined where it was not. */
function difference(outcome: Outcome, was: Answer, is: Answer, inSdk: Answer): string | undefined {
  const { by, removed } = outcome;
  const [owner, now] = [ownerOf(outcome, was.key), ownerOf(outcome, is.key)];
  if (by === "status" || by === "doctor") {
    if (was.error !== undefined && is.error !== undefined) return undefined;
  }
  // Of such a profile awsmfa has the long-term keys, by its own rule (README), and the tools have nothing.
  if (/^(none|InvalidConfigError)$/.test(was.error ?? "") && isByOwnRule(outcome.before)) return undefined;
  if (was.error !== undefined) return `the tools stop: ${was.error}`;
  if (by === "logout") {
    const other = removed.find((each) => userOf(each) !== userOf(owner));
    if (other !== undefined) return `user: ${owner} there, logged out was ${other}`;
    return is.key?.startsWith("ASIA") ? `still with a session of ${now}` : undefined;
  }
  if (by === "login" && !outcome.owners.has(is.key ?? "")) return `no session: ${is.key ?? is.error}`;
  if (owner !== now) return `user: ${owner} there, ${now} here`;
  if (by === "login" && inSdk.key !== is.key) {
    return `the SDK for JavaScript is ${inSdk.key ?? inSdk.error}, botocore ${is.key}`;
  }
  if (outcome.isOfGoneKeys || outcome.isKeyAlone) return undefined;
  // botocore does not know the variable that is for all tools where the profile has no region.
  if (was.region !== is.region && !(was.region === null && is.region === outcome.before.env["AWS_REGION"])) {
    return `region: ${was.region} there, ${is.region} here`;
  }
  return was.region === is.region && was.endpoint !== is.endpoint
    ? `endpoint: ${was.endpoint} there, ${is.endpoint} here`
    : undefined;
}

/** Some profile of the config file has a source_profile and no role. */
function isByOwnRule({ files, env }: State): boolean {
  return /\]\nsource_profile = /.test(files[env["AWS_CONFIG_FILE"] ?? CONFIG] ?? "");
}

Deno.test({
  ...needs("boto3"),
  name: `in ${STATES} states each command is who botocore is in the same place, in the same region and ` +
    "endpoint, or says so; and the SDK for JavaScript is the same",
  fn: async () => {
    const outcomes = [];
    for (let seed = 1; seed <= STATES; seed++) outcomes.push(await tellStory(seed));
    const befores = await ask(BOTOCORE, outcomes.map(({ before }) => before));
    const withAfter = outcomes.filter(({ after }) => after !== undefined);
    const states = withAfter.flatMap(({ after }) => after ?? []);
    const [afters, inJavascript] = [await ask(BOTOCORE, states), await ask(JAVASCRIPT, states)];
    const silent: string[] = [];
    const refused = new Map<string, number>();
    let [same, said] = [0, 0];
    for (const [i, outcome] of outcomes.entries()) {
      const was = befores[i] ?? {};
      if (outcome.after === undefined) {
        assert.notEqual(outcome.said, "", `a refusal says why: ${outcome.what}`);
        const why = outcome.said.split("\n")[0]?.replace(/'[^']*'|\/\S+/g, "...") ?? "";
        if (was.error === undefined) {
          refused.set(`${outcome.by}: ${why}`, (refused.get(`${outcome.by}: ${why}`) ?? 0) + 1);
        }
        continue;
      }
      const [is, inSdk] = [
        afters[withAfter.indexOf(outcome)] ?? {},
        inJavascript[withAfter.indexOf(outcome)] ?? {},
      ];
      // What these leave is the same for all tools.
      if (/^(exec|env|credential-process|link)$/.test(outcome.by)) {
        assert.equal(
          inSdk.key,
          is.key,
          `the SDK for JavaScript is ${inSdk.key ?? inSdk.error}: ${outcome.what}`,
        );
      }
      const differs = difference(outcome, was, is, inSdk);
      if (differs === undefined) same++;
      else if (outcome.said === "") silent.push(`${differs}\n${outcome.what}`);
      else said++;
    }
    if (Deno.env.get("AWSMFA_COUNTS")) {
      // deno-lint-ignore no-console
      console.error({ same, said, silent: silent.length, refused: [...refused] }, silent.join("\n---\n"));
    }
    assert.equal(silent.length, 0, silent.slice(0, 3).join("\n---\n"));
    assert.ok(same > STATES / 4, `${same} states are the same`);
  },
});
