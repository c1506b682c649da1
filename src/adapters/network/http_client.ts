import { NO_PROXY_VARIABLES, type Proxy, PROXY_VARIABLES } from "../../domain/network/proxy.ts";
import { setting, unsetting } from "../../domain/shell/shell_commands.ts";
import { FileError, type Hint, joinHints, UsageError } from "../../errors.ts";

/** How requests get to a host, beside the host itself. */
export interface ClientOptions {
  readonly proxy: Proxy | undefined;
  /** PEM blocks of authorities that are trusted as well. */
  readonly authorities: readonly string[];
}

/** One connection pool for all calls of a run that go the same way. */
const clients = new Map<string, Deno.HttpClient>();

/** Throws {@linkcode UsageError} or FileError where DENO_TLS_CA_STORE can't be followed. */
export function clientFor(options: ClientOptions): Deno.HttpClient {
  const key = JSON.stringify(options);
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = createClient(options);
  clients.set(key, client);
  return client;
}

/** Mozilla's list and the system's store; a person's own DENO_TLS_CA_STORE stays. */
function createClient(options: ClientOptions): Deno.HttpClient {
  const wished = Deno.env.get("DENO_TLS_CA_STORE");
  if (wished) checkStores(wished);
  const file = systemStore();
  const hasStore = file !== undefined || Deno.build.os === "windows" || Deno.build.os === "darwin";
  if (wished?.includes("system") && !hasStore) throw noStore(unsetting("DENO_TLS_CA_STORE"));
  try {
    return createWith(options, wished || (hasStore ? "mozilla,system" : "mozilla"), file);
  } catch (error) {
    if (!(error instanceof Error) || !/platform certificates/.test(error.message)) throw error;
    throw noStore(setting("DENO_TLS_CA_STORE", "mozilla"));
  }
}

/** Where Linux distributions have it (Go, crypto/x509/root_linux.go). */
const STORES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The system's store, where it is a file that can be read. The runtime fails for one that can't, and an older one then
 * fails for every other store, too.
 */
function systemStore(): string | undefined {
  if (Deno.build.os === "windows" || Deno.build.os === "darwin") return undefined;
  return STORES.find((path) => {
    try {
      Deno.openSync(path).close();
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
        return false;
      }
      throw error;
    }
  });
}

function noStore(hint: Hint): FileError {
  return new FileError("the system's store of certificate authorities can't be read", hint);
}

/** What names authorities that are trusted as well: awsmfa reads them itself, the same for every version of the runtime. */
export const AUTHORITY_VARIABLES = [
  "DENO_CERT",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
] as const;

/** The runtime reads its variables at this moment only, and nothing is left to what it would make of them. */
function createWith(
  { proxy, authorities }: ClientOptions,
  stores: string,
  systemStore: string | undefined,
): Deno.HttpClient {
  const names = [
    ...PROXY_VARIABLES,
    ...NO_PROXY_VARIABLES,
    ...AUTHORITY_VARIABLES,
    "http_proxy",
    "HTTP_PROXY",
    "DENO_TLS_CA_STORE",
  ];
  const before = names.map((name): [string, string | undefined] => [name, Deno.env.get(name)]);
  try {
    for (const name of names) Deno.env.delete(name);
    Deno.env.set("DENO_TLS_CA_STORE", stores);
    if (systemStore !== undefined) Deno.env.set("SSL_CERT_FILE", systemStore);
    if (proxy !== undefined) {
      Deno.env.set("HTTPS_PROXY", proxy.url);
      Deno.env.set("HTTP_PROXY", proxy.url);
    }
    return Deno.createHttpClient(authorities.length === 0 ? {} : { caCerts: [...authorities] });
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Deno.env.delete(name);
    }
    // Behind the others: on Windows both cases of a name are one variable.
    for (const [name, value] of before) {
      if (value !== undefined) Deno.env.set(name, value);
    }
  }
}

function checkStores(wished: string): void {
  const unknown = wished.split(",").map((name) => name.trim()).find((name) =>
    !/^(mozilla|system)$/.test(name)
  );
  if (unknown === undefined) return;
  throw new UsageError(
    `DENO_TLS_CA_STORE: '${unknown}' isn't a store of certificate authorities`,
    joinHints(unsetting("DENO_TLS_CA_STORE"), ", or name mozilla or system"),
  );
}
