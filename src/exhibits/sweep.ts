import type { Figure } from "../charts/exhibits.ts";
import { type Curve, lineChart, type Place, type Point } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import type { Learner } from "../contracts/learner.ts";
import type { RunView } from "../contracts/run-view.ts";
import { branch } from "../protocols/records.ts";
import { controlLabel, counted, type SeenStudy, type Values } from "./seen-study.ts";

interface Sweep {
  readonly chain: number;
  readonly control: number;
  readonly pace: number;
  readonly direction: "up" | "down";
  readonly order: number;
}

export interface SweepPicture<Each extends Sweep> {
  readonly study: SeenStudy<"sweep", Each>;
  readonly learner: Learner;
  readonly name?: string;
  readonly title?: string;
  /** What the control and what is drawn of it are called; as the learner says when absent. */
  readonly x?: string;
  readonly y?: string;
  /** What is drawn of a record; the order parameter when absent. */
  readonly value?: (record: Each) => number;
  /** Theory over the control, drawn broken; the learner's predicted order parameter when absent. */
  readonly theory?: (at: Values) => readonly Curve[];
  /** Marks on the axis of the control; the learner's critical values when absent. */
  readonly places?: readonly Place[];
  /** Sentences behind those that every such caption has. */
  readonly remark?: string;
}

const POINTS = 200;

/** An order parameter over its control: slow sweeps up and down as points, the theory beside them, at the settings that were run. */
export const sweepFigure = <Each extends Sweep>(picture: SweepPicture<Each>): Figure => {
  const { study, learner, name = `sweep-${study.name}`, value = (record: Each) => record.order, remark } = picture;
  const swept = (run: RunView): string => String(study.settings(run).control);
  const yOf = picture.y ?? learner.order.label;
  const titleOf = picture.title ?? `${capital(learner.order.label)} in a slow sweep: ${study.name}`;
  const points = (run: RunView, direction: "up" | "down"): Point[] =>
    branch(study.of(run, "sweep"), direction).map(record => [record.control, value(record)]);
  const theoryOf = (run: RunView): readonly Curve[] => {
    const settings = study.settings(run);
    if (picture.theory) return picture.theory(settings);
    return picture.value || !knows(learner, settings)
      ? []
      : predicted(learner, settings, points(run, "up"), swept(run));
  };
  const placesOf = (run: RunView): readonly Place[] => {
    if (picture.places) return picture.places;
    if (!knows(learner, study.settings(run))) return [];
    const control = swept(run);
    const [low, high] = rangeOf(points(run, "up"));
    const critical = learner.critical?.(study.settings(run))[control] ?? [];
    return critical.filter(at => at >= low && at <= high).map(at => ({ label: shortNumber(at), value: at }));
  };
  return {
    name,
    title: titleOf,
    width: 760,
    height: 420,
    needs: [{ study: study.name, kind: "sweep" }],
    caption(run) {
      const up = points(run, "up");
      const chains = new Set(study.of(run, "sweep").map(({ chain }) => chain)).size;
      const values = up.length / Math.max(1, chains);
      const slow = learner.move ? "a slow sweep" : "gradient descent in a slow sweep";
      const measured = `Measured: ${slow} up (blue) and down (orange), ${counted(chains, "run")} of ${counted(values, "value")} each, without smoothing.`;
      const lines = theoryOf(run).length > 0;
      const marks = placesOf(run).length > 0;
      const predicts = [lines && "broken lines", marks && "vertical marks at the critical values"].filter(Boolean);
      const theory = predicts.length > 0 ? `Theory: ${predicts.join(", ")}.` : "Theory has no closed form for it.";
      return [measured, theory, remark].filter(Boolean).join(" ");
    },
    draw(run, surface) {
      const x = picture.x ?? controlLabel(learner, swept(run));
      const [up, down] = [points(run, "up"), points(run, "down")];
      const curves = theoryOf(run);
      const spacing = study.settings(run).spacing;
      return lineChart(
        {
          title: titleOf,
          description: `${yOf} over ${x}: ${up.length} values up and as many down.`,
          x: { label: x, ...(spacing === "log" && { scale: "log" as const }) },
          y: { label: yOf },
          curves,
          scatters: [
            { points: up, colour: colours.blue },
            { points: down, colour: colours.orange },
          ],
          places: placesOf(run),
          key: [
            { sample: "ring", text: "up", colour: colours.blue },
            { sample: "ring", text: "down", colour: colours.orange },
            ...(curves.length > 0 ? [{ sample: "dashed" as const, text: "theory", colour: colours.vermillion }] : []),
          ],
        },
        surface,
      );
    },
  };
};

/** Whether a sweep is one of the learner itself, not of another that shares its name for the order parameter. */
const knows = ({ controls }: Learner, at: Values): boolean => Object.keys(controls).every(name => name in at);

/** The learner's predicted order parameter over the range of a sweep. */
const predicted = (learner: Learner, settings: Values, measured: readonly Point[], swept: string): readonly Curve[] => {
  const { theory } = learner.order;
  if (!theory || measured.length === 0) return [];
  const [low, high] = rangeOf(measured);
  const values = settings.spacing === "log" ? byFactors(low, high) : evenly(low, high);
  const points = values.flatMap((control): Point[] => {
    const order = theory({ ...settings, [swept]: control }, swept);
    return order === null || !Number.isFinite(order) ? [] : [[control, order]];
  });
  return points.length < 2 ? [] : [{ points, colour: colours.vermillion, dashed: true }];
};

const rangeOf = (points: readonly Point[]): readonly [number, number] => {
  const controls = points.map(([control]) => control);
  return [Math.min(...controls), Math.max(...controls)];
};

const evenly = (low: number, high: number): number[] =>
  Array.from({ length: POINTS }, (_, i) => low + ((high - low) * i) / (POINTS - 1));

const byFactors = (low: number, high: number): number[] =>
  Array.from({ length: POINTS }, (_, i) => low * (high / low) ** (i / (POINTS - 1)));

const shortNumber = (value: number): string => String(Number(value.toPrecision(4)));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
