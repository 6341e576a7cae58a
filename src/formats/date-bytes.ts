const ZERO = 0x30;
const DASH = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const POINT = 0x2e;
const SPACE = 0x20;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/** Of `2026-02-14`, and of `2026-02-14T09:30:00`. */
const DAY = 10;
const SECOND = 19;
/** Every month has so many days. */
const SAFE_DAY = 28;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Number of two digits; 100 or more where there are other bytes. */
const two = (bytes: Uint8Array, at: number): number => {
  const [tens, ones] = [bytes[at] - ZERO, bytes[at + 1] - ZERO];
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? 100 : 10 * tens + ones;
};

/**
 * Seconds since 1970 of a date of ISO 8601 in ASCII bytes, a day or a time with seconds, to whole milliseconds as `Date.parse` has them: `2026-02-14`,
 * `2026-02-14 09:30:00.125`, `2026-02-14T09:30:00+01:00`. Without a zone it is taken for UTC. NaN for all other bytes, and for what only slower means can tell.
 */
export const dateSeconds = (bytes: Uint8Array, from: number, to: number): number => {
  if (to - from < DAY || bytes[from + 4] !== DASH || bytes[from + 7] !== DASH) return Number.NaN;
  const [century, year] = [two(bytes, from), two(bytes, from + 2)];
  const [month, day] = [two(bytes, from + 5), two(bytes, from + 8)];
  if (century > 99 || year > 99 || month < 1 || month > 12 || day < 1) return Number.NaN;
  if (day > SAFE_DAY && day > MONTH_DAYS[month - 1]) return Number.NaN;
  const days = daysSince1970(100 * century + year, month, day);
  if (to - from === DAY) return 86_400 * days;
  if (to - from < SECOND || (bytes[from + DAY] !== LETTER_T && bytes[from + DAY] !== SPACE)) return Number.NaN;
  if (bytes[from + 13] !== COLON || bytes[from + 16] !== COLON) return Number.NaN;
  const [hour, minute, second] = [two(bytes, from + 11), two(bytes, from + 14), two(bytes, from + 17)];
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  let at = from + SECOND;
  let milliseconds = 0;
  if (at < to && bytes[at] === POINT) {
    const first = ++at;
    for (let unit = 100; at < to && (bytes[at] - ZERO) >>> 0 <= 9; at++, unit /= 10)
      if (unit >= 1) milliseconds += unit * (bytes[at] - ZERO);
    if (at === first) return Number.NaN;
  }
  const offset = zoneMinutes(bytes, at, to);
  return (1000 * (86_400 * days + 3600 * hour + 60 * (minute - offset) + second) + milliseconds) / 1000;
};

/** `Z`, `+01:00`, `-0330` or nothing. */
const zoneMinutes = (bytes: Uint8Array, at: number, to: number): number => {
  if (at === to || (at + 1 === to && bytes[at] === LETTER_Z)) return 0;
  const hasColon = bytes[at + 3] === COLON;
  if ((bytes[at] !== PLUS && bytes[at] !== DASH) || to - at !== (hasColon ? 6 : 5)) return Number.NaN;
  const [hours, minutes] = [two(bytes, at + 1), two(bytes, at + (hasColon ? 4 : 3))];
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (bytes[at] === PLUS ? 1 : -1) * (60 * hours + minutes);
};

/** Days of the Gregorian calendar, with years that begin in March so that a leap day is the last one. */
const daysSince1970 = (year: number, month: number, day: number): number => {
  const since = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const leaps = Math.floor(since / 4) - Math.floor(since / 100) + Math.floor(since / 400);
  return 365 * since + leaps + Math.floor((153 * months + 2) / 5) + day - 719_469;
};
