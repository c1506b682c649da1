import type { IncomingMessage, ServerResponse } from "node:http";
import { answerXml, refusalXml } from "./answers.ts";
import {
  type ArrivedRequest,
  type Behaviour,
  type LoggedRequest,
  plannedRefusal,
  takeFailure,
} from "./behaviour.ts";
import type { Directory } from "./directory.ts";
import { readWire } from "./listener.ts";
import { answerQuery, namedIn, type QueryRequest, readQuery } from "./query_request.ts";
import { Refusal } from "./refusal.ts";

/** The state of one running server, shared by its requests. */
export interface Running {
  readonly directory: Directory;
  readonly behaviour: Behaviour;
  readonly requests: LoggedRequest[];
  readonly closing: AbortSignal;
}

/** Answers one HTTP request, as the behaviour of the moment has it, and logs it. */
export async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  running: Running,
): Promise<void> {
  const { behaviour, requests, closing } = running;
  const wire = await readWire(request);
  if (wire === undefined) return;
  const query = readQuery(wire);
  const arrived: ArrivedRequest = {
    action: query.action,
    ...namedIn(query.wire),
    connection: request.socket.remotePort ?? 0,
    params: Object.fromEntries(query.params),
  };
  await behaviour.onRequest?.(arrived);
  if (behaviour.hang) {
    requests.push({ ...arrived, status: 0, errorCode: "hang" });
    return;
  }
  const failure = takeFailure(behaviour);
  await pause(behaviour.delayMs, closing);
  if (closing.aborted) return;
  if (failure === "reset") {
    requests.push({ ...arrived, status: 0, errorCode: "reset" });
    request.socket.resetAndDestroy();
    return;
  }
  const planned = failure === undefined || failure === "lost" ? undefined : plannedRefusal(failure);
  const { status, errorCode, xml } = answer(query, running, planned);
  if (failure === "lost") {
    requests.push({ ...arrived, status: 0, errorCode: "lost" });
    request.socket.resetAndDestroy();
    return;
  }
  requests.push(errorCode === undefined ? { ...arrived, status } : { ...arrived, status, errorCode });
  response.writeHead(status, {
    "content-type": "text/xml",
    date: new Date(serverNow(behaviour)).toUTCString(),
    "x-amzn-requestid": xml.requestId,
  });
  response.end(xml.text);
}

interface Answered {
  readonly status: number;
  readonly errorCode?: string;
  readonly xml: { readonly requestId: string; readonly text: string };
}

function answer(query: QueryRequest, running: Running, planned: Refusal | undefined): Answered {
  const { directory, behaviour } = running;
  const requestId = crypto.randomUUID();
  try {
    if (planned !== undefined) throw planned;
    const clocks = { now: serverNow(behaviour), deviceNow: Date.now() };
    const result = answerQuery(query, directory, clocks, behaviour);
    return {
      status: 200,
      xml: { requestId, text: answerXml(query.service, query.action, result, requestId) },
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const text = refusalXml(query.service, error, requestId);
    return { status: error.status, errorCode: error.code, xml: { requestId, text } };
  }
}

function serverNow(behaviour: Behaviour): number {
  return Date.now() + behaviour.clockOffsetSeconds * 1000;
}

function pause(milliseconds: number, closing: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || closing.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      closing.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    closing.addEventListener("abort", done);
  });
}
