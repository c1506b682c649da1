import { UsageError } from "../../errors.ts";

/** Where STS is asked when nobody names a region. */
export const USUAL_REGION = "us-east-1";

/** A region's name is a part of a host name. Throws {@linkcode UsageError} where it can't be one. */
export function checkRegion(region: string, source: string): string {
  const [, ofZone] = /^(.*-\d+)[a-z]$/.exec(region) ?? [];
  if (ofZone !== undefined && isRegion(ofZone)) {
    throw new UsageError(`${source}: '${region}' is an availability zone, not a region`, ofZone);
  }
  if (isRegion(region)) return region;
  throw new UsageError(`${source}: '${region}' isn't a region`, "for example us-east-1 or eu-central-1");
}

/** True for what can be a region's name: AWS adds new ones. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,}(-[a-z0-9]+)+$/.test(text) && text.length <= 32;
}
