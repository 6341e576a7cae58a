import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { lineChart, type Point } from "../src/charts/line-chart.ts";
import { colours } from "../src/charts/theme.ts";
import type { Picture } from "./picture.ts";
import type { Session } from "./session.ts";
import { startWorker } from "./workers/address.ts";
import type { CoefficientReply, CoefficientRequest } from "./workers/coefficient-messages.ts";

/** The learning coefficient beside the run. */
export interface Coefficient {
  readonly isOn: Signal<boolean>;
  readonly points: Signal<readonly CoefficientReply[]>;
  readonly picture: ReadonlySignal<Picture | undefined>;
  toggle(): void;
  stop(): void;
}

/** Looks at the latest state again and again while it is on: each estimate takes as long as it takes. */
export const createCoefficient = (session: Session): Coefficient => {
  const isOn = signal(false);
  const points = signal<readonly CoefficientReply[]>([]);
  let worker: Worker | undefined;
  let isBusy = false;

  const ask = (): void => {
    if (!isOn.value || isBusy || !worker) return;
    const frame = session.frames.at(-1);
    if (!frame) return void setTimeout(ask, 200);
    const last = points.value.at(-1);
    // The state stands still: more draws for the same point.
    const isSame = last !== undefined && last.step === frame.step;
    const draws = isSame ? Math.min(4096, 2 * last.draws) : 64;
    if (isSame && last.draws >= 4096) return void setTimeout(ask, 300);
    isBusy = true;
    const request: CoefficientRequest = {
      ...{
        system: session.system.name,
        settings: frame.at,
        seed: session.seed.value,
        step: frame.step,
        w: frame.w.slice(),
        draws,
      },
    };
    worker.postMessage(request, { transfer: [request.w.buffer] });
  };

  const stop = (): void => {
    isOn.value = false;
    isBusy = false;
    worker?.terminate();
    worker = undefined;
  };

  return {
    isOn,
    points,
    stop,
    toggle() {
      if (isOn.value) return stop();
      isOn.value = true;
      points.value = [];
      worker = startWorker("coefficient");
      worker.onmessage = ({ data }: MessageEvent<CoefficientReply>) => {
        isBusy = false;
        const kept = points.value.filter(({ step }) => step < data.step);
        points.value = [...kept, data].slice(-400);
        setTimeout(ask, 50);
      };
      ask();
    },
    picture: computed(() => {
      const known = points.value.filter(({ lambda, isEnough }) => lambda !== null && isEnough);
      if (known.length === 0) return undefined;
      const title = "Learning coefficient over training";
      return {
        name: "learning-coefficient",
        title,
        height: 200,
        draw: surface =>
          lineChart(
            {
              title,
              description: `${known.length} estimates with their 95 % intervals.`,
              x: { label: "step" },
              y: { label: "lambda" },
              curves: [],
              scatters: [
                {
                  points: known.map(({ step, lambda }): Point => [step, lambda!]),
                  ranges: known.map(({ lambda, error }) => [lambda! - 1.96 * error, lambda! + 1.96 * error] as const),
                  colour: colours.purple,
                },
              ],
            },
            surface,
          ),
        table: () => ({
          columns: ["step", "lambda", "standard error", "draws", "R-hat", "effective draws"],
          rows: known.map(({ step, lambda, error, draws, rHat, ess }) => [step, lambda!, error, draws, rHat, ess]),
        }),
      };
    }),
  };
};
