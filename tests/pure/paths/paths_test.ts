import assert from "node:assert/strict";
import { folderOf } from "../../../src/domain/paths/folder_of.ts";
import { inFolder } from "../../../src/domain/paths/in_folder.ts";
import { plainPath } from "../../../src/domain/paths/plain_path.ts";

Deno.test("the folder of a path can be read and written to, also where it is a drive's root", () => {
  const cases: [path: string, folder: string][] = [
    ["/home/a/.aws/credentials", "/home/a/.aws"],
    ["/credentials", "/"],
    ["credentials", "."],
    ["C:\\Users\\a\\.aws\\credentials", "C:\\Users\\a\\.aws"],
    ["C:\\creds", "C:\\"],
    ["C:/creds", "C:/"],
    ["\\creds", "\\"],
    ["//server/share/creds", "//server/share"],
  ];
  for (const [path, folder] of cases) assert.equal(folderOf(path), folder, path);
});

Deno.test("what is in a folder has a path in the folder's own way to write one, and leads back to it", () => {
  const cases: [folder: string, path: string][] = [
    ["/home/a", "/home/a/x"],
    ["/", "/x"],
    [".", "./x"],
    ["C:\\", "C:\\x"],
    ["C:\\a", "C:\\a\\x"],
    ["C:\\a/b", "C:\\a/b/x"],
    ["C:/a", "C:/a/x"],
    ["\\a", "\\a\\x"],
    ["//server/share", "//server/share/x"],
  ];
  for (const [folder, path] of cases) {
    assert.equal(inFolder(folder, "x"), path);
    assert.equal(folderOf(path), folder);
  }
});

Deno.test("a path of Windows that Deno takes for a device's is written in its plain form", () => {
  const cases: [path: string, plain: string][] = [
    ["\\\\server\\share\\creds", "//server\\share\\creds"],
    ["\\\\?\\UNC\\server\\share\\creds", "//server\\share\\creds"],
    ["\\\\?\\C:\\creds", "C:\\creds"],
    ["\\\\.\\NUL", "\\\\.\\NUL"],
    ["\\\\?\\Volume{1}\\creds", "\\\\?\\Volume{1}\\creds"],
    ["C:\\creds", "C:\\creds"],
    ["\\creds", "\\creds"],
  ];
  for (const [path, plain] of cases) assert.equal(plainPath(path), plain);
});
