import { findCredentials } from "../domain/credentials.ts";
import { withText } from "../domain/ini.ts";
import { checkSectionName, findSection, sectionsOf, setValues } from "../domain/ini_edit.ts";
import type { Placement } from "../domain/placement.ts";
import { hasRoleInConfig, profilesWithRoleAside, setRoleAside } from "../domain/role_aside.ts";
import { placeSession } from "../domain/session_in_file.ts";
import type { FileChange, World } from "../world.ts";
import type { AwsFiles } from "./aws_files.ts";
import { applyEdits } from "./kept_sessions.ts";
import { obtain, type Obtained } from "./obtain.ts";
import { type ObtainRequest, type Order, placeOrder } from "./order.ts";
import { findReady, mayUseKept, readyInTarget } from "./ready_session.ts";

/** What the command line and the environment say, checked. */
export interface LoginRequest extends ObtainRequest {
  /** Write --source-profile into the target's config, for the next time. */
  readonly save: boolean;
}

export interface Login {
  readonly profile: string;
  readonly expiration: Date;
  /** `valid`: nothing was asked or called, and no file touched. `kept`: the session was kept from an earlier login. */
  readonly how: "new" | "kept" | "valid";
  readonly serial: string | undefined;
  /** The seconds that AWS was asked for, where it was. */
  readonly askedSeconds: number | undefined;
  readonly roleArn: string | undefined;
  /** The file that this login put the long-term keys into, if it did. */
  readonly putAsideIn: string | undefined;
  /** The role keys of the profile were set aside in this file. */
  readonly roleSetAsideIn: string | undefined;
  /** The profile's config section has no `profile ` prefix, and AWS tools skip it. */
  readonly unprefixedIn: string | undefined;
  /** The credentials file, and its permission bits where other users can read it. */
  readonly credentialsPath: string;
  readonly looseMode: number | undefined;
}

/**
 * Logs a profile in: its section in the credentials file holds temporary credentials afterwards. The order is: all
 * that can be refused, the question, the calls, and only then a file. Throws a Failure, and then no file has changed.
 */
export async function logIn(world: World, request: LoginRequest): Promise<Login> {
  const order = placeOrder(world, request, request.force);
  const { files, placement } = order;
  const common = describeTarget(world, files, placement);
  const valid = mayUseKept(request) && !request.save ? readyInTarget(world, order) : undefined;
  if (valid !== undefined) {
    const { expiration } = valid.credentials;
    return { ...common, how: "valid", expiration, serial: undefined, askedSeconds: undefined };
  }
  const ready = findReady(world, order);
  if (ready === undefined) {
    checkSectionName(files.credentials, placement.target);
    // Nobody shall be asked for a code that is of no use.
    const changesConfig = editConfig(files.config, placement, request.save) !== files.config.text;
    world.checkReplaceable([files.at.credentials, ...(changesConfig ? [files.at.config] : [])]);
  }
  const obtained = ready === undefined
    ? await obtain(world, order)
    : { ...ready, askedSeconds: undefined, toKeep: [] };
  const { credentials: { expiration }, serial, askedSeconds } = obtained;
  return {
    ...common,
    ...await saveLogin(world, order, request.save, obtained),
    how: ready === undefined ? "new" : "kept",
    expiration,
    serial,
    askedSeconds,
    looseMode: world.looseMode(files.at.credentials),
  };
}

/**
 * Writes all files under one lock, in an order in which no crash between two of them loses a key. `remember` is
 * --save.
 */
export async function saveLogin(
  world: World,
  { files, placement }: Order,
  remember: boolean,
  { credentials, toKeep }: Pick<Obtained, "credentials" | "toKeep">,
): Promise<Pick<Login, "putAsideIn" | "roleSetAsideIn">> {
  const { at } = files;
  let putAsideIn: string | undefined;
  let roleSetAsideIn: string | undefined;
  const paths = [at.credentials, at.backup, at.config, ...toKeep.map(({ path }) => path)];
  await world.updateTexts(paths, (texts) => {
    const [now, backup, config] = [
      withText(files.credentials, texts[0]),
      withText(files.backup, texts[1]),
      withText(files.config, texts[2]),
    ];
    const after = placeSession(now, backup, placement.target, credentials);
    const configText = editConfig(config, placement, remember);
    putAsideIn = findCredentials(sectionsOf(now, placement.target)).kind === "long-term"
      ? at.backup
      : undefined;
    roleSetAsideIn = hasRoleInConfig(config, placement.target) ? at.config : undefined;
    const changes: FileChange[] = applyEdits(toKeep, texts.slice(3));
    if (after.backup !== backup.text) changes.push({ path: at.backup, text: after.backup });
    changes.push({ path: at.credentials, text: after.credentials });
    if (configText !== config.text) changes.push({ path: at.config, text: configText });
    return changes;
  });
  return { putAsideIn, roleSetAsideIn };
}

/** A new target gets its source's region; `remember` is --save; a role that AWS tools would assume waits. */
function editConfig(config: AwsFiles["config"], placement: Placement, remember: boolean): string {
  const { target, source } = placement;
  const values: [string, string][] = [];
  const region = placement.sourceProfile?.get("region");
  const isKnown = findSection(config, target) !== undefined || placement.targetProfile?.unprefixed;
  if (!isKnown && target !== source.profile && region !== undefined) values.push(["region", region]);
  if (remember && target !== source.profile) values.push(["source_profile", source.profile]);
  const text = values.length > 0 ? setValues(config, target, values) : config.text;
  const isAside = hasRoleInConfig(config, target) || profilesWithRoleAside(config).includes(target);
  return isAside ? setRoleAside(withText(config, text), target) : text;
}

function describeTarget(
  world: World,
  files: AwsFiles,
  { target, targetProfile, sourceProfile, roles }: Placement,
): Omit<Login, "how" | "expiration" | "serial" | "askedSeconds"> {
  return {
    profile: target,
    roleArn: roles.at(-1)?.arn,
    putAsideIn: undefined,
    roleSetAsideIn: undefined,
    unprefixedIn: targetProfile?.unprefixed || sourceProfile?.unprefixed ? files.at.config : undefined,
    credentialsPath: files.at.credentials,
    looseMode: world.looseMode(files.at.credentials),
  };
}
