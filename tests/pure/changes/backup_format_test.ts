import assert from "node:assert/strict";
import {
  addReplaced,
  BACKUP_TITLE,
  mergeBackups,
  NO_LINE_END,
  readEntry,
} from "../../../src/domain/changes/backup_format.ts";
import { ownershipOf } from "../../../src/domain/keys/session_mark.ts";
import { keys, sessionLines } from "../aws_files/key_files.ts";
import { logIn, outcomes, parse, restoreAll } from "./two_files.ts";

Deno.test("an entry of the end of a file without a line end is read so, whatever line ends the backup got", () => {
  const text = `${BACKUP_TITLE}[a]\nx = 1\n${NO_LINE_END}`;
  for (const backup of [text, text.replaceAll("\n", "\r\n")]) {
    const ini = parse(backup);
    const [section] = ini.sections;
    assert.ok(section);
    assert.match(readEntry(ini, section).block ?? "", /x = 1$/);
  }
});

Deno.test("what stands in a key id's place is no name in the backup: it may be a secret", () => {
  const secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12";
  const [section] = parse(`[a]\naws_access_key_id = ${secret}\naws_secret_access_key = x\n`).sections;
  assert.ok(section);
  const { name } = addReplaced(parse(""), "a", ownershipOf(section).foreign, "x = 1\n");
  assert.equal(name, "a@other");
});

Deno.test("of two backups one is made: what is in both once, what differs beside, what is in one as it is", () => {
  const here = parse(`${BACKUP_TITLE}[a]\n${keys("AKIA1")}[b]\n${keys("AKIA2")}`);
  const former = parse(`${BACKUP_TITLE}[a]\n${keys("AKIA1")}[b]\n${keys("AKIA3")}[c]\n${keys("AKIA4")}`);
  const merged = mergeBackups(here, former);
  assert.deepEqual(merged.sections.map(({ name }) => name), ["a", "b", "b@AKIA3", "c"]);
  assert.equal(mergeBackups(parse(""), former).text, former.text);
  assert.equal(mergeBackups(here, parse("")).text, here.text);
});

Deno.test("in a section that a login made, what somebody wrote over the session stays, and the session goes", () => {
  const during = logIn({ credentials: `[b]\n${keys("AKIA2")}`, backup: undefined }, "a", {
    accessKeyId: "ASIA1",
    secretAccessKey: "temporary",
    sessionToken: "token",
    expiration: new Date("2026-11-20T21:00:00Z"),
  });
  const files = { ...during, credentials: during.credentials.replace("= temporary", "= NEW") };
  assert.deepEqual(outcomes(files), { a: "left alone" });
  const after = restoreAll(files);
  assert.equal(after.credentials, `[b]\n${keys("AKIA2")}\n[a]\naws_secret_access_key = NEW\n`);
  assert.equal(after.backup, undefined);
});

Deno.test("a session of awsmfa's that is cut in half is no long-term key beside it", () => {
  const half = sessionLines("ASIA1").replace(/aws_access_key_id.*\n/, "");
  assert.deepEqual(
    outcomes({ credentials: `[a]\n${half}`, backup: `${BACKUP_TITLE}[a]\n${keys("AKIA1")}` }),
    {
      a: "restored",
    },
  );
});
