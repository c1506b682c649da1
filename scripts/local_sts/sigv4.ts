import { createHash, createHmac } from "node:crypto";
import { incompleteSignature, Refusal } from "./refusal.ts";

/** An HTTP request as it came over the wire: `target` is path and query, header names are in lower case. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What an Authorization header of AWS Signature Version 4 claims. */
export interface Claim {
  readonly accessKeyId: string;
  /** YYYYMMDD. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** YYYYMMDDTHHMMSSZ, from X-Amz-Date. */
  readonly date: string;
}

const algorithm = "AWS4-HMAC-SHA256";

/**
 * Reads the claim of a signed request, without a look at whether it is true.
 * The header's form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function readClaim(request: WireRequest): Claim {
  const header = request.headers.get("authorization");
  if (header === undefined) {
    throw new Refusal(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  }
  const parts = new RegExp(
    `^${algorithm} Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$`,
  )
    .exec(header);
  const [, credential = "", signedHeaders = "", signature = ""] = parts ?? [];
  const scope = credential.split("/");
  if (parts === null || scope.length !== 5) {
    throw incompleteSignature(
      "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters, and a Credential of " +
        "the form ACCESS_KEY/DATE/REGION/SERVICE/aws4_request.",
    );
  }
  const date = request.headers.get("x-amz-date");
  if (date === undefined || !/^\d{8}T\d{6}Z$/.test(date)) {
    throw incompleteSignature(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  const [accessKeyId = "", day = "", region = "", service = "", terminator = ""] = scope;
  return {
    accessKeyId,
    day,
    region,
    service,
    terminator,
    signedHeaders: signedHeaders.split(";"),
    signature,
    date,
  };
}

/** The signature that this request must carry if it was signed with `secretAccessKey`: hex, over the raw body. */
export function expectedSignature(request: WireRequest, claim: Claim, secretAccessKey: string): string {
  const scope = [claim.day, claim.region, claim.service, claim.terminator].join("/");
  const toSign = [algorithm, claim.date, scope, sha256(canonicalRequest(request, claim.signedHeaders))].join(
    "\n",
  );
  let key = hmac(`AWS4${secretAccessKey}`, claim.day);
  for (const part of [claim.region, claim.service, claim.terminator]) key = hmac(key, part);
  return createHmac("sha256", key).update(toSign).digest("hex");
}

function canonicalRequest(request: WireRequest, signedHeaders: readonly string[]): string {
  const [path = "/", query = ""] = request.target.split(/\?(.*)/s);
  const headers = signedHeaders.map((name) =>
    `${name}:${(request.headers.get(name) ?? "").trim().replace(/ +/g, " ")}\n`
  );
  return [
    request.method,
    // Every service but S3 signs the path as it stands on the wire, encoded once more.
    path.split("/").map(encode).join("/"),
    canonicalQuery(query),
    headers.join(""),
    signedHeaders.join(";"),
    sha256(request.body),
  ].join("\n");
}

function canonicalQuery(query: string): string {
  const pairs = query.split("&").filter((pair) => pair !== "").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return [encode(decode(name)), encode(decode(value))] as const;
  });
  pairs.sort(([a, x], [b, y]) => a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0);
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Uint8Array, data: string): Uint8Array {
  return createHmac("sha256", key).update(data).digest();
}
