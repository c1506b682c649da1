/**
 * The time that all files get which a build makes: SOURCE_DATE_EPOCH (reproducible-builds.org, in seconds), else the
 * first moment that a zip can name.
 */
export const SOURCE_DATE: Date = new Date(
  Number(Deno.env.get("SOURCE_DATE_EPOCH") || Date.UTC(1980, 0, 1) / 1000) * 1000,
);
