import { describeOwner, type KeyOwner, ownerOf } from "../../domain/aws/caller.ts";
import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import { checkAccessKeyId, checkSecret } from "../../domain/changes/new_keys.ts";
import { isWrongKey, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { explainRefusal } from "../../domain/aws/explain_refusal.ts";
import { UsageError } from "../../errors.ts";
import type { StsAccess, World } from "../../world.ts";
import { askFor, CHANCES, sayFailure } from "../support/ask_for.ts";

/** Keys that AWS knows, and whose they are. */
export interface ProvenKeys {
  readonly keys: LongTermKeys;
  readonly callerArn: string;
  readonly owner: KeyOwner;
}

/** Where an access key comes from. */
interface KeySource {
  readonly profile: string;
  /** Of --access-key-id, checked. */
  readonly accessKeyId: string | undefined;
  /** Of --csv. */
  readonly downloaded?: LongTermKeys | undefined;
  /** What the profile has already. */
  readonly there: LongTermKeys | undefined;
}

/**
 * The keys of a downloaded file, of the command line and stdin, or those that somebody types, or those that are there; asked AWS for. On a
 * terminal refused ones are asked for again. Throws a Failure.
 */
export async function askKeys(
  world: World,
  source: KeySource,
  access: Omit<StsAccess, "keys">,
): Promise<ProvenKeys> {
  let { there } = source;
  for (let chances = world.interactive && source.downloaded === undefined ? CHANCES : 1;;) {
    const keys = await readKeys(world, { ...source, there });
    const { accessKeyId, secretAccessKey } = keys;
    const context = {
      profile: source.profile,
      accessKeyId,
      secretLength: secretAccessKey.length,
      serial: undefined,
      region: access.region,
    };
    try {
      const { arn: callerArn } = await world.showWaiting(
        "asking AWS who this is",
        world.caller({ ...access, keys }),
      );
      const owner = ownerOf(callerArn);
      world.err(`These are the keys of ${describeOwner(owner)}.\n`);
      return { keys, callerArn, owner };
    } catch (error) {
      if (!(error instanceof StsRefusal)) throw error;
      const failure = explainRefusal(error, context);
      if (!isWrongKey(error) || --chances === 0) throw failure;
      sayFailure(world, failure);
      // The ones that are there are offered once.
      there = undefined;
    }
  }
}

async function readKeys(
  world: World,
  { accessKeyId, downloaded, there }: KeySource,
): Promise<LongTermKeys> {
  if (downloaded !== undefined) return downloaded;
  if (accessKeyId === undefined && !world.interactive) {
    if (there !== undefined) return there;
    throw new UsageError(
      "an access key is required, but there is no terminal to ask for it",
      "awsmfa setup --access-key-id ID < FILE   (the secret access key is read from stdin)",
    );
  }
  const id = accessKeyId ??
    await askFor(world, "Access key ID", there?.accessKeyId, checkAccessKeyId, "key id");
  if (accessKeyId === undefined && id === there?.accessKeyId) return there;
  return { accessKeyId: id, secretAccessKey: await readSecret(world) };
}

async function readSecret(world: World): Promise<string> {
  if (world.interactive) {
    return await askFor(world, "Secret access key (not shown)", undefined, checkSecret, "hidden");
  }
  const secret = await world.readLine();
  if (secret.trim() === "") {
    throw new UsageError(
      "stdin has no secret access key",
      "awsmfa setup --access-key-id ID < FILE",
    );
  }
  return checkSecret(secret);
}
