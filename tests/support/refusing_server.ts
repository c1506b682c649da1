import { endpoints } from "./stage.ts";

/** An STS and IAM on 127.0.0.1 that gives one refusal, whatever is asked. */
export interface RefusingServer extends AsyncDisposable {
  /** What makes awsmfa ask it. */
  readonly env: Record<string, string>;
  readonly requests: () => number;
}

/** For refusals that depend on what AWS knows and the local STS does not: policies, regions. */
export function startRefusing(status: number, code: string, message: string): RefusingServer {
  let requests = 0;
  const xml =
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code>` +
    `<Message>${message}</Message></Error><RequestId>0f8fad5b-d9cb-469f-a165-70867728950e</RequestId></ErrorResponse>`;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    requests++;
    return new Response(xml, { status, headers: { "content-type": "text/xml" } });
  });
  return {
    env: endpoints({ url: `http://127.0.0.1:${server.addr.port}` }),
    requests: () => requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
