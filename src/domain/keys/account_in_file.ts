import type { Section } from "../aws_files/ini.ts";
import { ACCOUNT_KEY, ownershipOf } from "./session_mark.ts";

/**
 * What a login writes as `aws_account_id` into the section of the credentials file: boto3 and the SDKs take a session's
 * account from there, and those that read both files together from the config file, and build host names of it. Undefined
 * where nothing wrong stands in either file, or nobody knows the account: then what stands there is a person's.
 */
export function accountToWrite(
  section: Section | undefined,
  accountId: string | undefined,
  inConfig: string | undefined,
): string | undefined {
  const there = section?.properties.filter(({ key }) => key === ACCOUNT_KEY) ?? [];
  if (accountId === undefined) return undefined;
  if (there.length === 0) return inConfig === undefined || inConfig === accountId ? undefined : accountId;
  const own = section === undefined ? [] : ownershipOf(section).own;
  const isRight = there.every((each) => each.value === accountId && !own.includes(each));
  return isRight ? undefined : accountId;
}
