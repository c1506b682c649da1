import { NetworkError } from "../../errors.ts";

/** For an address that the program's own permissions don't cover; they are given when it is started. */
export function forbiddenHost(host: string): NetworkError {
  return new NetworkError(
    `awsmfa is not permitted to reach '${host}', only AWS's own hosts and this machine`,
    `in a copy of its source: deno run -P=awsmfa --allow-net=${host} src/main.ts`,
  );
}
