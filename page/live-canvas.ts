import { effect } from "@preact/signals";
import "./known-language.ts";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { colours, onDark } from "../src/charts/theme.ts";
import { drawNoMore, drawSoon } from "./drawing.ts";
import { shortNumber } from "./picture.ts";
import type { Session } from "./session.ts";

/** Draws the run as it grows, on a canvas in a place; returns what ends it. Hovering looks back. */
export const liveCanvas = (place: HTMLElement, session: Session, isHidden: boolean): (() => void) => {
  const { frames, tick, looked, predicted, learner } = session;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let plot: uPlot | undefined;
  let isOurs = false;
  const data = (): uPlot.AlignedData => {
    const level = isHidden ? null : predicted.peek();
    return [
      frames.map(({ step }) => step),
      frames.map(({ order }) => (Number.isFinite(order) ? order : null)),
      frames.map(() => level),
      frames.map(({ loss }) => (Number.isFinite(loss) ? loss : null)),
    ];
  };
  const make = () => {
    plot?.destroy();
    place.replaceChildren();
    const hues = dark.matches ? onDark : colours;
    const ink = getComputedStyle(place).color;
    const axis = {
      stroke: ink,
      grid: { stroke: "#8883", width: 1 },
      ticks: { stroke: "#8885", width: 1 },
      font: "11px system-ui",
    };
    const values = (_: uPlot, ticks: number[]) => ticks.map(shortNumber);
    plot = new uPlot(
      {
        width: Math.max(240, place.clientWidth),
        height: 200,
        cursor: { y: false },
        legend: { show: false },
        scales: { x: { time: false }, loss: {} },
        axes: [
          { ...axis, size: 30, label: "step", labelSize: 18, labelFont: "11px system-ui" },
          { ...axis, size: 52, values },
          {
            ...axis,
            side: 1,
            scale: "loss",
            size: 52,
            values,
            grid: { show: false },
            label: "loss",
            labelSize: 16,
            labelFont: "11px system-ui",
          },
        ],
        series: [
          {},
          { label: learner.order.label, stroke: hues.blue, width: 2, points: { show: false } },
          { label: "theory", stroke: hues.vermillion, dash: [6, 4], width: 1.5, points: { show: false } },
          { label: "loss", stroke: hues.grey, width: 1, scale: "loss", points: { show: false } },
        ],
        hooks: {
          setCursor: [
            ({ cursor: { idx, left } }) => {
              // Set by the page itself, it stands where the page looks already.
              if (isOurs) return;
              if (left === undefined || left < 0) looked.value = null;
              else if (idx !== null && idx !== undefined)
                looked.value = idx >= frames.length - 1 ? null : (frames[idx]?.step ?? null);
            },
          ],
        },
      },
      data(),
      place,
    );
  };
  make();
  /** What another picture or the slider looks back at is marked here too. */
  const mark = () => {
    const step = looked.peek();
    const isHovered = place.matches(":hover");
    if (!plot || isHovered) return;
    isOurs = true;
    plot.setCursor(step === null ? { left: -10, top: -10 } : { left: plot.valToPos(step, "x"), top: 0 });
    isOurs = false;
  };
  const stopDrawing = effect(() => {
    tick.value;
    predicted.value;
    looked.value;
    drawSoon(place, () => {
      plot?.setData(data());
      mark();
    });
  });
  const observer = new ResizeObserver(() => plot?.setSize({ width: Math.max(240, place.clientWidth), height: 200 }));
  observer.observe(place);
  dark.addEventListener("change", make);
  return () => {
    drawNoMore(place);
    stopDrawing();
    observer.disconnect();
    dark.removeEventListener("change", make);
    plot?.destroy();
  };
};
