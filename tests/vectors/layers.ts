/** One file of the program: `path` below src/, such as "domain/aws_files/ini.ts". */
export interface Source {
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Which floor may look into which (style.md): those with a star see types only. The rest of src/ sees anything. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  errors: ["domain*"],
  world: ["domain*"],
  domain: ["domain", "errors"],
  shells: ["shells", "domain", "errors"],
  adapters: ["adapters", "domain", "errors", "world*", "npm"],
  workflows: ["workflows", "domain", "errors", "world*"],
  commands: ["cli", "workflows", "shells", "domain", "errors", "world*", "npm"],
  cli: ["cli", "commands", "workflows", "shells", "domain", "errors", "world*", "npm"],
};

/** Words of the world outside, and the floors that may say them. */
const WORDS: [word: RegExp, floors: readonly string[]][] = [
  [/\bDeno\./, ["main", "adapters"]],
  [/\bfetch\(/, ["adapters"]],
  [/\bDeno\.(exit|args)\b/, ["main"]],
  [/\bglobalThis\./, []],
  [/\bprocess\.getBuiltinModule\b/, ["adapters"]],
  [/\bprocess\.(?!getBuiltinModule\b)/, []],
  [/\bconsole\./, []],
];

/** What the domain and the shells, which are true at any time, don't say. */
const TIMELY = /\b(async|await|Promise|Date\.now|setTimeout|Math\.random|crypto)\b|\bnew Date\(\)/;
const TIMELESS_FLOORS = ["domain", "shells", "errors", "world"];
const MOST_LINES = 300;

/** Everything in which the sources differ from the picture in style.md, one line each. */
export function breaches(sources: readonly Source[]): string[] {
  const circles = [...cycles(importGraph(sources)), ...cycles(roomGraph(sources))];
  return [
    ...sources.flatMap((source) => [...badImports(source), ...badWords(source)]),
    ...circles.map((path) => `${path} is in a circle`),
  ];
}

function badImports(source: Source): string[] {
  const allowed = MAY_IMPORT[floorOf(source.path)];
  if (allowed === undefined) return [];
  return importsOf(source)
    .filter(({ target, typeOnly }) => {
      const floor = floorOf(target);
      return !allowed.includes(floor) && !(typeOnly && allowed.includes(`${floor}*`));
    })
    .map(({ target }) => `${source.path} imports ${target}`);
}

function badWords(source: Source): string[] {
  const floor = floorOf(source.path);
  const code = withoutComments(source.text);
  const found = WORDS.filter(([word, floors]) => !floors.includes(floor) && word.test(code)).map(([word]) =>
    word
  );
  if (TIMELESS_FLOORS.includes(floor) && floor !== "world" && TIMELY.test(code)) found.push(TIMELY);
  const told = found.map((word) => `${source.path} says ${word.exec(code)?.[0]}`);
  const lines = source.text.split("\n").length - 1;
  return lines > MOST_LINES ? [...told, `${source.path} has ${lines} lines`] : told;
}

/** Who imports whom; imports of types count. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

function importGraph(sources: readonly Source[]): Graph {
  return new Map(
    sources.map((source) => [source.path, new Set(importsOf(source).map(({ target }) => target))]),
  );
}

/** The same of rooms: the folders of the files. Those at the top are no room. */
function roomGraph(sources: readonly Source[]): Graph {
  const graph = new Map<string, Set<string>>();
  for (const source of sources) {
    const room = roomOf(source.path);
    const targets = importsOf(source).map(({ target }) => roomOf(target)).filter((other) => other !== room);
    if (room !== "") graph.set(room, new Set([...graph.get(room) ?? [], ...targets]));
  }
  return graph;
}

/** Each that can reach itself. */
function cycles(graph: Graph): string[] {
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    [...graph.get(from) ?? []].some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, goal, seen);
    });
  return [...graph.keys()].filter((path) => reaches(path, path, new Set()));
}

/** Static and dynamic ones; a target is a path below src/, or "npm:NAME". */
function importsOf({ path, text }: Source): Import[] {
  const code = withoutComments(text);
  const found = code.matchAll(/\b(?:import|export)\s([^;"]*?)\bfrom\s*"([^"]+)"|\bimport\s*\(?\s*"([^"]+)"/g);
  return [...found].map(([, names = "", from, bare]) => ({
    target: resolve(path, from ?? bare ?? ""),
    typeOnly: names.startsWith("type ") ||
      /^\{(\s*type\s[^,}]+,?)+\s*\}\s*$/.test(names),
  }));
}

function resolve(path: string, specifier: string): string {
  return specifier.startsWith(".")
    ? new URL(specifier, `file:///src/${path}`).pathname.replace(/^\/src\//, "")
    : `npm:${specifier}`;
}

/** "domain/aws_files/ini.ts" is in the room "domain/aws_files", "errors.ts" in none. */
function roomOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

/** "domain/aws_files/ini.ts" is on the floor "domain", "errors.ts" is one by itself. */
function floorOf(path: string): string {
  return path.startsWith("npm:") ? "npm" : path.replace(/\.ts$/, "").split("/")[0] ?? "";
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
