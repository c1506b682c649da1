import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS } from "../../support/fake_world.ts";
import { play } from "../play.ts";

const K = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const FOLLOW_NONE =
  "note: such a line is not followed by Java 1 while there is a credentials file, by Go 1 without AWS_SDK_LOAD_CONFIG=1, " +
  "nor by gdal, polars, rust-s3, s3cmd and s3fs\n";

Deno.test("setup says who does not find the keys that it wrote, and nothing where all do", async () => {
  const typed = ["AKIAQYLPMN5HHHFPZAM2", "us-east-1", ""];
  const set = (files: Record<string, string>, name: string): ReturnType<typeof play> =>
    play(["setup", "-p", name, "--access-key-id", typed[0] ?? "", "--region", "us-east-1"], {
      files,
      stdin: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKE\n",
    });
  assert.ok(!(await set({}, "work")).stderr.includes("note: "));
  assert.match(
    (await set({ [CREDENTIALS]: `[other] # old\n${K}` }, "work")).stderr,
    new RegExp(
      `^note: \\.NET and Java 1 can't read ${CREDENTIALS} \\(line 1: text stands behind the header\\) ` +
        "\\(awsmfa doctor --fix helps\\)$",
      "m",
    ),
  );
  assert.match(
    (await set({}, "my work")).stderr,
    /^note: JavaScript, Java, Rust and the AWS CRT see no profile 'my work'; a name of A-Z .* is seen by all /m,
  );
});

Deno.test("link says who follows no such line, and who does not see this one", async () => {
  const files = { [CREDENTIALS]: `[work]\n${K}` };
  const plain = await play(["link", "tool", "-p", "work"], { files });
  assert.deepEqual([plain.code, plain.stderr], [0, FOLLOW_NONE]);
  const bare = await play(["link", "lnk", "-p", "work"], {
    files: { ...files, [CONFIG]: "[lnk]\nregion = x\n" },
  });
  assert.equal(
    bare.stderr,
    `note: Go 1 finds no keys in 'lnk' (the profile has no keys) (awsmfa doctor --readers shows all)\n${FOLLOW_NONE}`,
  );
  const odd = await play(["link", "my link", "-p", "work"], { files });
  assert.match(
    odd.stderr,
    /^note: JavaScript, Go, .*Java.* and Ruby see no profile 'my link'; /,
  );
});

Deno.test("a name that not every tool sees is in quotes where it must be, and told once by who writes it", async () => {
  const files = { [CREDENTIALS]: `[work]\n${K}` };
  const device = "aws_mfa_device = arn:aws:iam::111122223333:mfa/alice\n";
  for (const [name, header] of [["R&D", "R&D"], ["büro", "büro"], ["my work", '"my work"']] as const) {
    for (
      const played of [
        await play(
          ["setup", "-p", name, "--access-key-id", "AKIAQYLPMN5HHHFPZAM2", "--region", "us-east-1"],
          {
            files,
            stdin: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKE\n",
          },
        ),
        await play(["link", name, "-p", "work"], { files }),
        await play(["import", CREDENTIALS, "-y"], {
          files: { [CREDENTIALS]: `[${name}-long-term]\n${K}${device}` },
        }),
        await play(["-p", "work", "--to", name, "--save", "123456"], { files }),
      ]
    ) {
      assert.equal(played.code, 0, played.stderr);
      const told = played.stderr.match(/^note: .*Java.*Rust.*the AWS CRT.* see no profile '/gm) ?? [];
      assert.equal(told.length, 1, played.stderr);
      assert.ok(played.files[CONFIG]?.startsWith(`[profile ${header}]\n`), played.files[CONFIG]);
    }
  }
});

Deno.test("edit says who can't read what was made of the file, once and no more", async () => {
  const edit = async (file: "credentials" | "config", before: string, after: string): Promise<string> => {
    const path = file === "config" ? CONFIG : CREDENTIALS;
    const files = { [CREDENTIALS]: `[work]\n${K}`, [path]: before };
    return (await play(["edit", file], { files, editor: () => after })).stderr.replaceAll(path, "PATH");
  };
  const keys = `[work]\naws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${
    "x".repeat(40)
  }\n`;
  assert.equal(
    await edit("credentials", keys, `# new\n[other] # old\n${keys}`),
    "warning: line 2 of PATH: .NET and Java 1 can't read the file (text stands behind the header)\n",
  );
  const indented = "[profile work]\n  region = x\n";
  const says =
    "warning: line 2 of PATH: Java and Rust can't read the file (an indented line has no key above it)\n";
  assert.equal(await edit("config", "", indented), says);
  assert.equal(await edit("config", indented, `# known\n${indented}`), "");
  assert.equal(
    await edit("config", "[profile work]\n", "[profile work]\nretry_mode = none\nregion = x\n"),
    "warning: line 2 of PATH: Go, Terraform, .NET and Java can't use 'work' (the value of retry_mode is not understood)\n",
  );
  assert.equal(await edit("config", "", "[profile work]\nretry_mode = standard\nregion = x\n"), "");
});

Deno.test("doctor names a value over which tools can't use the profile, whatever kind it is of", async () => {
  const config = "[profile role]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = work\n" +
    "use_fips_endpoint = yes\n";
  const { stdout } = await play(["doctor", "--offline", "-p", "role"], {
    files: { [CREDENTIALS]: `[work]\n${K}`, [CONFIG]: config },
  });
  const says =
    `line 4 of ${CONFIG}: .NET and Java can't use 'role' (the value of use_fips_endpoint is not understood)\n`;
  assert.ok(stdout.includes(says), stdout);
});
