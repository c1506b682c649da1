import type { Placement } from "../../domain/placement/placement.ts";
import type { CallContext } from "../../domain/aws/sts_refusal.ts";
import type { StsAccess } from "../../world.ts";

/** What a request is about, for the words of its refusal. */
export function callContext(
  placement: Placement,
  access: StsAccess,
  serial: string | undefined,
): CallContext {
  return {
    profile: placement.source.profile,
    accessKeyId: placement.source.keys.accessKeyId,
    secretLength: placement.source.keys.secretAccessKey.length,
    region: access.region,
    serial,
  };
}
