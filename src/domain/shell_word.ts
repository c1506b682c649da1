/** A name as a POSIX shell takes it, quoted only where it must be. */
export function shellWord(name: string): string {
  return /^[\w./@:+-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}

/** " -p NAME", nothing for the default profile: what is to be typed behind a command of awsmfa's. */
export function profileOption(name: string): string {
  return name === "default" ? "" : ` -p ${shellWord(name)}`;
}
