import { type Failure, NetworkError, RefusedError } from "../../errors.ts";
import { SECRET_LENGTH } from "../keys/credentials.ts";
import { describeSeconds } from "../text/duration.ts";
import { nameOfPartition, otherPartitions } from "./partition.ts";
import {
  type CallContext,
  CLOCK_TOLERANCE_SECONDS,
  isThrottling,
  isWrongCode,
  isWrongDevice,
  StsRefusal,
} from "./sts_refusal.ts";
import { denied, roleRefused, roleTooLong, withoutSecrets } from "./explain_denial.ts";

/** How a clock is set, on each system. */
export const SET_CLOCK =
  "Linux: sudo timedatectl set-ntp true; macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync";

/**
 * The failure that a person is told. AWS's codes and texts are those of the STS API reference ("Common errors",
 * GetSessionToken) and of real answers, where MFA refusals are all AccessDenied and differ in their text only.
 */
export function explainRefusal(refusal: StsRefusal, context: CallContext): Failure {
  const { code, message, clockAheadSeconds } = refusal;
  const text = message.toLowerCase();
  if (Math.abs(clockAheadSeconds) >= CLOCK_TOLERANCE_SECONDS) return clockIsOff(clockAheadSeconds);
  // What is between may have changed the Date, or AWS taken the signature for no longer than 5 minutes.
  if (/^signature (expired|not yet current)/.test(text)) {
    return clockIsOff(aheadIn(message) ?? clockAheadSeconds);
  }
  if (isWrongCode(refusal)) return wrongCode(refusal, context);
  if (isWrongDevice(refusal)) return wrongDevice(context);
  if (code === "AccessDenied" && text.includes("session credentials")) return sessionAsSource(context);
  if (isThrottling(code)) {
    return new RefusedError(
      "AWS refused: too many requests, even after several retries",
      "try again in a minute",
    );
  }
  if (context.roleArn !== undefined && text.includes("durationseconds")) {
    return roleTooLong(message, context.roleArn);
  }
  if (context.roleArn !== undefined && code === "AccessDenied") return roleRefused(message, context);
  if (code.startsWith("AccessDenied")) return denied(message);
  return EXPLAINED.get(code)?.(context) ?? unknownRefusal(refusal);
}

const unknownKey = ({ profile, accessKeyId, region }: CallContext): Failure =>
  new RefusedError(
    `AWS doesn't recognize the access key '${accessKeyId}' of profile '${profile}' (region ${region}, ${
      nameOfPartition(region)
    })`,
    `it may be deleted or inactive; or it belongs to another partition: name that (${
      otherPartitions(region).join("; ")
    })`,
  );

const tooMuchInSession = ({ roleArn }: CallContext): Failure =>
  new RefusedError(
    `the session of ${roleArn ?? "the user"} would carry more tags and policies than AWS takes`,
    "fewer or shorter ones: session_tags of the profile; AWS counts those of the roles before it, too",
  );

/** By AWS's code; a map, since what answers may send any word: `constructor`. */
const EXPLAINED = new Map<string, (context: CallContext) => Failure>(Object.entries({
  InvalidClientTokenId: unknownKey,
  UnrecognizedClientException: unknownKey,
  AuthFailure: unknownKey,
  PackedPolicyTooLarge: tooMuchInSession,
  PackedPolicyTooLargeException: tooMuchInSession,
  OptInRequired: ({ profile }) =>
    new RefusedError(
      `the account of profile '${profile}' is not activated yet, or has no subscription to this service`,
      "sign in to the AWS console as who runs the account: it says what is to be finished",
    ),
  RequestExpired: () =>
    new RefusedError(
      "AWS refused: the request came too late, or this machine's clock is wrong",
      `try again; the clock is set so: ${SET_CLOCK}`,
    ),
  SignatureDoesNotMatch: ({ profile, accessKeyId, secretLength }) =>
    new RefusedError(
      `the secret access key of profile '${profile}' does not belong to '${accessKeyId}'`,
      secretLength === SECRET_LENGTH
        ? "was it pasted whole, and with the right key id? awsmfa setup sets both again"
        : `it has ${secretLength} characters instead of ${SECRET_LENGTH}: was it cut off? awsmfa setup sets it again`,
    ),
  ExpiredToken: (context) => sessionAsSource(context),
  ExpiredTokenException: (context) => sessionAsSource(context),
  RegionDisabledException: ({ region }) =>
    new RefusedError(
      `STS is not enabled for this account in region '${region}', which must be enabled first`,
      "name another one: --region us-east-1; or have the region enabled (AWS console > Account > Regions)",
    ),
}));

/** Some seconds less than a code is shown for, and it is another one. */
const CODE_SECONDS = 30;

/** True where the clock may be why a code is wrong: one that was made on this machine. */
export function isClockForCodes({ clockAheadSeconds }: StsRefusal): boolean {
  return Math.abs(clockAheadSeconds) >= CODE_SECONDS;
}

function wrongCode(refusal: StsRefusal, { serial }: CallContext): Failure {
  const { attempts, clockAheadSeconds } = refusal;
  const device = serial === undefined ? "" : ` of ${serial}`;
  // After a broken connection AWS may have taken the code already: then the second request is refused.
  if (attempts > 1) {
    return new RefusedError(
      `AWS rejected the MFA code${device} on try ${attempts}: an earlier try, whose answer was lost, may have used it`,
      "wait for the next code, then try again",
    );
  }
  return new RefusedError(
    `AWS rejected the MFA code${device}: it's wrong, expired or already used`,
    isClockForCodes(refusal)
      ? `this machine's clock is ${
        sayAhead(clockAheadSeconds)
      }: codes that are made on it fail for that (${SET_CLOCK})`
      : "wait for the next code, and check that it's from this device",
  );
}

function wrongDevice({ serial, profile }: CallContext): Failure {
  return new RefusedError(
    `'${serial}' isn't an MFA device of the user in profile '${profile}'`,
    "name the device with --serial ARN; the IAM console shows it under Users > Security credentials",
  );
}

function sessionAsSource({ profile }: CallContext): Failure {
  return new RefusedError(
    `the keys of profile '${profile}' are temporary; a session needs long-term keys`,
    "log in with a profile that holds an IAM user's access key: awsmfa -p NAME",
  );
}

function clockIsOff(aheadSeconds: number): Failure {
  return new RefusedError(
    `this machine's clock is ${sayAhead(aheadSeconds)}, and AWS refuses that`,
    SET_CLOCK,
  );
}

/** "20m behind AWS's". */
export function sayAhead(seconds: number): string {
  return `${describeSeconds(Math.abs(seconds))} ${seconds > 0 ? "ahead of" : "behind"} AWS's`;
}

/** "Signature expired: 20260101T000000Z is now earlier than ... (20260101T002000Z - 15 min.)": signed, and AWS's time. */
function aheadIn(message: string): number | undefined {
  const [signed, , now] = [...message.matchAll(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/g)]
    .map(([, ...parts]) => {
      const [year = 0, month = 1, day, hour, minute, second] = parts.map(Number);
      return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
    });
  return signed === undefined || now === undefined ? undefined : signed - now;
}

function unknownRefusal(refusal: StsRefusal): Failure {
  const Kind = refusal.code === "InternalFailure" || refusal.code === "ServiceUnavailable"
    ? NetworkError
    : RefusedError;
  return new Kind(
    `AWS refused: ${refusal.code}: ${withoutSecrets(refusal.message)}`,
    Kind === NetworkError ? "AWS is having problems; try again later" : undefined,
  );
}
