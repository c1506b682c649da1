import { UsageError } from "../../errors.ts";
import { isLoopback } from "./loopback.ts";
import { isInNoProxy } from "./no_proxy.ts";

/** The proxy that a variable names. */
export interface Proxy {
  /** As the runtime takes it, user and password in it: never shown. */
  readonly url: string;
  /** `proxy.corp.example:3128`. */
  readonly host: string;
  readonly variable: string;
  readonly hasUser: boolean;
}

type Env = (name: string) => string | undefined;

/** The scheme's own before the one for all, and lower case before upper case, as curl has it (curl(1), ENVIRONMENT). */
export const PROXY_VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] as const;
export const NO_PROXY_VARIABLES = ["no_proxy", "NO_PROXY"] as const;

/**
 * The proxy through which a URL is reached; undefined where it is reached directly, as this machine always is. Throws
 * {@linkcode UsageError} for a value that is no proxy's address: what is to go through a proxy never goes past it.
 */
export function chooseProxy(env: Env, url: URL): Proxy | undefined {
  if (isLoopback(url.hostname)) return undefined;
  const variable = PROXY_VARIABLES.find((name) => env(name));
  const noProxy = NO_PROXY_VARIABLES.map(env).find(Boolean) ?? "";
  if (variable === undefined || isInNoProxy(noProxy, url)) return undefined;
  return readProxy(env(variable) ?? "", variable);
}

/** The variables that stand in both cases and differ: [the one that counts, the other one]. */
export function differingVariables(env: Env): [string, string][] {
  const pairs = ["https_proxy", "all_proxy", "no_proxy"].map((lower): [string, string] => [
    lower,
    lower.toUpperCase(),
  ]);
  return pairs.filter(([lower, upper]) => env(lower) && env(upper) && env(lower) !== env(upper));
}

/** What is refused is told without a word of it: it may be a password. */
function readProxy(value: string, variable: string): Proxy {
  if (/\s/.test(value)) throw unusable(variable, "contains a space or a line ending");
  if (/["'`]/.test(value)) throw unusable(variable, "contains a quote");
  const [, scheme = "http", rest = value] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(value) ?? [];
  if (/^socks4a?$/i.test(scheme)) {
    throw unusable(variable, "names a SOCKS 4 proxy; http, https, socks5 and socks5h are possible");
  }
  if (!/^(https?|socks5h?)$/i.test(scheme)) throw unusable(variable, "does not begin with http://");
  const [, authority = "", behind = ""] = /^([^/?#\\]*)(.*)$/.exec(rest) ?? [];
  if (behind.includes("@")) throw unusable(variable, "has a / ? # or \\ in its user or password");
  if (behind !== "" && behind !== "/") throw unusable(variable, "has more than a host and a port");
  const url = URL.parse(`${scheme}://${authority}`);
  if (url === null || url.hostname === "") throw unusable(variable, "has no host, or a port that is none");
  const { protocol, username, password, host } = url;
  // The runtime passes over a user without a colon behind it, and goes direct.
  const user = username === "" && password === "" ? "" : `${username}:${password}@`;
  return { url: `${protocol}//${user}${host}`, host, variable, hasUser: user !== "" };
}

function unusable(variable: string, why: string): UsageError {
  return new UsageError(`${variable} ${why}`, `${variable}=${proxyForm(true)}`);
}

/** How a proxy is named, for a hint. */
export function proxyForm(withUser: boolean): string {
  return withUser
    ? "http://USER:PASSWORD@HOST:PORT, with @ : / # ? % of the password as %40 %3A %2F %23 %3F %25"
    : "http://HOST:PORT";
}
