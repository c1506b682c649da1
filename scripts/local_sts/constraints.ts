import { validationError } from "./refusal.ts";

/** What AWS demands of one parameter; lengths in characters, `min` and `max` are values of a number. */
export interface Constraint {
  readonly name: string;
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** As AWS writes it down: of the whole value. */
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** The range of GetSessionToken: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const sessionConstraints: readonly Constraint[] = [
  { name: "DurationSeconds", min: 900, max: 129600 },
  { name: "SerialNumber", minLength: 9, maxLength: 256, pattern: "[\\w+=/:,.@-]*" },
  { name: "TokenCode", minLength: 6, maxLength: 6, pattern: "[\\d]*" },
];

/** The ranges of AssumeRole: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const roleConstraints: readonly Constraint[] = [
  { name: "RoleArn", required: true, minLength: 20, maxLength: 2048 },
  { name: "RoleSessionName", required: true, minLength: 2, maxLength: 64, pattern: "[\\w+=,.@-]*" },
  { name: "DurationSeconds", min: 900, max: 43200 },
  { name: "ExternalId", minLength: 2, maxLength: 1224, pattern: "[\\w+=,.@:\\/-]*" },
  { name: "SerialNumber", minLength: 9, maxLength: 256, pattern: "[\\w+=/:,.@-]*" },
  { name: "TokenCode", minLength: 6, maxLength: 6, pattern: "[\\d]*" },
];

/** Throws one ValidationError that tells of every constraint not kept, in AWS's words. */
export function checkConstraints(
  params: ReadonlyMap<string, string>,
  constraints: readonly Constraint[],
): void {
  const broken = constraints.flatMap((each) => brokenBy(each, params.get(each.name)));
  if (broken.length === 0) return;
  const errors = broken.length === 1 ? "error" : "errors";
  throw validationError(`${broken.length} validation ${errors} detected: ${broken.join("; ")}`);
}

function brokenBy(constraint: Constraint, value: string | undefined): string[] {
  const member = constraint.name.charAt(0).toLowerCase() + constraint.name.slice(1);
  const demand = (what: string): string =>
    `Value ${
      value === undefined ? "null" : `'${value}'`
    } at '${member}' failed to satisfy constraint: Member must ${what}`;
  if (value === undefined) return constraint.required ? [demand("not be null")] : [];
  const { minLength, maxLength, pattern, min, max } = constraint;
  const demands: string[] = [];
  if (min !== undefined && !(Number(value) >= min)) {
    demands.push(demand(`have value greater than or equal to ${min}`));
  }
  if (max !== undefined && Number(value) > max) {
    demands.push(demand(`have value less than or equal to ${max}`));
  }
  if (minLength !== undefined && value.length < minLength) {
    demands.push(demand(`have length greater than or equal to ${minLength}`));
  }
  if (maxLength !== undefined && value.length > maxLength) {
    demands.push(demand(`have length less than or equal to ${maxLength}`));
  }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) {
    demands.push(demand(`satisfy regular expression pattern: ${pattern}`));
  }
  return demands;
}
