import { parseIni } from "../../src/domain/aws_files/ini.ts";
import { type FilesWithSession, placeSession } from "../../src/domain/changes/session_in_file.ts";
import type { User } from "../local_sts/server.ts";

/** A credentials file of `count` profiles, `[default]` with the user's keys in the middle of them. */
export function credentialsText(user: User, count: number): string {
  const middle = count >> 1;
  let text = "# kept by hand\n";
  for (let i = 0; i < count; i++) {
    text += i === middle
      ? `[default]\n${keyLines(user.accessKeyId, user.secretAccessKey)}`
      : `[profile-${i}]\n; of team ${i % 7}\n${keyLines(`AKIAEXAMPLE${i}`, `not/a/secret/${i}`)}`;
  }
  return text;
}

/** The credentials file and the backup after a first login of `[default]`. */
export function afterLogin(credentials: string): FilesWithSession {
  const backup = parseIni("", "credentials", "backup");
  return placeSession(parseIni(credentials, "credentials", "credentials"), backup, {
    profile: "default",
    session: {
      accessKeyId: "ASIAEXAMPLE",
      secretAccessKey: "not/a/secret",
      sessionToken: "token".repeat(100),
      expiration: new Date(),
    },
    binding: "0123456789abcdef",
  });
}

function keyLines(accessKeyId: string, secretAccessKey: string): string {
  return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n\n`;
}
