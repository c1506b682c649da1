import { byLine } from "./variables.ts";

/** tclsh: every sign that means something between double quotes gets a backslash (Tcl(n)). */
export const writeTcl = byLine(
  (name, value) => `set ::env(${name}) "${value.replace(/[\\"$[\]{};]/g, "\\$&")}"`,
  (name) => `unset -nocomplain ::env(${name})`,
);
