const SIGNALS: Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Until the answer is called, a signal that would end the program does not: a save takes milliseconds and is
 * finished. What SIGKILL leaves lying is swept by the next run.
 */
export function ignoreSignals(): () => void {
  const ignore = (): void => {};
  for (const signal of SIGNALS) Deno.addSignalListener(signal, ignore);
  return () => {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, ignore);
  };
}
