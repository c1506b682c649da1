/** True where a URL's host name is this machine: localhost, 127.0.0.0/8 or [::1] (RFC 6761, RFC 1122, RFC 4291). */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
