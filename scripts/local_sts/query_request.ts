import { actions } from "./actions.ts";
import { type Answer, apiVersion, type Service } from "./answers.ts";
import { authenticate } from "./authenticate.ts";
import type { Call } from "./call.ts";
import type { Directory } from "./directory.ts";
import { Refusal } from "./refusal.ts";
import { readClaim, type WireRequest } from "./sigv4.ts";

/** A request of the AWS Query protocol, read and not yet judged. */
export interface QueryRequest {
  readonly wire: WireRequest;
  readonly params: ReadonlyMap<string, string>;
  readonly action: string;
  /** Who should answer, so that an error speaks with that service's namespace. */
  readonly service: Service;
}

/** Reads the parameters: of a POST from its form body, of a GET from its query. */
export function readQuery(wire: WireRequest): QueryRequest {
  const [, query = ""] = wire.target.split(/\?(.*)/s);
  const form = new URLSearchParams(wire.method === "POST" ? new TextDecoder().decode(wire.body) : query);
  const params = new Map(form);
  const action = params.get("Action") ?? "";
  const service = actions.get(action)?.service ?? (params.get("Version") === apiVersion.iam ? "iam" : "sts");
  return { wire, params, action, service };
}

/** Times in milliseconds since 1970, as in Call. */
export interface Clocks {
  readonly now: number;
  readonly deviceNow: number;
}

/** The result that the signed request gets; throws the Refusal that AWS would answer with. */
export function answerQuery(
  { wire, params, action, service }: QueryRequest,
  directory: Directory,
  { now, deviceNow }: Clocks,
  behaviour: Pick<Call, "chainCap" | "newKeyRefusals" | "roleSeconds">,
): Answer {
  const claim = readClaim(wire);
  const caller = authenticate(wire, claim, service, directory, now);
  if (action === "") throw new Refusal(400, "MissingAction", "The request must contain the parameter Action");
  const known = actions.get(action);
  const version = params.get("Version") ?? "";
  if (known === undefined || version !== apiVersion[known.service]) {
    throw new Refusal(400, "InvalidAction", `Could not find operation ${action} for version ${version}`);
  }
  const call = { params, caller, directory, now, deviceNow, ...behaviour };
  const answer = known.run(call);
  caller.lastUse = { time: now, region: claim.region, service };
  return answer;
}

/** The access key ID and region that a request names, empty where it names none: for the log, so never an error. */
export function namedIn(wire: WireRequest): { accessKeyId: string; region: string } {
  try {
    const { accessKeyId, region } = readClaim(wire);
    return { accessKeyId, region };
  } catch {
    return { accessKeyId: "", region: "" };
  }
}
