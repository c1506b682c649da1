import { UsageError } from "../../errors.ts";
import { isLoopback } from "./loopback.ts";
import { unsetting } from "../shell/shell_commands.ts";

/**
 * The address of another STS, such as a local one or a VPC endpoint. Plain http is for this machine only: a
 * request holds an MFA code, and its answer the session. Throws {@linkcode UsageError}.
 */
export function checkEndpoint(address: string, source: string): URL {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`${source} is not an address`, `for example https://sts.eu-central-1.amazonaws.com`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new UsageError(`${source}: the address must not hold a user name or password`, unsetting(source));
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new UsageError(
      `${source}: '${url.host}' must be reached by https`,
      `${source}=https://${url.host}`,
    );
  }
  return url;
}
