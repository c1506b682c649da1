import { findCredentials, sameKeys, type SessionCredentials } from "../../domain/keys/credentials.ts";
import { configOfLogin } from "../../domain/changes/config_of_login.ts";
import { withText } from "../../domain/aws_files/ini.ts";
import { sectionsOf } from "../../domain/aws_files/ini_edit.ts";
import { rememberMade } from "../../domain/changes/made_by_login.ts";
import { bindingOf } from "../../domain/sessions/cached_session.ts";
import { place, type Placement } from "../../domain/placement/placement.ts";
import { refuseLoss } from "../../domain/changes/refuse_loss.ts";
import { refuseSideEffects } from "../../domain/changes/refuse_side_effects.ts";
import { keysToRename } from "../../domain/changes/renamed_keys.ts";
import {
  type FilesWithSession,
  type NewCredentials,
  placeSession,
} from "../../domain/changes/session_in_file.ts";
import { type CodeProof, sessionAccount } from "../../domain/sessions/session_account.ts";
import { ACCOUNT_KEY } from "../../domain/keys/session_mark.ts";
import { noteLogin } from "../../domain/changes/session_elsewhere.ts";
import { valueIn } from "../../domain/aws_files/profiles.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import type { KeyFiles } from "../../domain/placement/source_keys.ts";
import { Failure, FileError } from "../../errors.ts";
import type { FileChange, World } from "../../world.ts";
import { type AwsFiles, backupChanges, filesNow, pathsOf, textsOf } from "../support/aws_files.ts";
import { decide, follow } from "../sessions/decide.ts";
import { checkBeforeCode, type ConfigStays, whyConfigStays } from "./check_before_code.ts";
import { applyEdits, findCached } from "../sessions/cached_sessions.ts";
import { type LoginToCome, noteReaders } from "./note_readers.ts";
import { keepWhatObtainNeeds, obtain, type Obtained } from "../sessions/obtain.ts";
import { isHere, obtainAndCache } from "../sessions/obtain_and_cache.ts";
import { type ObtainRequest, placeOrder, type SessionOrder } from "../sessions/session_order.ts";
import { isUsualPair } from "../support/usual_pair.ts";
import { mayUseCached, readyInTarget, type ReadySession } from "../sessions/ready_session.ts";

/** What the command line and the environment say, checked. */
export interface LoginRequest extends ObtainRequest {
  /** Write --source-profile into the target's config, for the next time. */
  readonly save: boolean;
  /** Write the token under its old name, too. */
  readonly legacyToken?: boolean;
}

/** Keys of one file that have other names while the session is there. */
export interface RenamedKeys {
  readonly keys: readonly string[];
  readonly path: string;
}

export interface Login {
  readonly profile: string;
  /** The profile that is linked to it, and that was asked for. */
  readonly link: string | undefined;
  readonly expiration: Date;
  /** `valid`: nothing was asked or called, and no file touched. `kept`: the session was kept from an earlier login. */
  readonly how: "new" | "kept" | "valid";
  readonly serial: string | undefined;
  /** The seconds that AWS was asked for, where it was. */
  readonly askedSeconds: number | undefined;
  readonly roleArn: string | undefined;
  /** By --no-mfa. */
  readonly withoutMfa: boolean;
  /** The file that this login put the long-term keys into, if it did. */
  readonly backedUpIn: string | undefined;
  /** The section of that backup that has other credentials than long-term keys, if they made room. */
  readonly replaced: string | undefined;
  readonly backupPath: string;
  /** Why the config file was not changed, though it should have been. */
  readonly configStays: ConfigStays | undefined;
  /** The keys of the profile that this login set aside, by file. */
  readonly renamedKeys: readonly RenamedKeys[];
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
  const decision = decide(world, placeOrder(world, request, { force: request.force }), true);
  const { order, ready } = decision;
  const { files, placement } = order;
  const common = describeTarget(world, files, placement, request);
  const valid = validInTarget(world, request, order);
  if (valid !== undefined) {
    const { expiration } = valid.credentials;
    return { ...common, how: "valid", expiration, serial: undefined, askedSeconds: undefined };
  }
  if (ready === undefined) {
    if (!isHere(order)) keepWhatObtainNeeds(world, order);
    const cached = findCached(world, files);
    writeSession(
      files,
      order,
      { remember: request.save, configStays: false, isUsualPair: isUsualPair(world) },
      { credentials: ANY_SESSION },
      cached,
    );
    checkBeforeCode(world, files, placement.target);
  }
  const configStays = whyConfigStays(world, order, request.save);
  const toCome = {
    remember: request.save,
    configStays: configStays !== undefined,
    legacyToken: request.legacyToken,
    isUsualPair: isUsualPair(world),
  };
  const note = noteReaders(world, order, toCome);
  const obtained = {
    askedSeconds: undefined,
    ...await follow(note.world, decision, () => obtainFor(note.world, order)),
  };
  const { credentials: { expiration }, serial, askedSeconds } = obtained;
  note.say();
  const isNew = "toCache" in obtained;
  const toCache = [...(isNew ? obtained.toCache : []), ...note.toCache];
  return {
    ...common,
    ...await saveLogin(world, order, toCome, { ...obtained, toCache }),
    configStays,
    how: isNew ? "new" : "kept",
    expiration,
    serial,
    askedSeconds,
    looseMode: world.looseMode(files.at.credentials),
  };
}

/** The session in the target's section, where that is all that is wanted: then no file is touched. */
export function validInTarget(
  world: World,
  request: LoginRequest,
  order: SessionOrder,
): ReadySession | undefined {
  const sections = order.placement.targetProfile?.inCredentials ?? [];
  const isMissing = request.legacyToken && valueIn(sections, "aws_security_token") === undefined;
  const isEnough = mayUseCached(request) && !request.save && !isMissing && !hasKeysBack(order);
  return isEnough ? readyInTarget(world, order) : undefined;
}

/** True where keys that a login sets aside have their names back: git, a generator or a person wrote the file since. */
function hasKeysBack({ files, placement: { target, targetProfile } }: SessionOrder): boolean {
  const isRole = targetProfile?.own("role_arn") !== undefined;
  return [files.config, files.credentials].some((ini) => keysToRename(ini, target, isRole).length > 0);
}

/** With a code that is given or a code command, of several logins at once one asks AWS, as for `credential-process`. */
async function obtainFor(
  world: World,
  order: SessionOrder,
): Promise<Pick<Obtained, "credentials" | "toCache"> & CodeProof & Pick<Login, "serial" | "askedSeconds">> {
  if (!isHere(order)) return await obtain(world, order);
  return { askedSeconds: undefined, ...await obtainAndCache(world, order), toCache: [] };
}

/**
 * Writes all files under one lock, in an order in which no crash between two of them loses a key. Where the files say
 * something else by now than when the login was asked for, only the session is kept. Throws FileError then.
 */
export async function saveLogin(
  world: World,
  order: SessionOrder,
  toCome: LoginToCome,
  { credentials, toCache, ...proof }: Pick<Obtained, "credentials" | "toCache"> & CodeProof,
): Promise<Pick<Login, "backedUpIn" | "replaced" | "renamedKeys">> {
  const { files, placement: { target: profile } } = order;
  const { at } = files;
  const cached = findCached(world, files);
  let saved: Pick<Login, "backedUpIn" | "replaced" | "renamedKeys"> | undefined;
  const paths = pathsOf(at);
  await world.updateTexts([...paths, ...toCache.map(({ path }) => path)], (texts) => {
    const now = filesNow(files, texts.slice(0, paths.length));
    const changes: FileChange[] = applyEdits(toCache, texts.slice(paths.length));
    if (!isStillMeant(now, order)) {
      saved = undefined;
      return changes;
    }
    const accountId = sessionAccount(order.placement.roles, proof);
    const { after, configText } = writeSession(now, order, toCome, { credentials, accountId }, cached);
    const isLongTerm = findCredentials(sectionsOf(now.credentials, profile)).kind === "long-term";
    saved = {
      backedUpIn: isLongTerm ? at.backup : undefined,
      replaced: after.replaced,
      renamedKeys: [...(toCome.configStays ? [] : [now.config]), now.credentials].flatMap((ini) => {
        const isRole = order.placement.targetProfile?.own("role_arn") !== undefined;
        const keys = keysToRename(ini, profile, isRole);
        return keys.length === 0 ? [] : [{ keys, path: ini.path }];
      }),
    };
    const isNew = configText !== now.config.text && !toCome.remember &&
      sectionsOf(now.config, profile).length === 0 && configText.startsWith(now.config.text);
    const backup = rememberMade(after.backup, {
      files: [
        ...texts[0] === undefined ? ["credentials" as const] : [],
        ...texts[1] === undefined && isNew ? ["config" as const] : [],
      ],
      added: isNew ? new Map([[profile, configText.slice(now.config.text.length)]]) : new Map(),
    });
    changes.push(...backupChanges(files, texts.slice(0, paths.length), backup));
    changes.push({ path: at.credentials, text: after.credentials });
    if (configText !== now.config.text) changes.push({ path: at.config, text: configText });
    return changes;
  });
  if (saved !== undefined) return saved;
  throw new FileError(
    `profile '${profile}' was changed while the login went on, so the session was not put there; it is kept`,
    (shell) => `see what is there now, then log in again: awsmfa${profileOption(profile, shell)}`,
  );
}

/** The three files with a session in them. Throws FileError where that would lose or break something else. */
function writeSession(
  now: AwsFiles,
  { placement, id }: SessionOrder,
  { remember, configStays, legacyToken, isUsualPair }: LoginToCome,
  { credentials: session, accountId }: { credentials: NewCredentials; accountId?: string | undefined },
  cached: readonly SessionCredentials[],
): { readonly after: FilesWithSession; readonly configText: string } {
  const { target: profile } = placement;
  const after = placeSession(now.credentials, now.backup, {
    profile,
    session,
    binding: bindingOf(id),
    accountId,
    legacyToken,
    accountInConfig: valueIn(sectionsOf(now.config, profile), ACCOUNT_KEY),
    cached,
  });
  refuseLoss(now, after, cached);
  const configText = configStays ? now.config.text : noteLogin(
    now.config,
    withText(now.config, configOfLogin(now.config, placement, remember)),
    { profile, credentialsPath: now.at.credentials, isUsualPair },
  );
  const written = { credentials: after.credentials, config: configText || undefined };
  refuseSideEffects(textsOf(now), written, [profile], now.at);
  return { after, configText };
}

/** A session like those that AWS gives, for what can be tried before it gives one. */
const ANY_SESSION: NewCredentials = {
  accessKeyId: "ASIA2222222222222222",
  secretAccessKey: "2".repeat(40),
  sessionToken: "2".repeat(400),
  expiration: new Date(0),
};

/** False where the files, as they are under the lock, would lead to other keys, roles or another place. */
function isStillMeant(now: KeyFiles, { files, placement, request }: SessionOrder): boolean {
  const isSame = now.credentials === files.credentials && now.backup === files.backup &&
    now.config === files.config;
  if (isSame) return true;
  try {
    const again = place(now, { ...request.placement, force: request.force });
    return sameKeys(again.source.keys, placement.source.keys) && again.target === placement.target &&
      JSON.stringify(again.roles) === JSON.stringify(placement.roles);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

function describeTarget(
  world: World,
  files: AwsFiles,
  { target, targetProfile, sourceProfile, roles, behind }: Placement,
  request: LoginRequest,
): Omit<Login, "how" | "expiration" | "serial" | "askedSeconds"> {
  return {
    profile: target,
    link: behind === target ? request.placement.name : undefined,
    roleArn: roles.at(-1)?.arn,
    withoutMfa: request.noMfa ?? false,
    backedUpIn: undefined,
    replaced: undefined,
    backupPath: files.at.backup,
    configStays: undefined,
    renamedKeys: [],
    unprefixedIn: targetProfile?.unprefixed || sourceProfile?.unprefixed ? files.at.config : undefined,
    credentialsPath: files.at.credentials,
    looseMode: world.looseMode(files.at.credentials),
  };
}
