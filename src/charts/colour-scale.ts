import { realPower } from "../numerics/power.ts";

type Triple = readonly [number, number, number];

/** Lightness, green to red, blue to yellow. */
const DARK: Triple = [0.27, -0.015, -0.1];
const LIGHT: Triple = [0.93, -0.04, 0.16];

/**
 * Colours for numbers, from dark blue over grey to light yellow, "#rrggbb": equal steps on a straight line in OKLab, so that equal differences look equally
 * large, and of steadily rising lightness, so that they are told apart with any kind of colour vision and in print.
 * [Ottosson, A perceptual color space for image processing, 2020]
 */
export const colourScale = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0.5 : i / (count - 1);
    return hexOf(DARK.map((from, axis) => from + share * (LIGHT[axis] - from)) as unknown as Triple);
  });

const hexOf = ([lightness, a, b]: Triple): string => {
  const [l, m, s] = [
    lightness + 0.3963377774 * a + 0.2158037573 * b,
    lightness - 0.1055613458 * a - 0.0638541728 * b,
    lightness - 0.0894841775 * a - 1.291485548 * b,
  ].map(root => root * root * root);
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map(channel).join("")}`;
};

/** A channel of sRGB from its linear value. */
const channel = (linear: number): string => {
  const value = Math.max(0, Math.min(1, linear));
  const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * realPower(value, 1 / 2.4) - 0.055;
  return Math.round(255 * encoded)
    .toString(16)
    .padStart(2, "0");
};
