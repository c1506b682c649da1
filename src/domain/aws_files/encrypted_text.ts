import { FileError } from "../../errors.ts";
import { running } from "../shell/shell_commands.ts";

interface Tool {
  readonly name: string;
  readonly begins: RegExp;
  /** What makes the file readable again. */
  readonly command: string;
  /** False where the command is not about one file. */
  readonly takesPath?: false;
}

/** How what encrypts whole files, or values in them, begins what it writes; from each one's documentation of its format. */
const TOOLS: readonly Tool[] = [
  { name: "git-crypt", begins: /^\0GITCRYPT\0/, command: "git-crypt unlock", takesPath: false },
  { name: "ansible-vault", begins: /^\$ANSIBLE_VAULT;/, command: "ansible-vault decrypt" },
  { name: "PGP", begins: /^-----BEGIN PGP MESSAGE-----/, command: "gpg --decrypt" },
  {
    name: "age",
    begins: /^(?:age-encryption\.org\/v1\n|-----BEGIN AGE ENCRYPTED FILE-----)/,
    command: "age --decrypt",
  },
  {
    name: "sops",
    begins: /^(?:\{\s*"data": "ENC\[|[^]*= ENC\[AES256_GCM,)/,
    command: "sops --decrypt --in-place",
  },
];

/** Each sign of its first ones with a NUL: this is told where texts are read. */
const UTF_16 = /^[^]{0,2}(?:(?:[^\0]\0){4}|(?:\0[^\0]){4})/;

/**
 * Throws FileError for a file that is encrypted: nothing of it can be read, and what was written into it would spoil it.
 */
export function refuseEncrypted(text: string, path: string): void {
  const tool = TOOLS.find(({ begins }) => begins.test(text));
  if (tool === undefined) {
    if (!text.includes("\0") || /^\s*\[/m.test(text) || UTF_16.test(text)) return;
    throw new FileError(`${path} isn't text: it may be encrypted`, running("file", path));
  }
  const { name, command, takesPath } = tool;
  throw new FileError(
    `${path} is encrypted (${name})`,
    takesPath === false ? `in its repository: ${command}` : running(command, path),
  );
}
