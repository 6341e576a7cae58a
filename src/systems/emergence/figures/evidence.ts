import { colours } from "../../../charts/theme.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { wilson } from "../../../numerics/statistics.ts";
import { DEFAULTS } from "../../../transitions/emergence/audit.ts";
import { noisyCurves } from "../claims/studies.ts";
import { JUMP_POINTS, JUMPS, POINTS } from "../protocols/noisy-curves.ts";

const share = (records: readonly { readonly deltaJump: number }[]) =>
  wilson(records.filter(({ deltaJump }) => deltaJump > DEFAULTS.threshold).length, records.length);

export const evidenceFigure = chartFigure({
  name: "jumps-found",
  title: "How large a jump has to be to be found among 12 scales",
  needs: [noisyCurves.has("sample")],
  caption(run) {
    const records = noisyCurves.of(run, "sample");
    const alarms = POINTS.map(T => share(records.filter(each => each.curve === "line" && each.N === T)).estimate);
    const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
    return (
      `Measured: share of tables in which the difference of BIC is above ${DEFAULTS.threshold}, of ${records.filter(({ jump }) => jump === JUMPS[0]).length} lines with noise and a jump of each size (rings, with 95 % intervals); without a jump ${percent(Math.min(...alarms))} to ${percent(Math.max(...alarms))} at ${POINTS.join(", ")} scales. ` +
      "Theory: false alarms of at most 4 % at any number of scales, stated beforehand (level)."
    );
  },
  chart(run) {
    const records = noisyCurves.of(run, "sample");
    const groups = [
      { jump: 0, own: records.filter(({ curve, N }) => curve === "line" && N === JUMP_POINTS) },
      ...JUMPS.map(jump => ({ jump, own: records.filter(each => each.curve === "jump" && each.jump === jump) })),
    ];
    const shares = groups.map(({ own }) => share(own));
    return {
      description: "Jumps of ten standard deviations are found nearly always, of three hardly ever.",
      x: { label: "jump, standard deviations of the noise", domain: [-0.5, 20.5] },
      y: { label: "share of tables in which it is found", domain: [0, 1.02] },
      curves: [],
      scatters: [
        {
          points: groups.map(({ jump }, i) => [jump, shares[i].estimate]),
          ranges: shares.map(({ low, high }) => [low, high]),
          colour: colours.blue,
        },
      ],
      levels: [{ label: "4 %", value: 0.04, colour: colours.vermillion }],
    };
  },
});
