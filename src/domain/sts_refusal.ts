import { type Failure, NetworkError, RefusedError } from "../errors.ts";
import { describeSeconds } from "./duration.ts";

/** What AWS answered instead of what was asked for. Thrown by the adapter; workflows tell what it means. */
export class StsRefusal extends Error {
  /** AWS's error code, such as "AccessDenied". */
  readonly code: string;
  /** How many requests were sent until this answer. */
  readonly attempts: number;
  /** This machine's clock less AWS's, in seconds, by the answer's Date header. */
  readonly clockAheadSeconds: number;

  constructor(code: string, message: string, attempts: number, clockAheadSeconds: number) {
    super(message);
    this.code = code;
    this.attempts = attempts;
    this.clockAheadSeconds = clockAheadSeconds;
  }
}

/** What the request was about, for the words of the error. */
export interface Asked {
  readonly profile: string;
  readonly accessKeyId: string;
  readonly serial: string | undefined;
  readonly region: string;
}

/** AWS takes a signature for 15 minutes (AWS General Reference, "Signature Version 4", error texts). */
export const CLOCK_TOLERANCE_SECONDS = 15 * 60;

/**
 * The failure that a person is told. AWS's codes and texts are those of the STS API reference ("Common errors",
 * GetSessionToken) and of real answers, where MFA refusals are all AccessDenied and differ in their text only.
 */
export function explainRefusal(refusal: StsRefusal, asked: Asked): Failure {
  const { code, message, clockAheadSeconds } = refusal;
  const text = message.toLowerCase();
  if (Math.abs(clockAheadSeconds) >= CLOCK_TOLERANCE_SECONDS) return clockIsOff(clockAheadSeconds);
  if (code === "AccessDenied" && text.includes("one time pass code")) {
    return text.includes("must provide") ? unknownRefusal(refusal) : wrongCode(refusal, asked);
  }
  if (code === "AccessDenied" && text.includes("multifactorauthentication")) return wrongDevice(asked);
  if (code === "AccessDenied" && text.includes("session credentials")) return sessionAsSource(asked);
  if (isThrottling(code)) {
    return new RefusedError(
      "AWS refused: too many requests, also after several tries",
      "try again in a minute",
    );
  }
  if (code.startsWith("AccessDenied")) {
    return new RefusedError(
      `AWS refused: ${withoutSecrets(message)}`,
      "an administrator must allow this action for the user",
    );
  }
  return EXPLAINED[code]?.(asked) ?? unknownRefusal(refusal);
}

/** True for an answer of AWS that says "later". */
export function isThrottling(code: string): boolean {
  return /^(Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException)$/.test(code);
}

const EXPLAINED: Record<string, (asked: Asked) => Failure> = {
  InvalidClientTokenId: ({ profile, accessKeyId, region }) =>
    new RefusedError(
      `AWS does not know the access key '${accessKeyId}' of profile '${profile}' (asked in ${region})`,
      "is it active, and of this partition? IAM console > Users > Security credentials shows it",
    ),
  SignatureDoesNotMatch: ({ profile, accessKeyId }) =>
    new RefusedError(
      `the secret access key of profile '${profile}' does not belong to '${accessKeyId}'`,
      "was it pasted whole? aws configure sets both anew",
    ),
  ExpiredToken: (asked) => sessionAsSource(asked),
  RegionDisabledException: ({ region }) =>
    new RefusedError(
      `STS is not enabled for this account in region '${region}'`,
      "name another one: --region us-east-1",
    ),
};

function wrongCode({ attempts }: StsRefusal, { serial }: Asked): Failure {
  const device = serial === undefined ? "" : ` of ${serial}`;
  // After a broken connection AWS may have taken the code already: then the second request is refused.
  if (attempts > 1) {
    return new RefusedError(
      `AWS refused the token code${device} on try ${attempts}: an earlier try, whose answer was lost, may have used it`,
      "wait for the next code, then try again",
    );
  }
  return new RefusedError(
    `AWS refused the token code${device}: it is wrong, or was used already`,
    "wait for the next code, and see that it is the code of this device",
  );
}

function wrongDevice({ serial, profile }: Asked): Failure {
  return new RefusedError(
    `'${serial}' is not an MFA device of the user whose keys profile '${profile}' holds`,
    "name the device with --serial ARN; the IAM console shows it under Users > Security credentials",
  );
}

function sessionAsSource({ profile }: Asked): Failure {
  return new RefusedError(
    `the keys of profile '${profile}' are temporary, and AWS gives a session for long-term keys only`,
    "log in with a profile that holds an IAM user's access key: awsmfa -p NAME",
  );
}

function clockIsOff(aheadSeconds: number): Failure {
  const direction = aheadSeconds > 0 ? "ahead of" : "behind";
  return new RefusedError(
    `this machine's clock is ${
      describeSeconds(Math.abs(aheadSeconds))
    } ${direction} AWS's, and AWS refuses that`,
    "set the clock, on Linux: sudo timedatectl set-ntp true",
  );
}

function unknownRefusal(refusal: StsRefusal): Failure {
  const Kind = refusal.code === "InternalFailure" || refusal.code === "ServiceUnavailable"
    ? NetworkError
    : RefusedError;
  return new Kind(
    `AWS refused: ${refusal.code}: ${withoutSecrets(refusal.message)}`,
    Kind === NetworkError ? "AWS is in trouble; try again later" : undefined,
  );
}

/** One line of AWS's text; a canonical request in it may hold a session token. */
function withoutSecrets(message: string): string {
  const [line = ""] = message.split("\n");
  return line.trim().slice(0, 300);
}
