/**
 * True where NO_PROXY names the host of a URL. Its entries are parted by commas or blanks, without regard to case: a
 * name counts for all below it, with or without a dot or `*.` before it (curl, CURLOPT_NOPROXY); an address; a range
 * such as 10.0.0.0/8; `*` for all. `:PORT` behind an entry holds it to that port (Python, urllib.request).
 */
export function isInNoProxy(noProxy: string, url: URL): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return noProxy.toLowerCase().split(/[\s,]+/).some((entry) => {
    if (entry === "*") return true;
    const [, name = "", itsPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [undefined, entry];
    return (itsPort === undefined || itsPort === port) && names(name, host);
  });
}

function names(entry: string, host: string): boolean {
  const [address = "", length] = entry.split("/");
  const [bits, of] = [bitsOf(host), bitsOf(address)];
  if (bits !== undefined) {
    if (of === undefined) return false;
    const same = length === undefined ? of.length : Number(length);
    return bits.length === of.length && bits.slice(0, same) === of.slice(0, same);
  }
  const suffix = entry.replace(/^\*?\./, "").replace(/\.$/, "");
  return suffix !== "" && (host === suffix || host.endsWith(`.${suffix}`));
}

/** An IP address as ones and zeros, 32 or 128 of them; undefined for a name. */
function bitsOf(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (/^\d+(\.\d+){3}$/.test(bare)) return bare.split(".").map((part) => binary(Number(part), 8)).join("");
  if (!bare.includes(":")) return undefined;
  const canonical = URL.parse(`http://[${bare}]/`)?.hostname.slice(1, -1);
  if (canonical === undefined) return undefined;
  const [before = [], after = []] = canonical.split("::").map((half) =>
    half.split(":").filter((part) => part !== "")
  );
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].map((part) => binary(parseInt(part, 16), 16)).join("");
}

function binary(value: number, digits: number): string {
  return value.toString(2).padStart(digits, "0");
}
