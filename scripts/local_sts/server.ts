import { type Behaviour, calmBehaviour, type LoggedRequest } from "./behaviour.ts";
import { freshCode, freshPair, staleCode } from "./device.ts";
import { Directory } from "./directory.ts";
import { listen } from "./listener.ts";
import type { Credential, KeyStatus, Role, RoleOptions, User, UserKey, UserOptions } from "./people.ts";
import { serve } from "./serve.ts";

export type { ArrivedRequest, Behaviour, FailureKind, LoggedRequest } from "./behaviour.ts";
export type { DeviceKind, DeviceOptions } from "./device.ts";
export type { KeyStatus, Partition, Role, RoleOptions, User, UserKey, UserOptions } from "./people.ts";

/** A running local STS, with the IAM actions that awsmfa asks for. */
export interface LocalSts extends AsyncDisposable {
  /** http://127.0.0.1:PORT, or https with `tls`. */
  readonly url: string;
  /** Every request so far, in the order in which they were answered. */
  readonly requests: readonly LoggedRequest[];
  /** Adds a user with one long-term key; throws where the key or a device is there already. */
  addUser(options?: Partial<UserOptions>): User;
  /** Adds a role; throws where it is there already. */
  addRole(options: RoleOptions): Role;
  /** Six digits that are acceptable now and were not used yet. Never needs a wait. Throws on an unknown serial. */
  code(serial: string): string;
  /** The same, and the code that follows it: what a new device is enabled with. */
  codePair(serial: string): [string, string];
  /** Six digits that this device shows neither now nor for the next ten minutes. Throws on an unknown serial. */
  wrongCode(serial: string): string;
  /** Makes a key inactive, as an administrator does. Throws on an unknown key. */
  deactivate(accessKeyId: string): void;
  /** Gives the user another key, as an administrator does. Throws where there is no such user, or the key is there. */
  addKey(user: Pick<User, "arn">, options?: NewKey): UserKey;
  /** The user's long-term keys, the oldest first. */
  keysOf(user: Pick<User, "arn">): UserKey[];
  /** Deletes a key. Throws on an unknown key. */
  deleteKey(accessKeyId: string): void;
  /** Changes only what is named; counts from the next request on. */
  behave(behaviour: Partial<Behaviour>): void;
  /**
   * Stops at once: what was not answered stays so, and its connection is closed. Rejects where the server itself
   * failed meanwhile, or an `onRequest` threw: a test's assertion in there is not lost.
   */
  close(): Promise<void>;
}

/** How a key is added: ids are random, and it was made now, where nothing is said. */
export interface NewKey extends Partial<Pick<UserOptions, "accessKeyId" | "secretAccessKey">> {
  readonly created?: Date;
  readonly status?: KeyStatus;
}

/** How a local STS is started. `port` 0, the default, takes any free one; `tls` holds PEM texts. */
export interface LocalStsOptions {
  readonly behaviour?: Partial<Behaviour>;
  readonly port?: number;
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** Starts a local STS on 127.0.0.1. It checks what AWS checks and says what AWS says, and keeps nothing on disk. */
export async function startLocalSts(options: LocalStsOptions = {}): Promise<LocalSts> {
  const directory = new Directory();
  const behaviour = { ...calmBehaviour(), ...options.behaviour };
  const requests: LoggedRequest[] = [];
  const closing = new AbortController();
  const listener = await listen(
    options.port ?? 0,
    options.tls,
    (request, response) =>
      serve(request, response, { directory, behaviour, requests, closing: closing.signal }),
  );
  const close = async (): Promise<void> => {
    closing.abort();
    await listener.close();
  };
  return {
    url: listener.url,
    requests,
    addUser: (user = {}) => directory.addUser(user),
    addRole: (role) => directory.addRole(role),
    code: (serial) => freshCode(directory.device(serial), Date.now()),
    codePair: (serial) => freshPair(directory.device(serial), Date.now()),
    wrongCode: (serial) => staleCode(directory.device(serial), Date.now()),
    deactivate: (accessKeyId) => {
      knownKey(directory, accessKeyId).status = "Inactive";
    },
    addKey: (user, { created = new Date(), status = "Active", ...key } = {}) => {
      const [first] = directory.keysOf(user);
      if (first === undefined) throw new Error(`no user with a key: ${user.arn}`);
      const added = directory.addKey(first.principal, { ...key, created: created.getTime() });
      added.status = status;
      return added;
    },
    keysOf: (user) =>
      directory.keysOf(user).map(({ accessKeyId, secretAccessKey, status }) => ({
        accessKeyId,
        secretAccessKey,
        status,
      })),
    deleteKey: (accessKeyId) => {
      directory.keys.delete(knownKey(directory, accessKeyId).accessKeyId);
    },
    behave: (changes) => {
      Object.assign(behaviour, changes);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function knownKey(directory: Directory, accessKeyId: string): Credential {
  const key = directory.keys.get(accessKeyId);
  if (key === undefined) throw new Error(`no such key: ${accessKeyId}`);
  return key;
}
