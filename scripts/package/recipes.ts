import type { Target } from "../compile/targets.ts";

/** An archive that a package manager downloads. */
export interface Archive {
  readonly target: Target;
  readonly file: string;
  readonly sha256: string;
}

/** Where releases are downloaded from, without the version: AWSMFA_RELEASE_URL, which the release workflow sets. */
export const RELEASE_URL: string = Deno.env.get("AWSMFA_RELEASE_URL") ||
  "https://github.com/awsmfa/awsmfa/releases/download";

const ABOUT = "Log in to AWS with an MFA code";
const HOMEPAGE = RELEASE_URL.replace(/\/releases\/download$/, "");

/** A Homebrew formula (docs.brew.sh, "Formula Cookbook"); undefined where an archive that it names is missing. */
export function homebrewFormula(version: string, archives: readonly Archive[]): string | undefined {
  const source = (os: Target["os"], arch: Target["arch"]): string | undefined => {
    const found = archives.find(({ target }) => target.os === os && target.arch === arch);
    if (found === undefined) return undefined;
    return `    on_${arch === "arm64" ? "arm" : "intel"} do
      url "${RELEASE_URL}/v${version}/${found.file}"
      sha256 "${found.sha256}"
    end`;
  };
  const sources = (["macos", "linux"] as const).map((os) => {
    const both = [source(os, "arm64"), source(os, "x64")];
    return both.includes(undefined) ? undefined : `  on_${os} do\n${both.join("\n")}\n  end`;
  });
  if (sources.includes(undefined)) return undefined;
  return `class Awsmfa < Formula
  desc "${ABOUT}"
  homepage "${HOMEPAGE}"
  version "${version}"
  license "MIT"

${sources.join("\n\n")}

  def install
    bin.install "awsmfa"
    man1.install "man/awsmfa.1"
    bash_completion.install "completions/awsmfa.bash" => "awsmfa"
    zsh_completion.install "completions/_awsmfa"
    fish_completion.install "completions/awsmfa.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/awsmfa --version")
  end
end
`;
}

/** A Scoop manifest (ScoopInstaller/Scoop, wiki "App Manifests"); undefined where there is nothing for Windows. */
export function scoopManifest(version: string, archives: readonly Archive[]): string | undefined {
  const windows = archives.filter(({ target }) => target.os === "windows");
  if (windows.length === 0) return undefined;
  const architecture = Object.fromEntries(windows.map(({ target, file, sha256 }) => [
    target.arch === "x64" ? "64bit" : "arm64",
    {
      url: `${RELEASE_URL}/v${version}/${file}`,
      hash: sha256,
      extract_dir: file.replace(/\.zip$/, ""),
    },
  ]));
  const manifest = {
    version,
    description: ABOUT,
    homepage: HOMEPAGE,
    license: "MIT",
    architecture,
    bin: "awsmfa.exe",
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
