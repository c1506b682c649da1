import { Refusal } from "./refusal.ts";

/** What became of a request; `status` is 0 where no answer was sent, and `errorCode` then "reset", "lost" or "hang". */
export interface LoggedRequest extends ArrivedRequest {
  readonly status: number;
  readonly errorCode?: string;
}

/** A request as it came. `connection` is the client's port number; texts are empty where the request has none. */
export interface ArrivedRequest {
  readonly action: string;
  readonly accessKeyId: string;
  readonly connection: number;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
}

/** How a planned failure looks: an error answer, the TCP connection closed without one, or that after the action was done. */
export type FailureKind = "throttle" | "500" | "503" | "reset" | "lost";

/** What can be set while the server runs. */
export interface Behaviour {
  /** Milliseconds before every answer. */
  delayMs: number;
  /**
   * Failures of the next `count` requests, whatever they ask; counts down as they come. fetch itself sends a request
   * once more when a connection it had used before is reset: such a client needs one "reset" more.
   */
  failNext: { count: number; kind: FailureKind };
  /** Seconds that the server's clock is ahead of the machine's (signature times, Date header, expirations). */
  clockOffsetSeconds: number;
  /** Requests are read and never answered, until close. */
  hang: boolean;
  /** Role sessions asked for with a GetSessionToken session are held to one hour, like chained ones. */
  chainCap: boolean;
  /** Of the first requests that a new access key signs: which are refused, as IAM is consistent only after a while. */
  newKeyRefusals: readonly boolean[];
  /** Role sessions last no longer than this, whatever was asked for; undefined for what is asked. */
  roleSeconds: number | undefined;
  /** Called, and waited for, as a request arrives and before anything is checked. */
  onRequest: ((request: ArrivedRequest) => void | Promise<void>) | undefined;
}

/** A server without quirks. */
export function calmBehaviour(): Behaviour {
  return {
    delayMs: 0,
    failNext: { count: 0, kind: "500" },
    clockOffsetSeconds: 0,
    hang: false,
    chainCap: true,
    newKeyRefusals: [],
    roleSeconds: undefined,
    onRequest: undefined,
  };
}

/** The failure that was planned for this request, if one was; takes it off the count. */
export function takeFailure(behaviour: Behaviour): FailureKind | undefined {
  const { count, kind } = behaviour.failNext;
  if (count <= 0) return undefined;
  behaviour.failNext = { count: count - 1, kind };
  return kind;
}

/** The error answer of a planned failure: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export function plannedRefusal(kind: Exclude<FailureKind, "reset" | "lost">): Refusal {
  switch (kind) {
    case "throttle":
      return new Refusal(400, "Throttling", "Rate exceeded");
    case "500":
      return new Refusal(
        500,
        "InternalFailure",
        "The request processing has failed because of an unknown error, exception or failure.",
      );
    case "503":
      return new Refusal(
        503,
        "ServiceUnavailable",
        "The request has failed due to a temporary failure of the server.",
      );
  }
}
