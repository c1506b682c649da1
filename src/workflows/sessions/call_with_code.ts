import type { Locations } from "../../domain/paths/locations.ts";
import type { Placement } from "../../domain/placement/placement.ts";
import { type CallContext, isWrongCode, isWrongDevice, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { explainRefusal, isClockForCodes } from "../../domain/aws/explain_refusal.ts";
import { nameCodeCommand } from "../../domain/shell/command_words.ts";
import { type Failure, RefusedError } from "../../errors.ts";
import type { StsAccess, World } from "../../world.ts";
import { CHANCES } from "../support/ask_for.ts";
import { callContext } from "../support/call_context.ts";
import { codeCommandOf, codeFrom } from "../devices/code_command.ts";
import {
  type FolderEdit,
  readDeviceMemory,
  remembering,
  secondsSinceUse,
  untilNewCode,
} from "../support/device_memory.ts";
import { type DeviceSearch, firstDevice, nextDevice, sayMeantDevice } from "../devices/find_device.ts";
import type { LoginSettings } from "../support/login_settings.ts";
import { askTokenCode, refuseWithoutTerminal } from "../devices/token_code.ts";

/** What a call of STS needs that wants a code. */
export interface CodeProof {
  readonly serial: string;
  readonly code: string;
  /** Of the user, where AWS was asked for it. */
  readonly callerArn: string | undefined;
}

export interface WithCode<T> extends Omit<CodeProof, "code"> {
  readonly result: T;
  /** What is to be remembered of it. */
  readonly memory: FolderEdit;
}

/** What a proof is wanted for. */
export interface CodeRequest {
  readonly at: Locations;
  readonly placement: Placement;
  readonly access: StsAccess;
  readonly settings: LoginSettings;
  /** What the terminal shows while AWS takes its time. */
  readonly label: string;
  /** More for the words of a refusal. */
  readonly about?: Partial<CallContext>;
}

/**
 * Makes a call with a device and a code. Where AWS says that the device is not the user's, the next one of the
 * ladder is tried with the same code, which was not consumed; where it refuses the code, a person is asked again.
 * Throws a Failure.
 */
export async function callWithCode<T>(
  world: World,
  request: CodeRequest,
  call: (proof: CodeProof) => Promise<T>,
): Promise<WithCode<T>> {
  const { at, placement, access, settings } = request;
  const command = codeCommandOf(placement, settings);
  if (settings.code === undefined && command === undefined) refuseWithoutTerminal(world);
  const memory = readDeviceMemory(world, at);
  const context = { ...callContext(placement, access, undefined), ...request.about };
  const search: DeviceSearch = {
    placement,
    access,
    context,
    memory,
    serial: settings.serial,
    tried: new Set(),
  };
  const canAsk = world.interactive && command === undefined;
  const getCode = (serial: string): Promise<string> =>
    command === undefined ? askTokenCode(world, placement.requested, serial) : codeFrom(
      world,
      command,
      { AWSMFA_PROFILE: placement.requested, AWSMFA_SERIAL: serial },
      settings.codeSeconds,
    );

  let device = await firstDevice(world, search);
  sayMeantDevice(world, device);
  let code = settings.code ?? await getCode(device.serial);
  for (let chances = CHANCES;;) {
    const { serial, callerArn } = device;
    const usedAgo = await secondsSinceUse(world, memory, serial, code);
    if (usedAgo !== undefined) {
      await waitForNewCode(world, usedAgo, canAsk || command !== undefined);
      code = await getCode(serial);
      continue;
    }
    try {
      const result = await world.showWaiting(request.label, call({ serial, code, callerArn }));
      const edit = await remembering(world, at, access.keys.accessKeyId, serial, code);
      return { result, serial, callerArn, memory: edit };
    } catch (error) {
      if (!(error instanceof StsRefusal)) throw error;
      const refused = byCommand(
        explainRefusal(error, { ...context, serial }),
        isWrongCode(error) ? command : undefined,
        isClockForCodes(error),
      );
      if (isWrongDevice(error)) {
        device = await nextDevice(world, search, device);
      } else if (isWrongCode(error) && canAsk && --chances > 0) {
        const clock = isClockForCodes(error) && refused.hint !== undefined ? `hint: ${refused.hint}\n` : "";
        world.err(`${refused.message}.\n${clock}`);
        code = await getCode(serial);
      } else {
        throw refused;
      }
    }
  }
}

/** Whose code it was, where no person typed it: a hint to wait for the next one is for people. */
function byCommand(refused: Failure, command: string | undefined, isClock: boolean): Failure {
  if (command === undefined) return refused;
  const name = nameCodeCommand(command);
  return new RefusedError(
    `${refused.message} (it is the code that ${name} printed)`,
    isClock
      ? refused.fix
      : `does ${name} know the device that is asked for? It is told AWSMFA_PROFILE and AWSMFA_SERIAL`,
  );
}

/** AWS takes each code once: one that awsmfa has just used is not sent again. Throws RefusedError. */
async function waitForNewCode(world: World, usedAgo: number, mayWait: boolean): Promise<void> {
  const wait = untilNewCode(world);
  const message = `this code was used ${usedAgo}s ago; a new one comes in ${Math.ceil(wait / 1000)}s`;
  if (!mayWait) throw new RefusedError(message, "AWS takes each code once: wait for the next one");
  world.err(`${message} ...\n`);
  await world.sleep(wait);
}
