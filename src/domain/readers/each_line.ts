/** Calls with every line and its offset, until the answer is false. */
export function eachLine(
  text: string,
  lineEnd: RegExp,
  from: number,
  call: (line: string, at: number) => boolean,
): void {
  const plain = !/[\r\x85\u2028\u2029]/.test(text);
  const end = new RegExp(lineEnd, "g");
  for (let at = from; at < text.length;) {
    let [stop, next] = [text.indexOf("\n", at), 0];
    if (plain) {
      next = stop + 1;
    } else {
      end.lastIndex = at;
      stop = end.exec(text)?.index ?? -1;
      next = end.lastIndex;
    }
    if (stop < 0) stop = next = text.length;
    if (!call(text.slice(at, stop), at)) return;
    at = next;
  }
}
