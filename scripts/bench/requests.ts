import type { Program } from "../program.ts";
import { credentialsText } from "./credentials_text.ts";
import { race } from "./race.ts";
import type { Stage } from "./stage.ts";
import type { Row } from "./table.ts";

/** How often a login calls STS: once, and once before where the device has to be found out. */
export async function requestRows(stage: Stage, program: Program): Promise<Row[]> {
  return [
    await requestRow(stage, program, "known", "1 on 1"),
    await requestRow(stage, program, "derived", "2 on 1"),
  ];
}

async function requestRow(
  stage: Stage,
  program: Program,
  device: "known" | "derived",
  limit: string,
): Promise<Row> {
  const logins = 3;
  const seen = new Set<string>();
  const login = stage.login(program, credentialsText(stage.user, 3), device);
  let before = stage.sts.requests.length;
  const count = (): void => {
    const requests = stage.sts.requests.slice(before);
    before = stage.sts.requests.length;
    const connections = new Set(requests.map(({ connection }) => connection));
    if (requests.length > 0) seen.add(`${requests.length} on ${connections.size}`);
  };
  await race([{
    ...login,
    prepare: () => {
      count();
      return login.prepare?.() ?? [];
    },
  }], logins);
  count();
  const value = [...seen].join(", ");
  return { what: `login, ${device} device: requests on connections`, value, limit, ok: value === limit };
}
