import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { WireRequest } from "./sigv4.ts";

/** A listening HTTP server. `close` cuts every connection, may be called twice, and rejects with a handler's fault. */
export interface Listener {
  readonly url: string;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Listens on 127.0.0.1; port 0 is any free one. node:http and not Deno.serve, because only here a connection can be
 * closed without an answer, and the header names come as they were sent.
 */
export async function listen(
  port: number,
  tls: { readonly cert: string; readonly key: string } | undefined,
  handle: Handler,
): Promise<Listener> {
  const faults: unknown[] = [];
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch((fault) => {
      faults.push(fault);
      // Else the client would wait for ever.
      request.socket.destroy();
    });
  };
  const server = tls === undefined ? createServer(onRequest) : createTlsServer({ ...tls }, onRequest);
  // Idle connections stay open for the tests that count them.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  const address = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
    close: () =>
      closed ??= new Promise((resolve, reject) => {
        server.close(() => faults.length === 0 ? resolve() : reject(faults[0]));
        server.closeAllConnections();
      }),
  };
}

/**
 * The whole request as the signature sees it: raw body, repeated headers joined by a comma. Undefined where the client
 * went away in the middle of it.
 */
export async function readWire(request: IncomingMessage): Promise<WireRequest | undefined> {
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const name = (request.rawHeaders[i] ?? "").toLowerCase();
    const value = (request.rawHeaders[i + 1] ?? "").trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array<ArrayBuffer>>) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return {
    method: request.method ?? "GET",
    target: request.url ?? "/",
    headers,
    body: await new Blob(chunks).bytes(),
  };
}
