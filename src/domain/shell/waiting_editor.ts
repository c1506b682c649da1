/** What makes an editor with a window wait until its file is closed, by the program's name. */
const FLAGS: Readonly<Record<string, readonly [flag: string, other?: string]>> = {
  code: ["--wait", "-w"],
  "code-insiders": ["--wait", "-w"],
  codium: ["--wait", "-w"],
  vscodium: ["--wait", "-w"],
  cursor: ["--wait", "-w"],
  windsurf: ["--wait", "-w"],
  zed: ["--wait", "-w"],
  zeditor: ["--wait", "-w"],
  subl: ["--wait", "-w"],
  sublime_text: ["--wait", "-w"],
  atom: ["--wait", "-w"],
  mate: ["--wait", "-w"],
  bbedit: ["--wait", "-w"],
  gedit: ["--wait", "-w"],
  xed: ["--wait", "-w"],
  "gnome-text-editor": ["--standalone", "-s"],
  kate: ["--block", "-b"],
  gvim: ["--nofork", "-f"],
  mvim: ["--nofork", "-f"],
};

/** The command of an editor with what makes it wait, where it is known and the command says nothing of the kind. */
export function waitingEditor(command: string, windows: boolean): string {
  const [, path = "", rest = ""] = /^\s*("[^"]+"|'[^']+'|[^\s"']+)(.*)$/s.exec(command) ?? [];
  // What a shell has to understand may be anything.
  if (/[|&;<>$()`*?~\n]/.test(command)) return command;
  const name = path.replace(/["']/g, "").replace(windows ? /^.*[/\\]/ : /^.*\//, "").replace(
    /\.(exe|cmd)$/i,
    "",
  );
  const [flag, other] = Object.hasOwn(FLAGS, name) ? FLAGS[name] ?? [] : [];
  const isThere = rest.split(/\s+/).some((word) => word === flag || word === other);
  return flag === undefined || isThere ? command : `${path} ${flag}${rest}`;
}
