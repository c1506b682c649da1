import type { Placement } from "../../domain/placement/placement.ts";
import type { Asked } from "../../domain/aws/sts_refusal.ts";
import type { StsAccess } from "../../world.ts";

/** What a request is about, for the words of its refusal. */
export function askedOf(placement: Placement, access: StsAccess, serial: string | undefined): Asked {
  return {
    profile: placement.source.profile,
    accessKeyId: placement.source.keys.accessKeyId,
    secretLength: placement.source.keys.secretAccessKey.length,
    region: access.region,
    serial,
  };
}
