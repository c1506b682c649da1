/** One layout, written to a folder as `credentials` and `config`, and the profile that is asked for. */
export interface Question {
  readonly folder: string;
  readonly profile: string;
}

/**
 * What a real reader signs with: id, secret where it tells, and token, or that there is one; "file" where it
 * refuses a whole file; "nothing" else.
 */
export type Answer =
  | { readonly id: string; readonly secret: string | undefined; readonly token: string | true | undefined }
  | "file"
  | "nothing";
