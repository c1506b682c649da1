import type { IgnoreFile } from "../../src/domain/paths/git_ignore.ts";

const top = (text: string): IgnoreFile => ({ folder: [], text });
const inAws = (text: string): IgnoreFile => ({ folder: ["aws"], text });

/** Of "aws/credentials_backup"; what git itself says of each stands in tests/spawned/files/git_ignore_test.ts. */
export const GIT_IGNORE_ROWS: readonly [files: readonly IgnoreFile[], isIgnored: boolean][] = [
  [[top("")], false],
  [[top("credentials\n")], false],
  [[top("credentials_backup\n")], true],
  [[top("credentials*\r\n")], true],
  [[top("/credentials_backup\n")], false],
  [[top("/aws/credentials_backup")], true],
  [[top("aws/credentials_backup")], true],
  [[top("aws")], true],
  [[top("aws/")], true],
  [[top("credentials_backup/")], false],
  [[top("*")], true],
  [[top("*\n!credentials_backup\n")], true],
  [[top("aws/*\n!aws/credentials_backup\n")], false],
  [[top("# credentials_backup\n")], false],
  [[top("credentials_backup   \n")], true],
  [[top("**/credentials_backup\n")], true],
  [[top("aws/**\n")], true],
  [[top("/**/credentials_backup\n")], true],
  [[top("credentials?backup\n")], true],
  [[top("aws?credentials_backup\n")], false],
  [[top("[a-d]redentials_backup\n")], true],
  [[top("[!a-d]redentials_backup\n")], false],
  [[top("\\credentials_backup\n")], true],
  [[top("cred.ntials_backup\n")], false],
  [[inAws("*\n")], true],
  [[inAws("/credentials_backup\n")], true],
  [[top("credentials_backup\n"), inAws("!credentials_backup\n")], false],
  [[top("aws/*\n"), inAws("!*\n")], false],
];
