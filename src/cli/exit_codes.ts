/** What `awsmfa help exit-codes` prints. */
export const EXIT_CODES = `Exit codes
  0    done
  1    unexpected error; doctor: a problem was found
  2    wrong usage
  3    AWS refused
  4    no credentials: not logged in, no such profile, no keys
  5    a file can't be read or saved
  6    network
  130  cancelled

'awsmfa exec' exits with the program's own code, or 127 if there is no such
program.
`;
