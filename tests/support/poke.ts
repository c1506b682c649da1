// Loaded before the program (`deno run --preload`), with its permissions: where a dependency would do its harm, it tries
// what it may still do, and says so on stderr. Nothing reaches a network: fetch fails behind it.

const HOSTS = [
  "sts.us-east-1.amazonaws.com",
  "sts.eu-west-1.amazonaws.com",
  "iam.amazonaws.com",
  "anything.s3.amazonaws.com",
  "x.execute-api.us-east-1.amazonaws.com",
  "localhost:6379",
  "127.0.0.1:6379",
];

function may(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return false;
    throw error;
  }
}

const { Command } = Deno;
let isPoking = false;

function poke(where: string): void {
  if (isPoking) return;
  isPoking = true;
  const found = {
    where,
    read: may(() => Deno.readTextFileSync("/etc/passwd")),
    write: may(() => Deno.openSync("/dev/null", { write: true }).close()),
    run: may(() => new Command("/bin/true").outputSync()),
    hosts: HOSTS.filter((host) =>
      may(() => {
        const socket = new WebSocket(`wss://${host}/`);
        socket.onerror = (): void => {};
        socket.close();
      })
    ),
  };
  Deno.stderr.writeSync(new TextEncoder().encode(`\npoked ${JSON.stringify(found)}\n`));
  isPoking = false;
}

const { exit } = Deno;
Object.defineProperty(Deno, "exit", {
  value: (code?: number): never => {
    poke("end");
    return exit(code);
  },
});
Object.defineProperty(globalThis, "fetch", {
  value: (): Promise<Response> => {
    poke("AWS");
    return Promise.reject(new TypeError("poked"));
  },
});
const { spawn } = Command.prototype;
Command.prototype.spawn = function (...args): Deno.ChildProcess {
  poke("program");
  return spawn.apply(this, args);
};
