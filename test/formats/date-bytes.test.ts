import { expect, test } from "vitest";
import { dateSeconds } from "../../src/formats/date-bytes.ts";
import { stream } from "../../src/numerics/stream.ts";

const read = (text: string): number => {
  const bytes = new TextEncoder().encode(`,${text},1`);
  return dateSeconds(bytes, 1, bytes.length - 2);
};

test("dates are read as Date.parse reads them", () => {
  const random = stream({ seed: 1, purpose: "dates" });
  const two = (least: number, count: number): string => String(least + random.below(count)).padStart(2, "0");
  const zones = ["Z", "+01:00", "-0330", "+23:59"];
  for (let i = 0; i < 5000; i++) {
    const year = String(random.below(10_000)).padStart(4, "0");
    const day = `${year}-${two(1, 12)}-${two(1, 28)}`;
    expect(read(day)).toBe(Date.parse(day) / 1000);
    const fraction = random.below(2) ? `.${String(random.uniform()).slice(2, 3 + random.below(7))}` : "";
    const time = `${two(0, 24)}:${two(0, 60)}:${two(0, 60)}${fraction}`;
    const zone = zones[random.below(4)];
    expect(read(`${day}T${time}${zone}`)).toBe(Date.parse(`${day}T${time}${zone}`) / 1000);
    expect(read(`${day} ${time}`)).toBe(Date.parse(`${day}T${time}Z`) / 1000);
  }
});

test.each([
  ["a word", "yesterday"],
  ["a month too many", "2026-13-01"],
  ["a day that the month has not", "2026-02-31"],
  ["an hour too many", "2026-02-01T24:00:00"],
  ["no seconds", "2026-02-01T12:00"],
  ["a point without a fraction", "2026-02-01T12:00:00."],
  ["half a zone", "2026-02-01T12:00:00+1"],
  ["more behind it", "2026-02-01T12:00:00Z."],
  ["a number", "-12.5"],
])("left to slower means: %s", (_, text) => expect(read(text)).toBeNaN());
