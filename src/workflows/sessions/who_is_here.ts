import { bindingOf, cachedId, type CachedSession } from "../../domain/sessions/cached_session.ts";
import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import { place } from "../../domain/placement/placement.ts";
import type { PlacementRequest } from "../../domain/placement/placement_row.ts";
import { profileNames } from "../../domain/aws_files/profiles.ts";
import { setting, unsetting } from "../../domain/shell/shell_commands.ts";
import { type WhoHere, whoHere } from "../../domain/sessions/who_here.ts";
import { Failure, hintIn, NoCredentialsError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { type AwsFiles, locate, readAwsFiles } from "../support/aws_files.ts";
import { findCachedByKey } from "./cached_sessions.ts";

/** What a command line says of who it is to be. */
export interface WhoOptions {
  readonly profile?: string | undefined;
  readonly sourceProfile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly roleSessionName?: string | undefined;
}

/** Who a command is, and how its keys are looked for. */
export interface WhoIsHere
  extends Pick<PlacementRequest, "name" | "named" | "environment" | "environmentFirst"> {
  readonly who: WhoHere;
  /** As given, or as they were given to the `env` or `exec` that this shell or program has its session of. */
  readonly options: WhoOptions;
}

/**
 * Who a command is that acts as AWS's tools would in its place: `env`, `exec`, `credential-process` and others that
 * only read. Throws NoCredentialsError for half of a key in the environment, and for a session there that is nobody's.
 */
export function whoActs(world: World, options: WhoOptions): WhoIsHere {
  const who = findWho(world, options.profile);
  const { environment, handed } = who;
  if (who.by === "--profile") return { who, name: who.name, named: true, options };
  if (handed !== undefined) {
    const chosen = Object.fromEntries(handed.options);
    const isChosen = Object.entries(options).some(([, value]) => value !== undefined);
    const common = { who, name: who.name, options: isChosen ? options : { ...options, ...chosen } };
    if (handed.keyId === undefined) return { ...common, named: true };
    return { ...common, named: false, environmentFirst: true, environment: gone(handed.keyId) };
  }
  switch (environment.kind) {
    case "none":
      sayOthers(world, who.name);
      return { who, name: who.name, named: false, options };
    case "long-term":
      // Its settings count beside the keys.
      sayOthers(world, who.name);
      return {
        who,
        name: who.name,
        named: false,
        options,
        environment: environment.keys,
        environmentFirst: true,
      };
    case "half":
      throw halfKey();
    case "session":
      return ofSession(world, who, environment.accessKeyId, options);
  }
}

/** Of two variables that name a profile the AWS CLI takes the other one (botocore, session.py). */
function sayOthers(world: World, profile: string): void {
  const other = world.env("AWS_DEFAULT_PROFILE");
  if (!other || other === profile) return;
  world.err(
    `warning: AWS_DEFAULT_PROFILE is '${other}': the AWS CLI and boto3 use that profile and not '${profile}'\n` +
      `hint: ${hintIn(setting("AWS_DEFAULT_PROFILE", profile), world.syntaxSoFar())}\n`,
  );
}

/**
 * Who a login in place is for: the profile, whatever keys are in the environment; it says afterwards that these win.
 */
export function whoLogsIn(world: World, options: WhoOptions): WhoIsHere {
  const who = findWho(world, options.profile);
  const { environment, handed } = who;
  if (who.by === "AWSMFA_PROFILE" && handed?.keyId !== undefined) {
    return { who, name: who.name, named: false, options, environment: gone(handed.keyId) };
  }
  const keys = environment.kind === "long-term" ? { environment: environment.keys } : {};
  return { who, name: who.name, named: /^(--profile|AWSMFA_PROFILE)$/.test(who.by), options, ...keys };
}

/** The same without anything that would have to be looked up. Throws UsageError for an empty name. */
export function findWho(world: World, profile: string | undefined): WhoHere {
  if (profile === "") throw new UsageError("--profile: the name is empty", "awsmfa -p NAME");
  return whoHere(world.env, profile);
}

/** Long-term keys of which only the id is left: a cached session for them can be used, and none be had. */
function gone(accessKeyId: string): LongTermKeys {
  return { accessKeyId, secretAccessKey: "" };
}

/** Throws NoCredentialsError where the long-term keys are not there any more. */
export function refuseGone(keys: LongTermKeys): void {
  if (keys.secretAccessKey !== "") return;
  throw new NoCredentialsError(
    `the session in the environment has ended, and its long-term keys '${keys.accessKeyId}' came from AWS_ACCESS_KEY_ID, which env replaced`,
    "export them again: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or name a profile: -p NAME",
  );
}

/** One that awsmfa caches is that of a profile, or of keys that were in the environment. */
function ofSession(world: World, who: WhoHere, accessKeyId: string, options: WhoOptions): WhoIsHere {
  const files = readAwsFiles(world);
  const cached = findCachedByKey(world, files.at, accessKeyId);
  if (cached === undefined) throw nobodysSession();
  const name = profileOf(files, cached);
  if (name !== undefined) return { who: { ...who, name }, name, named: true, options };
  const { accessKeyId: keyId, roles: [role, ...more] } = cached.id;
  if (more.length > 0) throw nobodysSession();
  const chosen = role === undefined
    ? {}
    : { roleArn: role.arn, externalId: role.externalId, roleSessionName: role.sessionName };
  return {
    who,
    name: who.name,
    named: false,
    options: { ...chosen, ...options },
    environment: gone(keyId),
    environmentFirst: true,
  };
}

/** The profile that would get this very session. */
function profileOf(files: AwsFiles, { id }: CachedSession): string | undefined {
  return profileNames(files).find((name) => {
    try {
      const { source, roles } = place(files, { name, named: true, asTools: true });
      const own = cachedId(source.keys.accessKeyId, roles, { endpoint: undefined, region: "" });
      return bindingOf({ accessKeyId: own.accessKeyId, roles: own.roles }) ===
        bindingOf({ accessKeyId: id.accessKeyId, roles: id.roles });
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  });
}

/** True for the key id of a session that awsmfa caches. */
export function isOfSession(world: World, accessKeyId: string): boolean {
  return findCachedByKey(world, locate(world), accessKeyId) !== undefined;
}

function halfKey(): NoCredentialsError {
  return new NoCredentialsError(
    "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY, and AWS's tools stop at that",
    unsetting("AWS_ACCESS_KEY_ID"),
  );
}

function nobodysSession(): NoCredentialsError {
  return new NoCredentialsError(
    "there is a session in the environment (AWS_ACCESS_KEY_ID), and nothing says whose",
    "name the profile that is meant: -p NAME",
  );
}
