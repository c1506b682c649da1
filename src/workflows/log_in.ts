import { parseSessionDuration, SESSION_SECONDS } from "../domain/duration.ts";
import { checkSerial, deriveSerial } from "../domain/mfa_device.ts";
import { place, type Placement } from "../domain/placement.ts";
import { placeSession } from "../domain/session_in_file.ts";
import { type Asked, explainRefusal, StsRefusal } from "../domain/sts_refusal.ts";
import type { StsAccess, World } from "../world.ts";
import { readAwsFiles, withText } from "./aws_files.ts";
import { accessWith, type StsRoute } from "./sts_access.ts";
import { askTokenCode } from "./token_code.ts";

/** What the command line and the environment say, checked. */
export interface LoginRequest {
  readonly profile: string;
  readonly route: StsRoute;
  /** Asked for where undefined. */
  readonly code: string | undefined;
  /** Of --serial or AWSMFA_SERIAL. */
  readonly serial: string | undefined;
  /** Of --duration or AWSMFA_DURATION. */
  readonly seconds: number | undefined;
}

export interface Login {
  readonly profile: string;
  readonly serial: string;
  readonly expiration: Date;
  /** The file that this login put the long-term keys into, if it did. */
  readonly putAsideIn: string | undefined;
  /** The credentials file, and its permission bits where other users can read it. */
  readonly credentialsPath: string;
  readonly looseMode: number | undefined;
}

/**
 * Logs a profile in: its section in the credentials file holds an MFA session afterwards. The order is: all that
 * can be refused, the question, the calls, and only then a file. Throws a Failure, and then no file has changed.
 */
export async function logIn(world: World, request: LoginRequest): Promise<Login> {
  const files = readAwsFiles(world);
  const placement = place(files, files.backup, request.profile);
  const seconds = request.seconds ?? profileSeconds(placement);
  const access = accessWith(request.route, placement.keys, placement.profile?.get("region"), request.profile);
  world.checkReplaceable(files.at.credentials);

  const serial = request.serial ?? profileSerial(placement) ?? await derive(world, access, request.profile);
  const code = request.code ?? await askTokenCode(world, request.profile, serial);
  const asked = askedOf(request.profile, access, serial);
  const session = await explained(
    asked,
    () =>
      world.showWaiting("asking AWS for a session", world.requestSession(access, { serial, code, seconds })),
  );

  let putAside = false;
  await world.updateTexts([files.at.credentials, files.at.backup], ([credentialsText, backupText]) => {
    const credentials = withText(files.credentials, credentialsText);
    const backup = withText(files.backup, backupText);
    const after = placeSession(credentials, backup, request.profile, session);
    putAside = after.backup !== backup.text;
    const credentialsChange = { path: files.at.credentials, text: after.credentials };
    // The keys are in the backup before they leave the credentials file: no crash between the two loses them.
    return putAside
      ? [{ path: files.at.backup, text: after.backup }, credentialsChange]
      : [credentialsChange];
  });
  return {
    profile: request.profile,
    serial,
    expiration: session.expiration,
    putAsideIn: putAside ? files.at.backup : undefined,
    credentialsPath: files.at.credentials,
    looseMode: world.looseMode(files.at.credentials),
  };
}

function profileSeconds({ profile, target }: Placement): number {
  const text = profile?.get("duration_seconds");
  return text ? parseSessionDuration(text, `duration_seconds of profile '${target}'`) : SESSION_SECONDS.usual;
}

function profileSerial({ profile, target }: Placement): string | undefined {
  const serial = profile?.get("mfa_serial");
  return serial ? checkSerial(serial, `mfa_serial of profile '${target}'`) : undefined;
}

async function derive(world: World, access: StsAccess, profile: string): Promise<string> {
  const arn = await explained(
    askedOf(profile, access, undefined),
    () => world.showWaiting("asking AWS who this is", world.callerArn(access)),
  );
  return deriveSerial(arn);
}

function askedOf(profile: string, access: StsAccess, serial: string | undefined): Asked {
  return { profile, accessKeyId: access.keys.accessKeyId, region: access.region, serial };
}

async function explained<T>(asked: Asked, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof StsRefusal ? explainRefusal(error, asked) : error;
  }
}
