import { type Ini, lastValue } from "../aws_files/ini.ts";
import { lineAt } from "../aws_files/find_section.ts";
import { profileOption, type ShellSyntax } from "../shell/shell_word.ts";

/**
 * What is said of roles whose source has a session and that name an MFA device all the same, in a line: the session
 * would do, but no AWS tool knows that it was had with a code. Undefined where there is none.
 */
export function sayRolesOver(config: Ini, source: string, shell: ShellSyntax): string | undefined {
  const roles = config.sections.filter((section) =>
    lastValue(section, "source_profile") === source && lastValue(section, "role_arn") &&
    lastValue(section, "mfa_serial") && section.name !== source && /profile$/.test(section.kind)
  );
  const [first, second] = roles;
  if (first === undefined) return undefined;
  const device = first.properties.findLast(({ key }) => key === "mfa_serial");
  const [names, them] = second === undefined ? [`role '${first.name}'`, "it"] : [
    roles.length === 2
      ? `roles '${first.name}' and '${second.name}'`
      : `roles '${first.name}', '${second.name}' and ${roles.length - 2} more`,
    "them",
  ];
  return `${names} over '${source}': the AWS CLI still asks for a code, and Go and Terraform refuse ${them} ` +
    `(mfa_serial, line ${lineAt(config, device?.start ?? first.start)} of ${config.path}); ` +
    `awsmfa${profileOption(first.name, shell)} logs in to ${
      second === undefined ? "it" : "the first"
    } without one`;
}
