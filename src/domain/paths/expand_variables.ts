/**
 * A path with `$NAME` and `${NAME}` as the AWS CLI takes them (Python's os.path.expandvars), on Windows `%NAME%`, too. A
 * variable that is not set stays as it is written.
 */
export function expandVariables(
  path: string,
  env: (name: string) => string | undefined,
  windows: boolean,
): string {
  const names = windows ? /\$([A-Za-z_]\w*)|\$\{([^}]+)\}|%([^%]+)%/g : /\$([A-Za-z_]\w*)|\$\{([^}]+)\}/g;
  return path.replace(names, (written, plain, braced, percent) => env(plain ?? braced ?? percent) ?? written);
}
