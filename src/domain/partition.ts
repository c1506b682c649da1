/** Prefix of its regions -> partition and the region that is proposed there (AWS SDKs, partitions.json). */
const PARTITIONS: readonly [prefix: string, partition: string, usualRegion: string][] = [
  ["cn-", "aws-cn", "cn-north-1"],
  ["us-gov-", "aws-us-gov", "us-gov-west-1"],
  ["us-iso-", "aws-iso", "us-iso-east-1"],
  ["us-isob-", "aws-iso-b", "us-isob-east-1"],
  ["eu-isoe-", "aws-iso-e", "eu-isoe-west-1"],
  ["us-isof-", "aws-iso-f", "us-isof-south-1"],
  ["eusc-", "aws-eusc", "eusc-de-east-1"],
];

/** "aws-cn" of "cn-north-1"; "aws" for any region that no other partition has. */
export function partitionOfRegion(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

/** "aws-cn" of "arn:aws-cn:iam::...", undefined for what is no ARN. */
export function partitionOfArn(arn: string): string | undefined {
  return /^arn:([a-z0-9-]+):/.exec(arn)?.[1];
}

/** A region to propose to somebody of this partition. */
export function usualRegionOf(partition: string): string {
  return PARTITIONS.find(([, name]) => name === partition)?.[2] ?? "us-east-1";
}
