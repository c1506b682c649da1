import { partitionOfRegion, usualRegionOf } from "../../domain/aws/partition.ts";
import { findProfile, type Profile } from "../../domain/aws_files/profiles.ts";
import { KNOWN_REGIONS } from "../../domain/aws/known_regions.ts";
import { nearest } from "../../domain/text/nearest.ts";
import { checkRegion, isRegion } from "../../domain/aws/region.ts";
import { UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { askFor } from "../support/ask_for.ts";
import type { AwsFiles } from "../support/aws_files.ts";
import type { SetupRequest } from "./setup_request.ts";

/** The region that is given, asked for or there, of the partition that the key is of. Throws a Failure. */
export async function askRegion(
  world: World,
  files: AwsFiles,
  { region: given, route }: SetupRequest,
  profile: Profile | undefined,
  partition: string,
): Promise<string> {
  const check = (region: string): string => {
    const itsPartition = partitionOfRegion(checkRegion(region, "region"));
    if (itsPartition === partition) return region;
    throw new UsageError(
      `region '${region}' is one of partition ${itsPartition}, and the keys are of ${partition}`,
      `for example ${usualRegionOf(partition)}`,
    );
  };
  if (given !== undefined) return await confirmRegion(world, check(given), check);
  // Who has one region for the default profile mostly works there with the next one, too.
  const usual =
    [profile?.get("region"), route.region, findProfile(files, "default")?.get("region")].find((region) =>
      region !== undefined && isRegion(region) && partitionOfRegion(region) === partition
    ) ?? usualRegionOf(partition);
  return world.interactive
    ? await confirmRegion(world, await askFor(world, "Region", usual, check), check)
    : usual;
}

/**
 * A region that no SDK knows may be a new one, or a slip: then the near one is offered. Where nobody can be asked, a slip
 * is a UsageError, and a region that is near to none is told.
 */
async function confirmRegion(
  world: World,
  region: string,
  check: (region: string) => string,
): Promise<string> {
  if (KNOWN_REGIONS.includes(region)) return region;
  const [near] = nearest(region, KNOWN_REGIONS);
  const meant = near === undefined ? "" : `; did you mean ${near}?`;
  if (!world.interactive) {
    if (near !== undefined) {
      throw new UsageError(
        `region '${region}' is unknown${meant}`,
        `a new one is confirmed on a terminal, or put there with: aws configure set region ${region}`,
      );
    }
    world.err(`warning: region '${region}' is unknown\n`);
    return region;
  }
  world.err(`Region '${region}' is unknown${meant}\n`);
  const answer = await askFor(
    world,
    `Region, or ${region} once more to keep it`,
    near,
    (typed) => check(typed),
  );
  return answer === region ? region : await confirmRegion(world, answer, check);
}
