/**
 * True where an answer is one of STS or IAM: XML of the Query API, whole, with the root element that belongs to its
 * status (AWS STS API reference, "Making query requests"). Others give the same without AWS's namespace.
 */
export function isAwsAnswer(status: number, body: string): boolean {
  const [, root] = /^\uFEFF?\s*(?:<\?xml[^>]*\?>)?\s*<([A-Za-z]+)[\s>]/.exec(body) ?? [];
  if (root === undefined || !body.trimEnd().endsWith(`</${root}>`)) return false;
  if (status >= 200 && status < 300) return /^[A-Z][A-Za-z]+Response$/.test(root) && root !== "ErrorResponse";
  // Ceph and other stores that speak STS answer an error as S3 does.
  return status >= 400 && /^(ErrorResponse|Error|Response)$/.test(root) &&
    /<Code>[\w.:-]{1,100}<\/Code>/.test(body);
}

/**
 * The answer as the SDK reads it: one of another store has the error alone, as S3 has it, or in a list as EC2 does, and
 * the SDK would find no code in it.
 */
export function asQueryAnswer(body: string): string {
  const [root] = /<(?:ErrorResponse|Error|Response)[\s>]/.exec(body) ?? [];
  const [error] = root === undefined || root.startsWith("<ErrorResponse")
    ? []
    : /<Error[\s>][^]*?<\/Error>/.exec(body) ?? [];
  return error === undefined ? body : `<ErrorResponse>${error}</ErrorResponse>`;
}

/** What is told of an answer that is not AWS's: "status 302, to http://portal.example/". */
export function describeAnswer(
  status: number,
  contentType: string | null,
  location: URL | undefined,
): string {
  const [type] = contentType?.split(";") ?? [];
  const kind = /^[\w.+-]+\/[\w.+-]+$/.test(type?.trim() ?? "") ? `, ${type?.trim()}` : "";
  return `status ${status}${location === undefined ? kind : `, to ${shownUrl(location)}`}`;
}

/** An address without what may be secret in it, and not too long for a line. */
export function shownUrl({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`.slice(0, 200);
}
