/** Two files as people have them, and the profiles that are asked for. Texts as decodeBytes gives them. */
export interface Layout {
  readonly kind: string;
  readonly credentials?: string;
  readonly config?: string;
  readonly asked: readonly string[];
}

/** The two key lines of user `n`; all keys are made up. */
export function keys(n: number): string {
  return `aws_access_key_id = AKIA${n}\naws_secret_access_key = s${n}/+x\n`;
}

/** The same with a session token. */
export function session(n: number): string {
  return `aws_access_key_id = ASIA${n}\naws_secret_access_key = s${n}/+x\naws_session_token = t${n}//==\n`;
}

/** Layouts of one kind, from `[credentials, config, ...profiles]`; undefined: no such file. */
export function layouts(
  kind: string,
  rows: readonly (readonly [string | undefined, string | undefined, ...string[]])[],
): Layout[] {
  return rows.map(([credentials, config, ...asked]) => ({
    kind,
    ...(credentials === undefined ? {} : { credentials }),
    ...(config === undefined ? {} : { config }),
    asked: asked.length > 0 ? asked : ["work", "other"],
  }));
}
