import { log } from "../numerics/elementary.ts";
import { exponentOf, roundEnds, roundNumbers, times } from "./round-numbers.ts";

export interface Axis {
  /** Quantity and unit. */
  readonly label: string;
  readonly scale?: "linear" | "log";
  /** Its ends; what lies beyond is cut off. Chosen to hold everything when absent. */
  readonly domain?: readonly [number, number];
  /** A quantity that is counted: ticks at whole numbers only. Linear axes alone. */
  readonly whole?: boolean;
}

export interface Tick {
  readonly value: number;
  /** Empty for the short ticks between those that have a number. */
  readonly text: string;
}

export interface Scale {
  /** Pixels of a value; on a log axis nought and less lie far below. */
  at(value: number): number;
  /** Ticks at round numbers, sets of them, the densest first. */
  readonly tickSets: readonly (readonly Tick[])[];
}

/** The ends of an axis, lowest first. A linear axis ends on round numbers, a log axis just beyond its values, as whole decades would waste half of it. */
export const domainOf = ({ scale = "linear", domain }: Axis, values: readonly number[]): readonly [number, number] => {
  const isLog = scale === "log";
  const [low, high] = domain ?? (values.length > 0 ? [least(values), greatest(values)] : isLog ? [1, 10] : [0, 1]);
  if (domain && low !== high) return domain;
  if (isLog) return [Math.max(SMALLEST, low / 1.15), Math.max(2 * SMALLEST, high * 1.15)];
  const size = Math.max(-low, high);
  const isFlat = high - low <= Math.max(SMALLEST, SMALLEST_SPAN * size);
  const margin = isFlat ? (size > SMALLEST ? size / 10 : 1) : 0;
  return roundEnds(low - margin, high + margin, MOST);
};

/** Below this are numbers of fewer digits, and of ticks so close together no two are alike; relative to the values, what differs by less is level. */
const SMALLEST = 1e-290;
const SMALLEST_SPAN = 1e-9;

/** A scale from the ends of an axis to two places in pixels. */
export const scaleOf = (axis: Axis, domain: readonly [number, number], range: readonly [number, number]): Scale => {
  const isLog = axis.scale === "log";
  const along = isLog ? (value: number) => log(Math.max(SMALLEST, value)) : (value: number) => value;
  const [low, high] = domain.map(along);
  const [start, end] = range;
  return {
    at: value => start + ((along(value) - low) / (high - low)) * (end - start),
    tickSets: isLog ? logTicks(domain) : linearTicks(domain, axis.whole),
  };
};

const MOST = 10;

/** From ten ticks down to one; the same set comes once, and of three the two outer ones too. */
const linearTicks = ([low, high]: readonly [number, number], whole = false): readonly (readonly Tick[])[] =>
  Array.from({ length: MOST }, (_, i) => MOST - i)
    .map(count => roundNumbers(low, high, count))
    .filter(({ values }) => values.length > 0 && !(whole && values.some(value => !Number.isInteger(value))))
    .filter(({ values }, i, all) => i === 0 || values.length < all[i - 1].values.length)
    .flatMap(({ values, decimals }) => {
      const ticks = named(values, decimals);
      return ticks.length === 3 ? [ticks, [ticks[0], ticks[2]]] : [ticks];
    });

/** Longer numbers are written with a power of ten. */
const LONGEST = 7;

const named = (values: readonly number[], decimals: number): readonly Tick[] => {
  const plain = values.map(value => withDecimals(value, decimals));
  const isLong = plain.some(text => text.length > LONGEST);
  const short = values.map(withPower);
  const texts = isLong && longest(short) < longest(plain) ? short : plain;
  return values.map((value, i) => ({ value, text: texts[i] }));
};

const longest = (texts: readonly string[]): number => greatest(texts.map(({ length }) => length));

/** More are not told apart by any axis, nor written by all engines. */
const MOST_DECIMALS = 20;

/** Such as 12,500 and −0.50: groups of three digits and a true minus sign, which nought has not. */
const withDecimals = (value: number, decimals: number): string => {
  const digits = Math.abs(value).toFixed(Math.min(MOST_DECIMALS, decimals));
  const sign = value < 0 && Number(digits) > 0 ? "\u2212" : "";
  return sign + digits.replace(/^\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ","));
};

/** Such as 2 x 10 to the power of 6. */
const withPower = (value: number): string => {
  if (value === 0) return "0";
  const [mantissa, exponent] = Number(Math.abs(value).toPrecision(12)).toExponential().split("e");
  const power = `10${raised(Number(exponent))}`;
  return (value < 0 ? "\u2212" : "") + (mantissa === "1" ? power : `${mantissa}\u00d7${power}`);
};

const SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

const raised = (exponent: number): string =>
  String(exponent).replace(/./g, character => (character === "-" ? "\u207b" : SUPERSCRIPTS[Number(character)]));

/** Multiples of powers of ten that have a number, the densest first. */
const multiples = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]];
/** Over more decades only powers of ten have a number, and over still more there are no short ticks. */
const MOST_DECADES_WITH_MULTIPLES = 2;
const MOST_DECADES_IN_PARTS = 7;

/** Powers of ten, with multiples between them where there is room; over less than a decade as on a linear axis. */
const logTicks = ([low, high]: readonly [number, number]): readonly (readonly Tick[])[] => {
  const isInside = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const first = exponentOf(low);
  const exponents = Array.from({ length: exponentOf(high) - first + 1 }, (_, i) => first + i);
  const all = (factors: readonly number[]) =>
    exponents.flatMap(exponent => factors.map(factor => times(factor, exponent))).filter(isInside);
  const powers = all([1]);
  if (powers.length < 2 && all(multiples[1]).length < 3) return linearTicks([low, high]);

  const isPlain = powers.every(value => value >= 1e-3 && value <= 1e4);
  const between = exponents.length > MOST_DECADES_IN_PARTS ? [] : all(multiples[0]);
  const set = (numbered: readonly number[], others: readonly number[]): readonly Tick[] => [
    ...numbered.map(value => ({ value, text: isPlain ? plainText(value) : withPower(value) })),
    ...others.filter(value => !numbered.includes(value)).map(value => ({ value, text: "" })),
  ];
  const withMultiples = isPlain || powers.length <= MOST_DECADES_WITH_MULTIPLES ? multiples : [[1]];
  return [
    ...withMultiples.map(factors => set(all(factors), between)),
    ...powers.slice(2).map((_, i) =>
      set(
        powers.filter(power => exponentOf(power) % (i + 2) === 0),
        powers,
      ),
    ),
  ].filter(ticks => ticks.some(({ text }) => text !== ""));
};

const plainText = (value: number): string => (value >= 1000 ? `${value / 1000},000` : String(value));

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
