/** The user that this process runs as; null on Windows. Asked at the start, since commands give the permission up. */
export const OWN_UID: number | null = Deno.build.os === "windows" ? null : Deno.uid();
