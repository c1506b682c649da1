import { type FileKind, isPlainName } from "../aws_files/section_header.ts";
import { listOf } from "../text/list_of.ts";
import type { MissingSession } from "./missing_session.ts";
import { NO_PROFILE } from "./reading.ts";
import { sayUnseen } from "./say_unseen.ts";

/** What is said of readers that don't read a profile as it is meant, in a line; undefined where all of them do. */
export function sayMissing(
  missing: readonly MissingSession[],
  profile: string,
  paths: Record<FileKind, string>,
  cure: string,
): string | undefined {
  if (missing.length === 0) return undefined;
  const said = missing.slice(0, 2).map((each) => clause(each, profile, paths));
  const left = missing.slice(2).flatMap(({ readers }) => readers);
  const clauses = left.length === 0 ? said : [...said, `${listOf(left)} won't use it, either`];
  return `${clauses.join("; ")} (${cure})`;
}

function clause(
  { readers, what, why, file, line }: MissingSession,
  profile: string,
  paths: Record<FileKind, string>,
): string {
  const who = listOf(readers);
  const at = line === undefined ? "" : `line ${line}`;
  const path = file === undefined ? "" : paths[file];
  const place = [at, path].filter((word) => word !== "").join(" of ");
  const one = readers.length === 1;
  switch (what) {
    case "refuses":
      return `${who} can't read ${path} (${at}: ${why})`;
    case "goes on":
      return `${who} ${one ? "goes" : "go"} on with the long-term key (${place})`;
    case "half":
      return `${who} ${one ? "takes" : "take"} the session's key ID with another secret or token (${place})`;
    case "asks":
      return `${who} ${one ? "looks" : "look"} at ${why} first (${place})`;
    case "finds":
      if (why === NO_PROFILE && !isPlainName(profile)) return sayUnseen(readers, [profile]);
      return `${who} ${one ? "finds" : "find"} no keys in '${profile}' (${why}${
        place === "" ? "" : `, ${place}`
      })`;
    case "others":
      return `${who} ${one ? "reads" : "read"} profile '${why}' otherwise while '${profile}' is logged in`;
  }
}
