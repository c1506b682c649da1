import { sumsOf } from "../../scripts/sign/sums.ts";
import { type Home, makeHome } from "./home.ts";
import { makeRelease } from "./made_release.ts";

/** A release made for a test, in `dist` of a home and served on this machine; how the server misbehaves may be said. */
export interface ServedRelease extends AsyncDisposable {
  readonly home: Home;
  readonly url: string;
  /** Files that are not there. */
  missing?: RegExp;
  /** Files whose connection breaks half way. */
  breakOff?: RegExp;
  /** A page that answers for every file. */
  page?: string;
  /** Where every file is instead. */
  movedTo?: string;
}

export async function serveRelease(program?: string): Promise<ServedRelease> {
  const home = makeHome();
  await makeRelease(home, "dist", program);
  await resum(home);
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, (request) => answer(release, request));
  const release: ServedRelease = {
    home,
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: async () => {
      await server.shutdown();
      await home[Symbol.asyncDispose]();
    },
  };
  return release;
}

/** Writes SHA256SUMS anew, of what is in `dist`. */
export async function resum(home: Home): Promise<void> {
  home.write("dist/SHA256SUMS", await sumsOf(home.file("dist")));
}

/** Changes the bytes of the files of such a name. */
export function change(
  { home }: ServedRelease,
  name: RegExp,
  edit: (bytes: Uint8Array) => Uint8Array | string,
): void {
  for (const file of filesIn(home.file("dist"))) {
    if (name.test(file)) home.write(`dist/${file}`, edit(Deno.readFileSync(home.file(`dist/${file}`))));
  }
}

export function flipMiddle(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => i === Math.floor(bytes.length / 2) ? byte ^ 1 : byte);
}

export function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length / 2);
}

export function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

function answer({ home, missing, breakOff, page, movedTo }: ServedRelease, request: Request): Response {
  const name = new URL(request.url).pathname.slice(1);
  if (movedTo !== undefined) {
    return new Response(null, { status: 302, headers: { location: movedTo + name } });
  }
  if (page !== undefined) return new Response(page, { headers: { "content-type": "text/html" } });
  if (missing?.test(name)) return new Response("<html><p>not here</p></html>", { status: 404 });
  try {
    const bytes = Deno.readFileSync(home.file(`dist/${name}`));
    if (!breakOff?.test(name)) return new Response(bytes);
    const stream = new ReadableStream({
      start: (controller): void => controller.enqueue(bytes.subarray(0, bytes.length / 2)),
      pull: (controller): void => controller.error(new Error("the connection breaks")),
    });
    return new Response(stream, { headers: { "content-length": String(bytes.length) } });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Response("not here", { status: 404 });
    throw error;
  }
}
