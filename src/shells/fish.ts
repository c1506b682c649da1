import { byLine } from "./variables.ts";

/** fish: in single quotes only `\` and `'` mean anything (fish documentation, "Quotes"). */
export const writeFish = byLine(
  (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, "\\$&")}'`,
  (name) => `set -e ${name}`,
);
