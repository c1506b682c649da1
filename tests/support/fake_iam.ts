import type { LastUse } from "../../src/domain/keys/access_key.ts";
import type { LongTermKeys } from "../../src/domain/keys/credentials.ts";
import { StsRefusal } from "../../src/domain/aws/sts_refusal.ts";
import type { StsAccess, World } from "../../src/world.ts";
import { ALICE } from "./fake_world.ts";

/** An access key of Alice's. */
export interface FakeKey extends LongTermKeys {
  status: "Active" | "Inactive" | "Expired";
  readonly created: Date;
  readonly lastUse?: LastUse | undefined;
}

export interface FakeIam {
  /** Changed by the calls. */
  readonly keys: FakeKey[];
  /** Each action, with the key's id. */
  readonly calls: string[];
  /** Actions that a policy denies. */
  readonly denied: Set<string>;
  /** Of the next calls that a new key signs: which are refused. */
  refusals: boolean[];
  /** To be put over a fake world. */
  readonly world: Pick<
    World,
    | "listAccessKeys"
    | "accessKeyLastUse"
    | "createAccessKey"
    | "setAccessKeyActive"
    | "deleteAccessKey"
    | "caller"
  >;
}

/** The nth key that this IAM makes. */
export function keyNumber(n: number): LongTermKeys {
  return { accessKeyId: `AKIAMADE${String(n).padStart(12, "A")}`, secretAccessKey: `made/secret+${n}` };
}

/** IAM as Alice finds it. `now` is when a new key is made. */
export function fakeIam(keys: readonly FakeKey[], now: Date): FakeIam {
  let made = 0;
  const iam: Omit<FakeIam, "world"> = {
    keys: keys.map((key) => ({ ...key })),
    calls: [],
    denied: new Set(),
    refusals: [],
  };
  const asked = (action: string, access: StsAccess, accessKeyId = ""): void => {
    iam.calls.push(`${action} ${accessKeyId}`.trim());
    if (access.keys.sessionToken === undefined) throw new Error(`${action} wants a session with MFA`);
    if (!iam.denied.has(action)) return;
    const text =
      `User: ${ALICE} is not authorized to perform: iam:${action} on resource: user alice because no ` +
      "identity-based policy allows it";
    throw new StsRefusal("AccessDenied", text, 1, 0);
  };
  const find = (accessKeyId: string): FakeKey => {
    const key = iam.keys.find((each) => each.accessKeyId === accessKeyId);
    if (key === undefined) throw new StsRefusal("NoSuchEntity", "The Access Key cannot be found.", 1, 0);
    return key;
  };
  const world: FakeIam["world"] = {
    listAccessKeys: (access) =>
      Promise.try(() => {
        asked("ListAccessKeys", access);
        return iam.keys.map(({ accessKeyId, status, created }) => ({ accessKeyId, status, created }));
      }),
    accessKeyLastUse: (access, accessKeyId) =>
      Promise.try(() => {
        asked("GetAccessKeyLastUsed", access, accessKeyId);
        return find(accessKeyId).lastUse;
      }),
    createAccessKey: (access) =>
      Promise.try(() => {
        asked("CreateAccessKey", access);
        if (iam.keys.length === 2) throw new StsRefusal("LimitExceeded", "Cannot exceed quota", 1, 0);
        const key = keyNumber(++made);
        iam.keys.push({ ...key, status: "Active", created: now });
        return key;
      }),
    setAccessKeyActive: (access, _user, accessKeyId, active) =>
      Promise.try(() => {
        asked("UpdateAccessKey", access, `${accessKeyId} ${active ? "Active" : "Inactive"}`);
        find(accessKeyId).status = active ? "Active" : "Inactive";
      }),
    deleteAccessKey: (access, _user, accessKeyId) =>
      Promise.try(() => {
        asked("DeleteAccessKey", access, accessKeyId);
        iam.keys.splice(iam.keys.indexOf(find(accessKeyId)), 1);
      }),
    caller: ({ keys: { accessKeyId, secretAccessKey, sessionToken } }) =>
      Promise.try(() => {
        const key = iam.keys.find((each) => each.accessKeyId === accessKeyId);
        const isNew = accessKeyId.startsWith("AKIAMADE");
        const isGood = sessionToken !== undefined ||
          (key?.status === "Active" && key.secretAccessKey === secretAccessKey);
        if (!isGood || (isNew && iam.refusals.shift())) {
          throw new StsRefusal("InvalidClientTokenId", "The security token is invalid.", 1, 0);
        }
        return { arn: ALICE, clockAheadSeconds: 0, via: "direct" };
      }),
  };
  return Object.assign(iam, { world });
}
