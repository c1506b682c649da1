import type { Entry } from "./backup_format.ts";
import type { Ini, Section } from "../aws_files/ini.ts";
import type { Property } from "../aws_files/property.ts";
import { removeProperties, sectionText } from "../aws_files/ini_edit.ts";
import { writeHeader } from "../aws_files/section_header.ts";

/** There was no section before the login: it goes, unless somebody wrote into it; a comment is of what is below. */
export function removeSession(
  file: Ini,
  section: Section,
  own: readonly Property[],
  entry: Entry,
): string {
  const rest = sectionText(file, section, own);
  const below = rest.slice(section.bodyStart - section.start);
  const header = rest.slice(0, section.bodyStart - section.start).trim();
  const isLast = section.end === file.text.length;
  const isLeft = header === writeHeader(section.name, "credentials") &&
    (isLast ? below.trim() === "" : /^(?:[ \t]*(?:[#;].*)?\r?\n)*$/.test(below));
  if (!isLeft) return removeProperties(file, own);
  const kept = below.trim() === "" ? "" : below;
  const above = file.text.slice(0, section.start);
  // An empty line is enough between what stood before it and what stands behind.
  const isEnough = isLast || /^\r?\n/.test(kept);
  return (isEnough ? withoutJoint(above, entry) : above) + kept + file.text.slice(section.end);
}

/** The text without the line ends that a login put at its end, where they are still there. */
function withoutJoint(text: string, { lineEnds, wasOpen }: Entry): string {
  // Something may have given the backup other line ends.
  const joint = text.endsWith(lineEnds) ? lineEnds : lineEnds.replaceAll("\r", "");
  const rest = text.slice(0, text.length - joint.length);
  return text.endsWith(joint) && (wasOpen || rest.endsWith("\n")) ? rest : text;
}
