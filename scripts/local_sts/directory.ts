import { type Device, deviceSecret, makeDevice } from "./device.ts";
import type {
  Credential,
  Principal,
  Role,
  RoleOptions,
  TemporaryCredential,
  User,
  UserOptions,
} from "./people.ts";
import { randomId, randomSecretKey, randomSessionToken } from "./random.ts";

/** Everything that this STS knows of: keys by their ID, devices by their serial, roles by their ARN. */
export class Directory {
  readonly keys: Map<string, Credential> = new Map();
  readonly devices: Map<string, Device> = new Map();
  readonly roles: Map<string, Role> = new Map();

  /** Adds a user with one long-term key. Throws where a key ID or a device serial is there already. */
  addUser(options: Partial<UserOptions>): User {
    const accountId = options.accountId ?? "123456789012";
    const arnPrefix = `arn:${options.partition ?? "aws"}:iam::${accountId}`;
    const name = options.root ? "root-account-mfa-device" : options.name ?? this.#freeName(arnPrefix);
    const deviceOptions = options.devices ?? [{ name: options.deviceName ?? name }];
    const devices = deviceOptions.map((each) => makeDevice(each, arnPrefix, name));
    const principal: Principal = {
      kind: options.root ? "root" : "user",
      arn: options.root ? `${arnPrefix}:root` : `${arnPrefix}:user${options.path ?? "/"}${name}`,
      accountId,
      userId: options.root ? accountId : randomId("AIDA"),
      partition: options.partition ?? "aws",
      name: options.root ? "root" : name,
      devices,
      denied: options.denied ?? [],
      iamNeedsMfa: options.iamNeedsMfa ?? false,
    };
    const key = this.addKey(principal, { ...options, created: options.keyCreated?.getTime() });
    for (const device of devices) addOnce(this.devices, device.serial, device);
    const shown = devices.find((device) => device.kind !== "fido");
    return {
      arn: principal.arn,
      accountId,
      userId: principal.userId,
      name: principal.name,
      accessKeyId: key.accessKeyId,
      secretAccessKey: key.secretAccessKey,
      serial: shown?.serial ?? `${arnPrefix}:mfa/${name}`,
      totpSecret: shown === undefined ? "" : deviceSecret(shown),
      serials: devices.map((device) => device.serial),
    };
  }

  /** Adds a long-term key of a principal; made in 2026-01-02 where nothing is said. Throws where it is there already. */
  addKey(
    principal: Principal,
    options: Partial<Pick<UserOptions, "accessKeyId" | "secretAccessKey">> & {
      readonly created?: number | undefined;
      readonly refusals?: readonly boolean[];
    },
  ): Credential {
    const key: Credential = {
      accessKeyId: options.accessKeyId ?? randomId("AKIA"),
      secretAccessKey: options.secretAccessKey ?? randomSecretKey(),
      principal,
      status: "Active",
      created: options.created ?? Date.UTC(2026, 0, 2),
      lastUse: undefined,
      refusals: [...options.refusals ?? []],
    };
    addOnce(this.keys, key.accessKeyId, key);
    return key;
  }

  /** The long-term keys of a principal, the oldest first. */
  keysOf({ arn }: Pick<Principal, "arn">): Credential[] {
    return [...this.keys.values()].filter(({ principal, session }) =>
      session === undefined && principal.arn === arn
    );
  }

  /** Adds a role. Throws where the ARN is none of a role, or is there already. */
  addRole(options: RoleOptions): Role {
    const arn = options.arn ??
      `arn:${options.partition ?? "aws"}:iam::${options.accountId ?? "123456789012"}:role/${
        options.name ?? "admin"
      }`;
    const parts = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
    if (parts === null) throw new Error(`not the ARN of a role: ${arn}`);
    const [, partition = "", accountId = "", name = ""] = parts;
    const role: Role = {
      arn,
      accountId,
      partition,
      name,
      roleId: randomId("AROA"),
      trusts: options.trusts ?? true,
      requireMfa: options.requireMfa ?? false,
      externalId: options.externalId,
      maxDurationSeconds: options.maxDurationSeconds ?? 3600,
    };
    addOnce(this.roles, arn, role);
    return role;
  }

  /** Hands out temporary credentials until `expires` (milliseconds since 1970). */
  issue(
    principal: Principal,
    expires: number,
    mfa: boolean,
  ): TemporaryCredential {
    const credential = {
      accessKeyId: randomId("ASIA"),
      secretAccessKey: randomSecretKey(),
      principal,
      session: { token: randomSessionToken(), expires, mfa },
      status: "Active" as const,
      created: expires,
      lastUse: undefined,
      refusals: [],
    };
    this.keys.set(credential.accessKeyId, credential);
    return credential;
  }

  /** The device with this serial. Throws where there is none. */
  device(serial: string): Device {
    const device = this.devices.get(serial);
    if (device === undefined) throw new Error(`no such device: ${serial}`);
    return device;
  }

  #freeName(arnPrefix: string): string {
    for (let count = 1;; count++) {
      const name = count === 1 ? "alice" : `alice${count}`;
      if (!this.devices.has(`${arnPrefix}:mfa/${name}`)) return name;
    }
  }
}

function addOnce<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.has(key)) throw new Error(`the local STS has one already: ${key}`);
  map.set(key, value);
}
