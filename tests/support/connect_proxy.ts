import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** An HTTP proxy on 127.0.0.1 that connects, or refuses with an HTTP status. */
export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  /** What it was asked to connect to, as `host:port`. */
  readonly asked: readonly string[];
}

/** Starts a proxy; with `refusal` (such as 407) it connects nobody. */
export async function startProxy(refusal?: number): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  const server = createServer((client) => {
    keep(client).once("data", (head) => {
      const target = /^CONNECT (\S+) HTTP/.exec(head.toString("latin1"))?.[1] ?? "no CONNECT";
      asked.push(target);
      if (refusal !== undefined) {
        return client.end(`HTTP/1.1 ${refusal} Refused\r\ncontent-length: 0\r\n\r\n`);
      }
      // Whatever the name, it is this machine: no test leaves it.
      const remote = keep(connect(Number(target.split(":").at(-1)), "127.0.0.1"));
      remote.once("connect", () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        client.pipe(remote).pipe(client);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
