import type { Answer } from "./answers.ts";
import type { Call } from "./call.ts";
import { checkConstraints, roleConstraints } from "./constraints.ts";
import { credentialsAnswer } from "./get_session_token.ts";
import { provesMfa } from "./mfa.ts";
import type { Principal, Role } from "./people.ts";
import { accessDenied, validationError } from "./refusal.ts";

const chainedMaxSeconds = 3600;

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * A code is used up even where the role is refused afterwards.
 */
export function assumeRole(call: Call): Answer {
  const { params, caller, directory, now } = call;
  const { principal } = caller;
  checkConstraints(params, roleConstraints);
  if (principal.kind === "root") throw accessDenied("Roles may not be assumed by root accounts.");
  const codeGiven = provesMfa(params, principal, call.deviceNow);
  // The caller's MFA does not travel along a chain of roles: a role session never has it.
  const mfa = codeGiven || (caller.session?.mfa ?? false);
  const roleArn = params.get("RoleArn") ?? "";
  const role = directory.roles.get(roleArn);
  const refusal =
    `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  if (principal.denied.includes("sts:AssumeRole")) {
    throw accessDenied(`${refusal} with an explicit deny in an identity-based policy`);
  }
  if (role === undefined || !trusts(role, principal)) throw accessDenied(refusal);
  if (role.requireMfa && !mfa) throw accessDenied(refusal);
  if (role.externalId !== undefined && role.externalId !== params.get("ExternalId")) {
    throw accessDenied(refusal);
  }
  const asked = Number(params.get("DurationSeconds") ?? 3600);
  checkDuration(call, role, asked);
  const seconds = Math.min(asked, call.roleSeconds ?? asked);
  const sessionName = params.get("RoleSessionName") ?? "";
  const assumed: Principal = {
    kind: "role",
    arn: `arn:${role.partition}:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`,
    accountId: role.accountId,
    userId: `${role.roleId}:${sessionName}`,
    partition: role.partition,
    name: role.name,
    roleArn: role.arn,
    devices: [],
    denied: [],
    iamNeedsMfa: false,
  };
  return {
    Credentials: credentialsAnswer(directory.issue(assumed, now + seconds * 1000, false)),
    AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
  };
}

function trusts(role: Role, principal: Principal): boolean {
  if (role.partition !== principal.partition) return false;
  if (role.trusts === true) return role.accountId === principal.accountId;
  return role.trusts.includes(principal.arn) ||
    (principal.roleArn !== undefined && role.trusts.includes(principal.roleArn));
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
function checkDuration({ caller, chainCap }: Call, role: Role, seconds: number): void {
  const chained = caller.principal.kind === "role" || (chainCap && caller.session !== undefined);
  if (chained && seconds > chainedMaxSeconds) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
  if (seconds > role.maxDurationSeconds) {
    throw validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
}
