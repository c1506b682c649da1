import { accountOfArn } from "../aws/partition.ts";
import type { RoleStep } from "../placement/role.ts";

/** What AWS was asked with for a session. */
export interface CodeProof {
  /** The user's ARN, where AWS was asked for it. */
  readonly callerArn?: string | undefined;
  /** Of the device: an ARN, or for a hardware token a number, which says nothing of the account. */
  readonly serial?: string | undefined;
}

/** The account that a session is of, twelve digits; undefined where nobody knows it without asking AWS. */
export function sessionAccount(
  roles: readonly Pick<RoleStep, "arn">[],
  { callerArn, serial }: CodeProof,
): string | undefined {
  const arn = roles.at(-1)?.arn ?? callerArn ?? serial;
  return arn === undefined ? undefined : accountOfArn(arn);
}
