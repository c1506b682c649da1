/** An access key as IAM lists it. */
export interface AccessKey {
  readonly accessKeyId: string;
  /** "Active", "Inactive" or "Expired" (IAM API reference, AccessKeyMetadata). */
  readonly status: string;
  readonly created: Date | undefined;
}

/** The last call that a key signed; AWS tells it up to some hours late (IAM user guide, "Get information about when an access key was last used"). */
export interface LastUse {
  readonly at: Date;
  /** "sts", "s3". */
  readonly service: string;
  readonly region: string;
}

/** Whole days since the key was made; undefined where IAM does not say when. */
export function ageInDays({ created }: Pick<AccessKey, "created">, now: Date): number | undefined {
  return created === undefined ? undefined : Math.floor((now.getTime() - created.getTime()) / 86_400_000);
}
