import type { Stage } from "./stage.ts";
import { section } from "./stage.ts";

const NOW_AND_THEN = 20_000;

/** A section with a session that ends in so many seconds, as `status` shows them whatever the machine's speed. */
export function sessionSection(profile: string, seconds: number, more = ""): string {
  const until = new Date(Date.now() + seconds * 1000 + NOW_AND_THEN).toISOString().replace(/\.\d+Z$/, "Z");
  return `[${profile}]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${
    "s".repeat(40)
  }\n` +
    `aws_session_token = ${"t".repeat(300)}\nx_security_token_expires = ${until}\n${more}`;
}

/** One profile of every kind, and many more. */
export function writeThirtyProfiles({ home, user }: Stage): void {
  const more = Array.from(
    { length: 24 },
    (_, i) => section(`account-${String(i + 1).padStart(2, "0")}`, user),
  );
  home.write(
    ".aws/credentials",
    section("default", user) + sessionSection("in-place", 43_200) + sessionSection("other-tool", 4_200) +
      sessionSection("soon", 600) + sessionSection("yesterday", -90_000) +
      sessionSection("admin", 1_800, "x_principal_arn = arn:aws:sts::123456789012:assumed-role/admin/me\n") +
      more.join(""),
  );
  home.write(".aws/credentials_backup_by_awsmfa", section("in-place", user));
  home.write(
    ".aws/config",
    `[default]\nregion = eu-west-1\nmfa_serial = ${user.serial}\n` +
      "[profile admin]\nawsmfa_role_arn = arn:aws:iam::123456789012:role/admin\n" +
      "awsmfa_source_profile = default\nregion = us-gov-west-1\n" +
      "[profile audit]\nrole_arn = arn:aws:iam::123456789012:role/audit\nsource_profile = default\n" +
      `[profile account-01]\nmfa_serial = arn:aws:iam::123456789012:mfa/${
        "long-name-".repeat(6)
      }\nregion = eu-west-1\n` +
      "[profile no-keys]\nregion = eu-west-1\n",
  );
}
