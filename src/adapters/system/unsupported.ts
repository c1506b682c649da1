/** By number where Deno has no code for them: ENOSYS and ENOLCK of Linux and of macOS. */
const NUMBERS = Deno.build.os === "darwin" ? /\(os error (77|78)\)/ : /\(os error (37|38)\)/;
const CODES: readonly unknown[] = ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "ENOLCK"];

/** True for an error that says that a file system has no such call (errno(3)): flock on NFS, fsync of a folder. */
export function isUnsupported(error: unknown): boolean {
  if (!(error instanceof Error) || Deno.build.os === "windows") return false;
  return ("code" in error && CODES.includes(error.code)) || NUMBERS.test(error.message);
}
