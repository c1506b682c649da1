import { cleanEnvironment, findProgram } from "../../scripts/program.ts";
import { endpoints, type Stage } from "./stage.ts";

/**
 * When a run is killed: after so many milliseconds, at a step of its saving, counted in changes to the folder, or when
 * it calls an action, which is then done all the same.
 */
export type Moment = { readonly afterMs: number } | { readonly atSavingStep: number } | {
  readonly atCall: string;
};

/** Starts awsmfa on a stage and sends it a signal at the moment given, or never if it ends before. */
export async function runAndKill(
  stage: Stage,
  args: readonly string[],
  moment: Moment,
  signal: Deno.Signal = "SIGKILL",
): Promise<void> {
  const watcher = "atSavingStep" in moment ? Deno.watchFs(stage.home.file(".aws")) : undefined;
  const program = findProgram();
  const child = new Deno.Command(program.command, {
    args: [...program.args, ...args],
    env: cleanEnvironment(stage.home.path, endpoints(stage.sts)),
    clearEnv: true,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const kill = (): void => {
    try {
      child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
  };
  if ("atCall" in moment) {
    stage.sts.behave({ onRequest: ({ action }) => action === moment.atCall ? kill() : undefined });
  }
  const timer = "afterMs" in moment ? setTimeout(kill, moment.afterMs) : undefined;
  const watching = watcher !== undefined && "atSavingStep" in moment
    ? killAtStep(watcher, moment.atSavingStep, kill)
    : undefined;
  await child.status;
  if ("atCall" in moment) stage.sts.behave({ onRequest: undefined });
  clearTimeout(timer);
  closeWatcher(watcher);
  await watching;
}

/** Steps count from the first draft on, which has `.awsmfa-` in its name. */
async function killAtStep(watcher: Deno.FsWatcher, step: number, kill: () => void): Promise<void> {
  let steps = 0;
  for await (const { kind, paths } of watcher) {
    const isDraft = paths.some((path) => path.includes(".awsmfa-"));
    if (kind === "access" || (steps === 0 && !isDraft)) continue;
    if (++steps >= step) kill();
  }
}

function closeWatcher(watcher: Deno.FsWatcher | undefined): void {
  try {
    watcher?.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
