import { SOURCE_DATE } from "../compile/source_date.ts";
import { concatenate, type Entry, textEntry } from "./entry.ts";
import type { Extras } from "./extras.ts";
import { gzip, tar } from "./tar.ts";

/** Debian's names of the machines. */
export const DEB_ARCH = { x64: "amd64", arm64: "arm64" } as const;

/** A Debian package (deb(5), deb-control(5), Debian Policy 12 for the copyright file and the manual page). */
export function deb(
  program: Uint8Array<ArrayBuffer>,
  arch: keyof typeof DEB_ARCH,
  version: string,
  { licence, thirdParty, manual, completions }: Extras,
): Uint8Array<ArrayBuffer> {
  const data: Entry[] = [
    { path: "usr/bin/awsmfa", bytes: program, mode: 0o755 },
    textEntry("usr/share/doc/awsmfa/copyright", `${licence}\n${thirdParty}`),
    { path: "usr/share/man/man1/awsmfa.1.gz", bytes: gzip(new TextEncoder().encode(manual)), mode: 0o644 },
    textEntry("usr/share/bash-completion/completions/awsmfa", completions.bash),
    textEntry("usr/share/zsh/vendor-completions/_awsmfa", completions.zsh),
    textEntry("usr/share/fish/vendor_completions.d/awsmfa.fish", completions.fish),
  ];
  const kib = Math.ceil(data.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1024);
  const control = `Package: awsmfa
Version: ${version}
Section: utils
Priority: optional
Architecture: ${DEB_ARCH[arch]}
Depends: libc6 (>= 2.27), libgcc-s1
Installed-Size: ${kib}
Maintainer: The awsmfa authors <noreply@users.noreply.github.com>
Description: log in to AWS with an MFA code
 Turns an IAM user's long-term AWS keys and the six digits of an MFA device
 into a session, and puts it where the AWS CLI, the SDKs and Terraform look.
`;
  return ar([
    ["debian-binary", new TextEncoder().encode("2.0\n")],
    ["control.tar.gz", gzip(tar([textEntry("control", control)], "./"))],
    ["data.tar.gz", gzip(tar(data, "./"))],
  ]);
}

/** An ar archive of System V's kind: 60 bytes before each file, each at an even offset. */
function ar(files: readonly [name: string, bytes: Uint8Array][]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const time = String(SOURCE_DATE.getTime() / 1000);
  return concatenate([
    encoder.encode("!<arch>\n"),
    ...files.flatMap(([name, bytes]) => [
      encoder.encode(
        `${name.padEnd(16)}${time.padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"100644".padEnd(8)}${
          String(bytes.length).padEnd(10)
        }\`\n`,
      ),
      bytes,
      encoder.encode(bytes.length % 2 === 0 ? "" : "\n"),
    ]),
  ]);
}
