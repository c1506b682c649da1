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
export interface CallContext {
  readonly profile: string;
  readonly accessKeyId: string;
  readonly secretLength: number;
  readonly serial: string | undefined;
  readonly region: string;
  /** The role that was to be assumed. */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
}

/** AWS takes a signature for 15 minutes (AWS General Reference, "Signature Version 4", error texts). */
export const CLOCK_TOLERANCE_SECONDS = 15 * 60;
/** True where AWS does not take the code: it is wrong, old or was used. The code is not consumed. */
export function isWrongCode({ code, message }: StsRefusal): boolean {
  return code === "AccessDenied" && /invalid mfa one time pass code/i.test(message);
}

/** True where the serial number is none of the caller's devices. The code is not consumed. */
export function isWrongDevice({ code, message }: StsRefusal): boolean {
  return code === "AccessDenied" && /unable to validate mfa code/i.test(message);
}

/** True where AWS takes the session no more, for whatever it is asked with it: another one of the same user may help. */
export function isSessionOver({ code }: StsRefusal): boolean {
  return /^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException)$/.test(code);
}

/** True where AWS does not take the access key, so that another one may help. */
export function isWrongKey({ code }: StsRefusal): boolean {
  return /^(InvalidClientTokenId|SignatureDoesNotMatch)$/.test(code);
}

/** True for an answer of AWS that says "later". */
export function isThrottling(code: string): boolean {
  return /^(Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException)$/.test(code);
}
