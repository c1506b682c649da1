/** A partition: the prefix of its regions, its name in ARNs, and the region that is proposed there. */
interface Partition {
  readonly prefix: string;
  readonly id: string;
  readonly region: string;
  /** As people call it, where anybody may have an account in it. */
  readonly name?: string;
}

/** AWS SDKs, partitions.json. */
const PARTITIONS: readonly Partition[] = [
  { prefix: "cn-", id: "aws-cn", region: "cn-north-1", name: "AWS China" },
  { prefix: "us-gov-", id: "aws-us-gov", region: "us-gov-west-1", name: "AWS GovCloud" },
  { prefix: "us-iso-", id: "aws-iso", region: "us-iso-east-1" },
  { prefix: "us-isob-", id: "aws-iso-b", region: "us-isob-east-1" },
  { prefix: "eu-isoe-", id: "aws-iso-e", region: "eu-isoe-west-1" },
  { prefix: "us-isof-", id: "aws-iso-f", region: "us-isof-south-1" },
  { prefix: "eusc-", id: "aws-eusc", region: "eusc-de-east-1", name: "AWS European Sovereign Cloud" },
];
/** That of any region which no other has. */
const COMMERCIAL: Partition = { prefix: "", id: "aws", region: "us-east-1", name: "AWS" };

/** "aws-cn" of "cn-north-1". */
export function partitionOfRegion(region: string): string {
  return partitionWith(region).id;
}

/** "AWS China" of "cn-north-1"; the partition's name in ARNs where people have no other. */
export function nameOfPartition(region: string): string {
  const { name, id } = partitionWith(region);
  return name ?? id;
}

/** What to type for each partition that the key of somebody may be of, but for the region's own. */
export function otherPartitions(region: string): string[] {
  const own = partitionWith(region);
  return [COMMERCIAL, ...PARTITIONS].filter((each) => each !== own && each.name !== undefined)
    .map(({ name, region }) => `${name}: --region ${region}`);
}

/** "aws-cn" of "arn:aws-cn:iam::...", undefined for what is no ARN. */
export function partitionOfArn(arn: string): string | undefined {
  return /^arn:([a-z0-9-]+):/.exec(arn)?.[1];
}

/** "123456789012" of "arn:aws:iam::123456789012:user/alice", undefined for what names no account. */
export function accountOfArn(arn: string): string | undefined {
  return /^arn:[a-z0-9-]+:[a-z0-9-]*:[a-z0-9-]*:(\d{12}):/.exec(arn)?.[1];
}

/** True for the ARN of a role and that of a session of it, which leaves the role's path out. */
export function isSameRole(sessionArn: string, roleArn: string): boolean {
  const [, partition, account, name] =
    /^arn:([a-z0-9-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(sessionArn) ?? [];
  const [, ...role] = /^arn:([a-z0-9-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  return name !== undefined && role.join() === [partition, account, name].join();
}

/** A region to propose to somebody of this partition. */
export function usualRegionOf(partition: string): string {
  return (PARTITIONS.find(({ id }) => id === partition) ?? COMMERCIAL).region;
}

function partitionWith(region: string): Partition {
  return PARTITIONS.find(({ prefix }) => region.startsWith(prefix)) ?? COMMERCIAL;
}
