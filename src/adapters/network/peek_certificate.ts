import { connect } from "node:tls";

const MOST_MS = 3_000;

/**
 * Who issued the certificate of a host that is not trusted: for the words of a refusal, and for nothing else. No byte
 * but the handshake is sent. Undefined where that can't be found out.
 */
export function peekIssuer({ hostname, port }: URL): Promise<string | undefined> {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
    });
    const end = (issuer: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(issuer);
    };
    const timer = setTimeout(() => end(undefined), MOST_MS);
    socket.once("error", () => end(undefined));
    socket.once("secureConnect", () => {
      const { issuer } = socket.getPeerCertificate();
      const name = issuer?.CN ?? issuer?.O;
      end([name].flat()[0]);
    });
  });
}
