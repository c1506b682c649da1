import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** An HTTP proxy on 127.0.0.1 that connects, or refuses. */
export interface ConnectProxy extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, or https with `tls`. */
  readonly url: string;
  /** What it was asked to connect to, as `host:port`. */
  readonly asked: readonly string[];
  /** The heads of all requests. */
  readonly heads: readonly string[];
}

export interface ProxyOptions {
  /** Connects nobody, and answers every request with this status; 0 closes the connection without a word. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where all connections lead to, whatever is asked for: a port of this machine. No test leaves it. */
  readonly leadsTo?: number;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Milliseconds until it connects. */
  readonly delayMs?: number;
}

export async function startProxy(options: ProxyOptions = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  const serve = (client: Socket): void => {
    keep(client).once("data", (data) => {
      const head = data.toString("latin1");
      const target = /^CONNECT (\S+) HTTP/.exec(head)?.[1];
      heads.push(head);
      if (target !== undefined) asked.push(target);
      if (options.status === 0) return client.destroy();
      if (options.status !== undefined) return client.end(refusal(options.status, options.headers));
      if (target === undefined) return client.end(refusal(400, {}));
      const timer = setTimeout(() => {
        const remote = keep(connect(options.leadsTo ?? Number(target.split(":").at(-1)), "127.0.0.1"));
        remote.once("connect", () => {
          client.write("HTTP/1.1 200 Connection established\r\n\r\n");
          client.pipe(remote).pipe(client);
        });
      }, options.delayMs ?? 0);
      client.once("close", () => clearTimeout(timer));
    });
  };
  const server: Server = options.tls === undefined
    ? createServer(serve)
    : createTlsServer(options.tls, serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    asked,
    heads,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function refusal(status: number, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ ...headers, "content-length": "0" }).map(([name, value]) =>
    `${name}: ${value}\r\n`
  );
  return `HTTP/1.1 ${status} Refused\r\n${lines.join("")}\r\n`;
}
