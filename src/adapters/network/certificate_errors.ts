import { NetworkError } from "../../errors.ts";
import { askProxy } from "./ask_proxy.ts";
import type { Trip } from "./trip.ts";

/** What is wrong with a certificate (the texts are rustls's, CertificateError); undefined for another error. */
export async function explainCertificate(detail: string, trip: Trip): Promise<NetworkError | undefined> {
  const [, why] = /invalid peer certificate: (.*)/s.exec(detail) ?? [];
  if (why === undefined) return undefined;
  const { way: { proxy, trusted }, url } = trip;
  const whose = proxy?.url.startsWith("https:") && await meetsTheSame(trip)
    ? `the proxy ${proxy.host}`
    : url.host;
  if (/expired/i.test(why)) {
    return new NetworkError(
      `can't trust ${whose}: its TLS certificate has expired`,
      "is this machine's clock right? If it is, whoever runs the server or the proxy must renew the certificate",
    );
  }
  if (/not ?valid ?yet/i.test(why)) {
    return new NetworkError(
      `can't trust ${whose}: its TLS certificate isn't valid yet`,
      "is this machine's clock right?",
    );
  }
  if (/not valid for name/i.test(why)) {
    const names = [...why.matchAll(/(?:DnsName\("|IpAddress\()([^")]+)/g)].map(([, name]) => name);
    return new NetworkError(
      `can't trust ${whose}: its TLS certificate is for ${names.slice(0, 3).join(", ") || "another name"}`,
      "something else answers in its place: check the address, the network and its DNS",
    );
  }
  if (!/UnknownIssuer/.test(why)) {
    return new NetworkError(
      `can't trust ${whose}: its TLS certificate is not in order (${why})`,
      "ask whoever runs the server or the proxy",
    );
  }
  const issuer = proxy === undefined ? await issuerOf(url) : undefined;
  const of = issuer === undefined ? "" : ` but from '${issuer}'`;
  return new NetworkError(
    `can't trust ${whose}: its TLS certificate isn't trusted${of} (looked in ${trusted.join(", ")})`,
    "where a proxy inspects TLS, have its authority as a PEM file: AWS_CA_BUNDLE=FILE.pem",
  );
}

/** The library for it takes its time to load, and this is the last that the run does. */
async function issuerOf(url: URL): Promise<string | undefined> {
  const { peekIssuer } = await import("./peek_certificate.ts");
  return await peekIssuer(url);
}

/** True where even a request that ends at the proxy meets a certificate that is not trusted. */
async function meetsTheSame({ way, url }: Trip): Promise<boolean> {
  try {
    await askProxy(way, url);
    return false;
  } catch (error) {
    const texts = error instanceof Error
      ? [error.message, error.cause instanceof Error ? error.cause.message : ""]
      : [];
    return texts.some((text) => text.includes("invalid peer certificate"));
  }
}
