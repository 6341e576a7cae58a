import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type LineChart, lineChart } from "../../src/charts/line-chart.ts";
import { series } from "../../src/charts/theme.ts";
import { Chart } from "../parts/chart.tsx";
import { type Picture, shortNumber } from "../picture.ts";
import { startWorker } from "../workers/address.ts";
import type { ModelReply } from "../workers/model-messages.ts";

const EXAMPLE = `import { model, optimisers } from "landau";

export const experiment = {
  model: model((m, { x, y }) => {
    const hidden = m.tanh(m.linear("hidden", x, 2));
    return m.squaredError(m.linear("output", hidden, 1), y);
  }),
  data: { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]] },
  optimiser: optimisers.heavyBall({ stepSize: 0.05, momentum: 0.9 }),
  steps: 1000,
};
`;

/** Two losses at the end are the same level when they differ by less than this share. */
const SAME = 0.1;

/** A model of a few lines, trained from many starts in a worker of this tab. */
export const OwnModel = () => {
  const text = useRef<HTMLTextAreaElement>(null);
  const seeds = useSignal(16);
  const state = useSignal<"idle" | "running">("idle");
  const reply = useSignal<ModelReply | undefined>(undefined);
  const worker = useRef<Worker | undefined>(undefined);
  const stop = () => {
    worker.current?.terminate();
    worker.current = undefined;
    state.value = "idle";
  };
  useEffect(() => stop, []);
  const run = () => {
    stop();
    state.value = "running";
    reply.value = undefined;
    const own = startWorker("model");
    worker.current = own;
    own.onmessage = ({ data }: MessageEvent<ModelReply>) => {
      reply.value = data;
      stop();
    };
    own.onerror = ({ message }) => {
      reply.value = { type: "failed", message: message || "the model could not be run" };
      stop();
    };
    own.postMessage({ text: text.current?.value ?? "", seeds: seeds.value });
  };
  const shown = reply.value;
  return (
    <main id="main" class="own">
      <h1>Your own model</h1>
      <p class="lead">
        Ten lines are a model, its data and an optimiser. It is trained from many seeds at once in this tab; the same
        file runs in the terminal with <code>landau train ./my-model.mjs</code>.
      </p>
      <label for="model-text">The model</label>
      <textarea ref={text} id="model-text" spellcheck={false} defaultValue={EXAMPLE} />
      <p class="row">
        <label for="model-seeds">seeds</label>
        <input
          id="model-seeds"
          type="number"
          min={1}
          max={64}
          value={seeds.value}
          onChange={event => {
            seeds.value = Number(event.currentTarget.value);
          }}
        />
        <button type="button" class="main" onClick={() => (state.value === "running" ? stop() : run())}>
          {state.value === "running" ? "Stop" : "Train"}
        </button>
      </p>
      <p role="status">
        {state.value === "running" && "Training."}
        {shown?.type === "losses" && endsText(shown.losses)}
      </p>
      {shown?.type === "failed" && (
        <p class="error" role="alert">
          {shown.message}
        </p>
      )}
      {shown?.type === "losses" && <Chart picture={lossPicture(shown)} />}
    </main>
  );
};

const lossPicture = ({ steps, losses }: Extract<ModelReply, { type: "losses" }>): Picture => {
  const chart: LineChart = {
    title: "Loss over training",
    description: endsText(losses),
    x: { label: "step" },
    y: { label: "loss" },
    curves: losses.map((own, i) => ({
      points: steps.flatMap((step, k): (readonly [number, number])[] =>
        Number.isFinite(own[k]) ? [[step, own[k]]] : [],
      ),
      colour: series[i % series.length],
      opacity: 0.6,
    })),
  };
  return {
    name: "losses",
    title: chart.title,
    height: 320,
    draw: surface => lineChart(chart, surface),
    table: () => ({
      columns: ["step", ...losses.map((_, seed) => `seed ${seed}`)],
      rows: steps.map((step, k) => [step, ...losses.map(own => own[k])]),
    }),
  };
};

/** "12 seeds end near 0, 4 near 0.125" */
const endsText = (losses: readonly (readonly number[])[]): string => {
  const ends = losses.map(each => each[each.length - 1]).sort((a, b) => a - b);
  const largest = Math.max(...losses.map(([first]) => first), 1e-12);
  const levels: number[][] = [];
  for (const end of ends) {
    const last = levels.at(-1);
    if (last && end - last[0] <= SAME * Math.max(largest / 10, last[0])) last.push(end);
    else levels.push([end]);
  }
  return `${levels.map(level => `${level.length} end near ${shortNumber(level[level.length >> 1])}`).join(", ")}.`;
};
