import { parseIni } from "../../../src/domain/aws_files/ini.ts";
import { marked } from "../../support/session_mark.ts";
import type { KeyFiles } from "../../../src/domain/placement/source_keys.ts";

/** The texts of the three files; one that is left out is empty. */
export interface Texts {
  readonly credentials?: string;
  readonly config?: string;
  readonly backup?: string;
}

/** The files as they are read; each has its role as its path. */
export function keyFiles({ credentials = "", config = "", backup = "" }: Texts): KeyFiles {
  return {
    credentials: parseIni(credentials, "credentials", "CREDENTIALS"),
    config: parseIni(config, "config", "CONFIG"),
    backup: parseIni(backup, "credentials", "BACKUP"),
  };
}

/** The two lines of a long-term key; its secret begins with "SECRET". */
export function keys(id: string): string {
  return `aws_access_key_id = ${id}\naws_secret_access_key = SECRET/${id}\n`;
}

/** The lines of a session of awsmfa's, in the same way. */
export function sessionLines(id: string, ...more: string[]): string {
  return marked(othersSession(id, ...more));
}

/** The same of another tool's. */
export function othersSession(id: string, ...more: string[]): string {
  return `${keys(id)}aws_session_token = TOKEN/${id}\n${more.map((line) => `${line}\n`).join("")}`;
}
