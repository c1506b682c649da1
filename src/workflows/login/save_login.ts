import { findCredentials, sameKeys, type SessionCredentials } from "../../domain/keys/credentials.ts";
import { configOfLogin } from "../../domain/changes/config_of_login.ts";
import { withText } from "../../domain/aws_files/ini.ts";
import { sectionsOf } from "../../domain/aws_files/find_section.ts";
import { rememberMade } from "../../domain/changes/made_by_login.ts";
import { bindingOf } from "../../domain/sessions/cached_session.ts";
import { place } from "../../domain/placement/placement.ts";
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
import { type AwsFiles, backupChanges, filesNow, pathsOf } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import { applyEdits, findCached } from "../sessions/cached_sessions.ts";
import type { LoginToCome } from "./note_readers.ts";
import type { Obtained } from "../sessions/assume_with.ts";
import type { SessionOrder } from "../sessions/session_order.ts";
import type { Login } from "./login_result.ts";

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
    `profile '${profile}' was changed while the login went on, so the session wasn't put there; it is cached`,
    (shell) => `see what is there now, then log in again: awsmfa${profileOption(profile, shell)}`,
  );
}

/** The three files with a session in them. Throws FileError where that would lose or break something else. */
export function writeSession(
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
export const ANY_SESSION: NewCredentials = {
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
