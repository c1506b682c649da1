import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { zip } from "../../../scripts/package/zip.ts";
import {
  change,
  flipMiddle,
  half,
  resum,
  type ServedRelease,
  serveRelease,
} from "../../support/served_release.ts";

/**
 * PowerShell on Windows, in Wine: made ready by ../shared/tools/wine and ../shared/tools/pwsh, which print the first
 * three, and the executable of this version. .ci/run sets them where these are there.
 */
const [WINE, WINE_C, PSRUN, EXE] = ["WINE", "WINE_C", "PSRUN", "AWSMFA_WINDOWS_EXE"].map((name) =>
  Deno.env.get(name)
);

Deno.test({
  ignore: WINE === undefined || WINE_C === undefined || PSRUN === undefined || EXE === undefined,
  name:
    "on Windows install.ps1 installs, over a running program, adds to PATH once, and PowerShell completes Ünï",
  fn: async () => {
    await using stack = new AsyncDisposableStack();
    const drive = `${WINE_C}/awsmfa-test`;
    stack.defer(() => Deno.removeSync(drive, { recursive: true }));
    Deno.mkdirSync(`${drive}/home/.aws`, { recursive: true });
    Deno.writeTextFileSync(`${drive}/home/.aws/credentials`, "[default]\n[Ünï]\n[x‘ | ’]\n");
    Deno.copyFileSync(new URL("../../../scripts/install.ps1", import.meta.url), `${drive}/install.ps1`);

    const good = stack.use(await serveRelease());
    const archive = `awsmfa-${config.version}-windows-x64`;
    const bytes = Deno.readFileSync(EXE ?? "");
    good.home.write(`dist/${archive}.zip`, zip([{ path: `${archive}/awsmfa.exe`, bytes, mode: 0o755 }]));
    await resum(good.home);
    const bad: [release: ServedRelease, says: RegExp][] = [];
    for (const [prepare, says] of REFUSED) {
      const release = stack.use(await serveRelease());
      prepare(release);
      bad.push([release, says]);
    }

    Deno.writeTextFileSync(`${drive}/run.ps1`, script(good.url, bad.map(([{ url }]) => url)));
    const ran = await new Deno.Command(WINE ?? "", { args: [PSRUN ?? "", "C:\\awsmfa-test\\run.ps1"] })
      .output();
    const [stdout, stderr] = [ran.stdout, ran.stderr].map((text) => new TextDecoder().decode(text));
    const told = Object.fromEntries(
      (stdout ?? "").replaceAll("\r", "").split(/^== /m).slice(1).map((part) => {
        const line = part.indexOf("\n");
        return [part.slice(0, line), part.slice(line + 1)];
      }),
    );
    // psrun.exe says so where PowerShell itself would; its exit code also counts errors that were caught.
    assert.doesNotMatch(`${stdout}${stderr}`, /^(ERROR|WARNING|THROWN): /m);

    const folder = "C:\\awsmfa-test\\br [1]";
    const version = `awsmfa ${config.version} is in`;
    const uninstall = `Uninstall: Remove-Item -LiteralPath '${folder}\\awsmfa.exe'\n`;
    const added = "It was added to your PATH (-NoModifyPath leaves that as it is).\n";
    assert.equal(told["good"], `${version} ${folder}\n${added}A new terminal finds it.\n${uninstall}`);
    const running =
      /^The awsmfa that runs now is C:\\awsmfa-test\\br \[1\]\\\.awsmfa-old\.\S+\.exe until it ends\.\n/;
    assert.match(told["twice, running"] ?? "", running);
    assert.equal(
      told["twice, running"]?.replace(running, ""),
      `${version} ${folder}\nA new terminal finds it.\n${uninstall}`,
    );
    assert.equal(told["files"], "awsmfa.exe\n", "what ran is gone at the next install");
    assert.match(told["PATH left"] ?? "", /\nIt is not in your PATH, which was left unchanged\.\n/);
    assert.equal(told["user's PATH"], `${folder};%SystemRoot%\\mine\nExpandString\n`);
    for (const [i, [, says]] of bad.entries()) assert.match(told[`refused ${i}`] ?? "", says);
    const names = ["default", "'Ünï'", "'x‘‘ | ’’'"].map((name) =>
      [...name].map((sign) => sign.codePointAt(0)).join(" ")
    );
    assert.equal(told["completed"], `${names.join("\n")}\n`);
    assert.equal(told["encoding"], "as before\n");
    assert.match(told["env fails"] ?? "", /awsmfa env failed/);
  },
});

const REFUSED: [prepare: (release: ServedRelease) => void, says: RegExp][] = [
  [(release) => change(release, /\.zip$/, flipMiddle), /^install: .*is not what SHA256SUMS says/],
  [(release) => change(release, /\.zip$/, half), /^install: .*is not what SHA256SUMS says/],
  [
    (release) => void (release.page = "<html>Sign in</html>"),
    /^install: .* isn't a list of checksums: did a sign-in page/,
  ],
  [
    (release) => void (release.missing = /\.zip$/),
    /^install: can't download http:\S+\.zip: .*\(404\) Not Found\.\n$/,
  ],
];

function script(good: string, bad: readonly string[]): string {
  return `
$install = [scriptblock]::Create((Get-Content -Raw C:\\awsmfa-test\\install.ps1))
$folder = 'C:\\awsmfa-test\\br [1]'
$key = [Microsoft.Win32.Registry]::CurrentUser.CreateSubKey('Environment')
$key.SetValue('Path', '%SystemRoot%\\mine', 'ExpandString')
$env:Path = 'C:\\windows\\system32;C:\\windows'
$env:AWSMFA_DOWNLOAD_URL = '${good}'
$env:USERPROFILE = 'C:\\awsmfa-test\\home'

'== good'
& $install -ChecksumOnly -To $folder
'== twice, running'
[IO.File]::Copy('C:\\deno\\deno.exe', "$folder\\awsmfa.exe", $true)
$running = [Diagnostics.Process]::Start("$folder\\awsmfa.exe", 'eval "setTimeout(() => {}, 600000)"')
try { & $install -ChecksumOnly -To $folder } finally { $running.Kill(); [void]$running.WaitForExit(20000) }
'== PATH left'
Set-Location -LiteralPath $folder
& $install -ChecksumOnly -NoModifyPath -To ..\\relative
& $install -ChecksumOnly -NoModifyPath -To . | Out-Null
'== files'
[IO.Directory]::GetFiles($folder) | ForEach-Object { [IO.Path]::GetFileName($_) }
"== user's PATH"
$key.GetValue('Path', '', 'DoNotExpandEnvironmentNames'); "$($key.GetValueKind('Path'))"
$key.DeleteValue('Path')
${
    bad.map((url, i) =>
      `'== refused ${i}'\n$env:AWSMFA_DOWNLOAD_URL = '${url}'\n` +
      'try { & $install -ChecksumOnly -To $folder } catch { "$_" }'
    ).join("\n")
  }

$env:Path = "$folder;$env:Path"
$encoding = [Console]::OutputEncoding.WebName
awsmfa completions powershell | Out-String | Invoke-Expression
'== completed'
(TabExpansion2 'awsmfa -p ' 10).CompletionMatches | ForEach-Object { ([int[]][char[]]$_.CompletionText) -join ' ' }
'== encoding'
if ([Console]::OutputEncoding.WebName -eq $encoding) { 'as before' }
'== env fails'
try { awsmfa env -p nobody 2>$null | iex } catch { "$_" }
`;
}
