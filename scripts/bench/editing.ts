import type { User } from "../local_sts/server.ts";
import { afterLogin, credentialsText } from "./credentials_text.ts";
import { lowerQuartile } from "./race.ts";
import { milliseconds, type Row, timeRow } from "./table.ts";

const PROFILES = 10_000;
const WARM_UPS = 2;
const LIMIT_MS = 50;
/** Four times the profiles may take that many times as long: linear is 4 and square 16; the rest is for noise. */
const LINEAR = 8;

/** Reading a file of many profiles and putting a session into one, in this process. */
export function editingRows(user: User, runs: number): Row[] {
  const texts = [1, 2, 4].map((times) => credentialsText(user, PROFILES * times));
  const times: number[][] = texts.map(() => []);
  for (let run = -WARM_UPS; run < runs; run++) {
    for (const [i, text] of texts.entries()) {
      const start = performance.now();
      afterLogin(text);
      if (run >= 0) times[i]?.push(performance.now() - start);
    }
  }
  const [once = NaN, twice = NaN, fourfold = NaN] = times.map(lowerQuartile);
  const growth = fourfold / once;
  return [
    timeRow(`edit one of ${PROFILES} profiles`, once, LIMIT_MS),
    {
      what: `edit one of ${PROFILES * 4}, against ${PROFILES} (${PROFILES * 2}: ${
        (twice / once).toFixed(1)
      }x)`,
      time: milliseconds(fourfold),
      value: `${growth.toFixed(2)}x`,
      limit: `${LINEAR}x`,
      ok: growth <= LINEAR,
    },
  ];
}
