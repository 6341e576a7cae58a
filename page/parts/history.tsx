import { useEffect, useRef } from "preact/hooks";
import { lineChart, type Point } from "../../src/charts/line-chart.ts";
import { colours } from "../../src/charts/theme.ts";
import { type Picture, shortNumber } from "../picture.ts";
import type { Session } from "../session.ts";
import { Plot } from "./plot.tsx";

/** The order parameter over the steps of the run, for downloads and for the page as it is built. */
export const historyPicture = (session: Session): Picture => {
  const { frames, learner, predicted } = session;
  const level = predicted.peek();
  const points = (of: "order" | "loss"): Point[] =>
    frames.flatMap(frame => (Number.isFinite(frame[of]) ? [[frame.step, frame[of]] as const] : []));
  return {
    name: "history",
    title: `${learner.order.label} over training`,
    height: 220,
    draw: surface =>
      lineChart(
        {
          title: `${learner.order.label} over training`,
          description: `${frames.length} looks at the run.`,
          x: { label: "step" },
          y: { label: learner.order.label },
          curves: [{ points: points("order"), colour: colours.blue }],
          levels: level === null ? [] : [{ label: "theory", value: level, colour: colours.vermillion }],
        },
        surface,
      ),
    table: () => ({
      columns: ["step", learner.order.label, "loss", "phase"],
      rows: frames.map(({ step, order, loss, label }) => [step, order, loss, label]),
    }),
  };
};

/** The same as it grows, on a canvas; a slider looks back. */
export const History = ({ session, isHidden }: { readonly session: Session; readonly isHidden: boolean }) => {
  const place = useRef<HTMLDivElement>(null);
  const { frames, tick, looked, learner, predicted, frame } = session;
  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    const begin = async () => {
      const { liveCanvas } = await import("../live-canvas.ts");
      if (!isGone && place.current) stop = liveCanvas(place.current, session, isHidden);
    };
    void begin();
    return () => {
      isGone = true;
      stop();
    };
  }, [session, isHidden]);
  const at = session.place();
  return (
    <div class="history">
      <h3>{learner.order.label} over training</h3>
      <div
        ref={place}
        class="canvas"
        role="img"
        aria-label={`${learner.order.label} over training, ${tick.value > 0 ? frames.length : 0} looks${predicted.value === null || isHidden ? "" : `, predicted ${shortNumber(predicted.value)}`}`}
      >
        {frames.length === 0 && <Plot picture={historyPicture(session)} />}
      </div>
      <label class="scrub">
        <span>look back</span>
        <input
          type="range"
          min={0}
          max={Math.max(0, frames.length - 1)}
          value={Math.max(0, at)}
          aria-valuetext={frame.value ? `step ${frame.value.step}, ${frame.value.label}` : "no run yet"}
          onInput={event => {
            const place = Number(event.currentTarget.value);
            looked.value = place >= frames.length - 1 ? null : frames[place].step;
          }}
        />
      </label>
    </div>
  );
};
