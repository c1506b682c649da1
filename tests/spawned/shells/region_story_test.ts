import assert from "node:assert/strict";
import { awsmfaOnPath } from "../../support/awsmfa_on_path.ts";
import { needs } from "../../support/needs.ts";
import { shells } from "../../support/shells.ts";
import { openStage, type Stage } from "../../support/stage.ts";

const PRINT = new URL("../../support/print_variables.py", import.meta.url).pathname;
/** These let go of a variable by what `env` prints. */
const SHELLS = shells.filter(({ name }) => name !== "nu");

async function openWithRegions(): Promise<Stage> {
  const stage = await openStage();
  const { home, sts } = stage;
  const role = sts.addRole({ name: "r" });
  const profile = (name: string, more: string): string =>
    `[profile ${name}]\nrole_arn = ${role.arn}\nsource_profile = default\n${more}`;
  home.write(
    ".aws/config",
    profile("eu", "region = eu-west-1\n") + profile("us", "region = us-west-2\n") + profile("none", ""),
  );
  await stage.awsmfa(["env", "-s", "json", "-p", "default", stage.code()], { secretsOnStdout: true });
  return stage;
}

for (const { name, ready, command, evaluations: [evaluate], orExit, run } of SHELLS) {
  const env = name === "tclsh" ? "awsmfa env -s tclsh" : "awsmfa env";
  const print = run(`python3 ${PRINT} AWS_`);
  const [program, ...args] = command;

  Deno.test({
    ignore: ready.ignore || needs("python3").ignore,
    name: `${name}: each profile has its own region, env's export is not the person's wish, and a wish stays`,
    fn: async () => {
      await using stage = await openWithRegions();
      const { home } = stage;
      const lines = [
        orExit(evaluate(`${env} -p eu`)),
        print,
        orExit(evaluate(`${env} -p us`)),
        print,
        run(`awsmfa exec -p eu -- python3 ${PRINT} AWS_`),
        orExit(evaluate(`${env} -p none`)),
        print,
        orExit(evaluate(`${env} --unset`)),
        print,
      ];
      home.write("script", `${lines.join("\n")}\n`);
      const regionsWith = async (own: Record<string, string>): Promise<string[]> => {
        const ran = await home.run(program, [...args, home.file("script")], {
          env: { ...awsmfaOnPath(home), ...own, TERM: "" },
        });
        assert.equal(ran.code, 0, ran.stderr);
        return ran.stdout.trim().split("\n").map(regionsOf);
      };
      assert.deepEqual(await regionsWith({}), [
        "eu-west-1 eu-west-1",
        "us-west-2 us-west-2",
        "eu-west-1 eu-west-1",
        "- -",
        "- -",
      ]);
      const wish = await regionsWith({ AWS_REGION: "ap-south-1" });
      assert.deepEqual([...new Set(wish.map((both) => both.split(" ")[0]))], ["ap-south-1"]);
      assert.equal(wish.at(-1), "ap-south-1 -", "what env added is gone, and what the person set is there");
    },
  });
}

/** AWS_REGION and AWS_DEFAULT_REGION of a line of print_variables.py. */
function regionsOf(line: string): string {
  const found: Record<string, string> = JSON.parse(line);
  const [first, second] = ["AWS_REGION", "AWS_DEFAULT_REGION"].map((name) =>
    new TextDecoder().decode(Uint8Array.fromHex(found[name] ?? "2d"))
  );
  return `${first} ${second}`;
}
