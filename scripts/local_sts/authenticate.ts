import type { Directory } from "./directory.ts";
import type { Credential } from "./people.ts";
import { invalidClientTokenId, Refusal, signatureDoesNotMatch } from "./refusal.ts";
import { type Claim, expectedSignature, type WireRequest } from "./sigv4.ts";

const toleranceMs = 15 * 60 * 1000;

/**
 * The key that signed the request, after every check that AWS makes before it looks at the action; `now` is the
 * server's clock in milliseconds. Throws a Refusal.
 * Codes: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
export function authenticate(
  request: WireRequest,
  claim: Claim,
  service: string,
  directory: Directory,
  now: number,
): Credential {
  const credential = directory.keys.get(claim.accessKeyId);
  if (credential === undefined || credential.status !== "Active") throw invalidClientTokenId();
  // A long-term key with a token is as wrong as a temporary one without.
  if (request.headers.get("x-amz-security-token") !== credential.session?.token) throw invalidClientTokenId();
  if (partitionOf(claim.region) !== credential.principal.partition) throw invalidClientTokenId();
  checkDate(claim, now);
  checkScope(request, claim, service);
  if (expectedSignature(request, claim, credential.secretAccessKey) !== claim.signature) {
    throw signatureDoesNotMatch(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access " +
        "Key and signing method. Consult the service documentation for details.",
    );
  }
  if (credential.session !== undefined && credential.session.expires <= now) {
    throw new Refusal(403, "ExpiredToken", "The security token included in the request is expired");
  }
  if (credential.refusals.shift()) throw invalidClientTokenId();
  return credential;
}

function checkDate(claim: Claim, now: number): void {
  const signed = Date.parse(claim.date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(signed) || signed < now - toleranceMs) {
    throw signatureDoesNotMatch(
      `Signature expired: ${claim.date} is now earlier than ${basic(now - toleranceMs)} (${
        basic(now)
      } - 15 min.)`,
    );
  }
  if (signed > now + toleranceMs) {
    throw signatureDoesNotMatch(
      `Signature not yet current: ${claim.date} is still later than ${basic(now + toleranceMs)} ` +
        `(${basic(now)} + 15 min.)`,
    );
  }
}

function checkScope(request: WireRequest, claim: Claim, service: string): void {
  if (claim.service !== service) {
    throw signatureDoesNotMatch(`Credential should be scoped to correct service: '${service}'.`);
  }
  if (claim.terminator !== "aws4_request") {
    throw signatureDoesNotMatch(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${claim.terminator}'.`,
    );
  }
  if (claim.day !== claim.date.slice(0, 8)) {
    throw signatureDoesNotMatch(
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: " +
        `'${claim.day}' != '${claim.date.slice(0, 8)}', from '${claim.date}'.`,
    );
  }
  // AWS has the host and every x-amz-* header signed, or else these could be changed on the way.
  const unsigned = [...request.headers.keys()].find((name) =>
    (name === "host" || name.startsWith("x-amz-")) && !claim.signedHeaders.includes(name)
  );
  if (unsigned !== undefined) {
    throw signatureDoesNotMatch(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function basic(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");
}
