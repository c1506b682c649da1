import assert from "node:assert/strict";
import { findLocations } from "../../../src/domain/paths/locations.ts";
import { profileFromVariables } from "../../../src/domain/sessions/who_here.ts";
import { FileError } from "../../../src/errors.ts";

function at(env: Record<string, string>, windows = false): ReturnType<typeof findLocations> {
  return findLocations((name) => env[name], windows, (path) => path);
}

Deno.test("the files are in .aws of the home, and the backup and the kept sessions beside the credentials", () => {
  assert.deepEqual(at({ HOME: "/home/a" }), {
    config: "/home/a/.aws/config",
    credentials: "/home/a/.aws/credentials",
    backup: "/home/a/.aws/credentials_backup_by_awsmfa",
    sessions: "/home/a/.aws/awsmfa",
    formerBackups: [],
    formerSessions: [],
  });
});

Deno.test("variables name other files, each for itself, and the backup goes along", () => {
  assert.deepEqual(at({ HOME: "/h", AWS_SHARED_CREDENTIALS_FILE: "/etc/keys" }), {
    config: "/h/.aws/config",
    credentials: "/etc/keys",
    backup: "/etc/keys_backup_by_awsmfa",
    sessions: "/etc/.awsmfa-keys",
    formerBackups: [],
    formerSessions: ["/etc/awsmfa"],
  });
  assert.equal(at({ HOME: "/h", AWS_SHARED_CREDENTIALS_FILE: "keys" }).sessions, ".awsmfa-keys");
  assert.deepEqual(at({ HOME: "/h", AWS_SHARED_CREDENTIALS_FILE: "keys" }).formerSessions, ["awsmfa"]);
  // The same file has the same folder, whatever named it.
  assert.equal(
    at({ HOME: "/h", AWS_SHARED_CREDENTIALS_FILE: "/h/.aws/credentials" }).sessions,
    "/h/.aws/awsmfa",
  );
  assert.equal(
    at({ HOME: "/h", AWS_SHARED_CREDENTIALS_FILE: "/h/.aws/other" }).sessions,
    "/h/.aws/awsmfa",
  );
  assert.equal(at({ HOME: "C:\\h" }, true).sessions, "C:\\h\\.aws\\awsmfa");
  assert.equal(at({ HOME: "/h", AWS_CONFIG_FILE: "conf" }).config, "conf");
});

Deno.test("what awsmfa adds lies beside the real file, and what it left beside a link is known", () => {
  assert.deepEqual(findLocations((name) => ({ HOME: "/h" })[name], false, () => "/real/creds"), {
    config: "/h/.aws/config",
    credentials: "/h/.aws/credentials",
    backup: "/real/creds_backup_by_awsmfa",
    sessions: "/real/.awsmfa-creds",
    formerBackups: ["/h/.aws/credentials_backup_by_awsmfa"],
    formerSessions: ["/real/awsmfa", "/h/.aws/awsmfa"],
  });
});

Deno.test("a leading ~/ in a variable is the home, as for the AWS CLI", () => {
  assert.equal(at({ HOME: "/h", AWS_CONFIG_FILE: "~/x/config" }).config, "/h/x/config");
  assert.equal(at({ HOME: "C:\\h", AWS_CONFIG_FILE: "~\\config" }, true).config, "C:\\h\\config");
  assert.equal(at({ HOME: "/h", AWS_CONFIG_FILE: "~other/config" }).config, "~other/config");
});

Deno.test("/dev/null is no credentials file, and what lies beside one is in the home", () => {
  assert.deepEqual(
    at({ HOME: "/h", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_CONFIG_FILE: "/dev/null" }),
    {
      config: "/dev/null",
      credentials: "/dev/null",
      backup: "/h/.aws/credentials_backup_by_awsmfa",
      sessions: "/h/.aws/awsmfa",
      formerBackups: [],
      formerSessions: [],
    },
  );
});

Deno.test("a variable in a path is taken, as by the AWS CLI, and one that is not set stays", () => {
  const config = (path: string, windows = false): string =>
    at({ HOME: "/h", USERPROFILE: "C:\\h", AWS_CONFIG_FILE: path, AWS_X: "" }, windows).config;
  assert.equal(config("$HOME/x"), "/h/x");
  assert.equal(config("${HOME}/x$HOMER"), "/h/x$HOMER");
  assert.equal(config("$AWS_X/x"), "/x");
  assert.equal(config("$AWS_X"), "/h/.aws/config");
  assert.equal(config("/a/$recycle/%HOME%/$"), "/a/$recycle/%HOME%/$");
  assert.equal(config("%USERPROFILE%\\x", true), "C:\\h\\x");
});

Deno.test("on Windows the home is the AWS CLI's: USERPROFILE, else HOMEDRIVE and HOMEPATH, else HOME", () => {
  const all = { USERPROFILE: "C:\\Users\\a", HOMEDRIVE: "H:", HOMEPATH: "\\", HOME: "C:\\msys\\a" };
  const config = (env: Record<string, string>): string =>
    findLocations((name) => env[name], true, (path) => path).config;
  assert.equal(config(all), "C:\\Users\\a\\.aws\\config");
  assert.equal(config({ ...all, USERPROFILE: "" }), "H:\\.aws\\config");
  assert.equal(config({ HOME: all.HOME }), "C:\\msys\\a\\.aws\\config");
  assert.equal(config({ USERPROFILE: "\\\\server\\a" }), "//server\\a\\.aws\\config");
});

Deno.test("an empty variable counts as not set", () => {
  assert.equal(at({ HOME: "/h", AWS_CONFIG_FILE: "" }).config, "/h/.aws/config");
  assert.equal(at({ HOME: "", USERPROFILE: "C:\\u" }, true).config, "C:\\u\\.aws\\config");
});

Deno.test("without a home the two variables are enough, and otherwise it is said which to set", () => {
  const both = { AWS_CONFIG_FILE: "/c", AWS_SHARED_CREDENTIALS_FILE: "/k" };
  assert.equal(at(both).credentials, "/k");
  assert.throws(() => at({ AWS_CONFIG_FILE: "/c" }), (error) => {
    assert.ok(error instanceof FileError);
    assert.match(error.message, /HOME is not set/);
    return true;
  });
  assert.throws(() => at({ HOMEDRIVE: "C:" }, true), /USERPROFILE is not set/);
});

Deno.test("the profile is that of AWS_PROFILE, else of AWS_DEFAULT_PROFILE, else 'default'", () => {
  const found = (env: Record<string, string>): unknown[] =>
    Object.values(profileFromVariables((name) => env[name]));
  assert.deepEqual(found({ AWS_PROFILE: "a", AWS_DEFAULT_PROFILE: "b" }), ["a", "AWS_PROFILE"]);
  assert.deepEqual(found({ AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "b" }), ["b", "AWS_DEFAULT_PROFILE"]);
  assert.deepEqual(found({}), ["default", undefined]);
});

Deno.test("a slash behind the home is not doubled, also where the home is the root folder", () => {
  const at = (HOME: string): string =>
    findLocations((name) => name === "HOME" ? HOME : undefined, false, (path) => path).config;
  assert.deepEqual([at("/"), at("//"), at("/home/me/")], [
    "/.aws/config",
    "/.aws/config",
    "/home/me/.aws/config",
  ]);
  const env = (name: string): string | undefined => name === "USERPROFILE" ? "C:\\Users\\me\\" : undefined;
  assert.equal(findLocations(env, true, (path) => path).config, "C:\\Users\\me\\.aws\\config");
});
