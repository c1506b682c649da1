import { UsageError } from "../../errors.ts";
import { parseIni } from "./ini.ts";
import { type FileKind, writeHeader } from "./section_header.ts";

/** The section that the AWS CLI lets every other one inherit from (Python's configparser, default_section). */
const INHERITED = "DEFAULT";

/** What the AWS CLI's quoting, brackets and comments leave no profile name in a header to have. */
// deno-lint-ignore no-control-regex
const UNWRITABLE = /[\u0000-\u001f\u007f\[\]"'#;\\]/;

/**
 * Throws {@linkcode UsageError} for a name that a new section of these files can't have: its header would be read
 * back as another one, or every profile would inherit what stands below it.
 */
export function checkProfileName(name: string, ...files: FileKind[]): void {
  refuseInherited(name);
  const unread = (files.length > 0 ? files : BOTH).find((file) => !isReadBack(name, file));
  if (unread === undefined) return;
  const [, meant] = /^profile\s+(\S.*)$/.exec(name) ?? [];
  if (meant !== undefined && !UNWRITABLE.test(meant)) {
    throw new UsageError(
      `'${name}' is a section's header in the config file, and not a profile's name`,
      `leave out the word 'profile': '${meant}'`,
    );
  }
  throw new UsageError(
    `profile name ${JSON.stringify(name)} can't be written: it would be read as another one`,
    "choose a name of letters, digits and - _ / . % @ : +",
  );
}

/** Throws {@linkcode UsageError} for the section whose keys the AWS CLI reads in every profile. */
export function refuseInherited(name: string): void {
  if (name !== INHERITED) return;
  throw new UsageError(
    `the AWS CLI lets every profile inherit what is in [${INHERITED}], so no session can be written there`,
    "the default profile's name is 'default', in small letters",
  );
}

const BOTH: FileKind[] = ["credentials", "config"];

function isReadBack(name: string, file: FileKind): boolean {
  if (name === "" || name.trim() !== name || UNWRITABLE.test(name)) return false;
  const { sections } = parseIni(`${writeHeader(name, file)}\n`, file, "");
  const [section] = sections;
  return section?.name === name && (section.kind === "profile" || section.kind === "cli-profile");
}
