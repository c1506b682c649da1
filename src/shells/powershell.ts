import { byLine } from "./variables.ts";

/** PowerShell: in single quotes only a quote, of any of Unicode's shapes, is doubled (about_Quoting_Rules). */
export const writePowershell = byLine(
  (name, value) => `$Env:${name} = '${value.replace(/['\u2018-\u201b]/g, "$&$&")}'`,
  (name) => `Remove-Item Env:${name} -ErrorAction Ignore`,
);
