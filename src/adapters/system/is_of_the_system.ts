/** True for a refusal of the operating system, however Deno words it; anything else is a defect. */
export function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && ("code" in error || /\(os error \d+\)/.test(error.message));
}
