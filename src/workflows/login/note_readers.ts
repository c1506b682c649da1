import { configOfLogin } from "../../domain/changes/config_of_login.ts";
import { type Ini, parseIni, withText } from "../../domain/aws_files/ini.ts";
import { canBeMended } from "../../domain/changes/mended_files.ts";
import { formatSaidNotes, nextNote, parseSaidNotes } from "../../domain/sessions/said_notes.ts";
import { type Excerpt, excerptOf, lineAfter } from "../../domain/readers/excerpt.ts";
import { missingSession } from "../../domain/readers/missing_session.ts";
import { READERS } from "../../domain/readers/reader_table.ts";
import { sayMissing } from "../../domain/readers/say_missing.ts";
import { unknownVariables } from "../../domain/readers/unknown_variables.ts";
import { viewOf } from "../../domain/readers/view_of.ts";
import { sayRolesOver } from "../../domain/placement/roles_over.ts";
import type { ShellSyntax } from "../../domain/shell/shell_word.ts";
import { type NewCredentials, placeSession } from "../../domain/changes/session_in_file.ts";
import { hintIn } from "../../errors.ts";
import type { World } from "../../world.ts";
import { inSessions } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import { noteFiles } from "./note_files.ts";
import type { FolderEdit } from "../support/device_memory.ts";
import type { SessionOrder } from "../sessions/session_order.ts";

/** What a login is about to write, beside the session. */
export interface LoginToCome {
  /** --save. */
  readonly remember: boolean;
  /** The config file can't be written, and stays as it is. */
  readonly configStays: boolean;
  /** Every program here reads the two files together. */
  readonly isUsualPair: boolean;
  /** --legacy-token. */
  readonly legacyToken?: boolean | undefined;
}

/** What is to be said of a login, and the save that remembers it. */
export interface ReadersNote {
  /** Says it, the first time that it is called. */
  readonly say: () => void;
  /** The same world, in which it is said before anybody is asked for a code. */
  readonly world: World;
  readonly toCache: readonly FolderEdit[];
}

/**
 * Who won't use the session that a login of this order puts into the files: a line at most, and what was said is not
 * said again while it is so.
 */
export function noteReaders(world: World, order: SessionOrder, toCome: LoginToCome): ReadersNote {
  const { files: { at }, placement: { target: profile } } = order;
  const path = inSessions(world, at, "notes");
  const before = parseSaidNotes(world.readPrivateText(path));
  const { note, said } = nextNote(before, profile, [
    ...notesOf(order, toCome, world.syntaxSoFar()),
    ...noteFiles(world, order, toCome.configStays),
    ...unknownVariables(world, profile, at.credentials)
      .map(([says, fix]) => `${says}; ${hintIn(fix, world.syntaxSoFar())}`),
  ]);
  const isSame = JSON.stringify(said) === JSON.stringify(before.get(profile) ?? []);
  let isSaid = note === undefined;
  const say = (): void => {
    if (!isSaid) world.err(`note: ${note}\n`);
    isSaid = true;
  };
  return {
    say,
    world: {
      ...world,
      ask: (question) => {
        say();
        return world.ask(question);
      },
    },
    toCache: isSame
      ? []
      : [{ path, edit: (now) => formatSaidNotes(new Map([...parseSaidNotes(now), [profile, said]])) }],
  };
}

/** A session like those that AWS gives. */
const ANY: NewCredentials = {
  accessKeyId: "ASIA2222222222222222",
  secretAccessKey: "2".repeat(40),
  sessionToken: "2".repeat(400),
  expiration: new Date(0),
};

/** All that could be said: of excerpts, since there are many readers, and files can be long. */
function notesOf(
  { files, placement }: SessionOrder,
  { remember, configStays }: LoginToCome,
  shell: ShellSyntax,
): string[] {
  const { target: profile } = placement;
  const [credentials, config] = [files.credentials, files.config].map((ini) => excerptOf(ini, profile));
  if (credentials === undefined || config === undefined) return [];
  const before = {
    credentials: parsed(files.credentials, credentials),
    config: parsed(files.config, config),
  };
  const placed = placeSession(before.credentials, withText(files.backup, ""), {
    profile,
    session: ANY,
    binding: "0",
  });
  const after = {
    credentials: placed.credentials,
    config: configStays ? config.text : configOfLogin(before.config, placement, remember),
  };
  const missing = missingSession(
    READERS,
    textsOf(before),
    { credentials: after.credentials, config: after.config || undefined },
    profile,
    {
      is: (reading) =>
        viewOf(reading, { kind: "session", keys: ANY, sessionToken: ANY.sessionToken }) === "session",
      sessionId: ANY.accessKeyId,
    },
  );
  // What can be mended is not what the login wrote.
  const isCured = missing.length > 0 && canBeMended({ ...before, backup: files.backup });
  const cure = isCured ? "awsmfa doctor --fix helps" : "awsmfa doctor --readers shows all";
  const excerpts = { credentials, config };
  const inFile = missing.map(({ file, line, ...rest }) => ({
    ...rest,
    ...(file === undefined ? {} : { file }),
    ...(file === undefined || line === undefined
      ? {}
      : { line: lineAfter(excerpts[file], after[file], line) }),
  }));
  const roles = placement.roles.length === 0 ? sayRolesOver(files.config, profile, shell) : undefined;
  return [sayMissing(inFile, profile, files.at, cure), roles].filter((note) => note !== undefined);
}

function parsed({ file, path }: Ini, { text }: Excerpt): Ini {
  return parseIni(text, file, path);
}
