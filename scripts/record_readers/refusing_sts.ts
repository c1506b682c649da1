const REFUSAL =
  "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";

/** A server on this machine that refuses whatever it is asked: no reader waits for a role, and none gets one. */
export function refusingSts(): AsyncDisposable & { readonly url: string } {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(REFUSAL, { status: 403, headers: { "content-type": "text/xml" } }),
  );
  return { url: `http://127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}
