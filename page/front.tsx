import { useEffect, useRef, useState } from "preact/hooks";
import { svgText } from "../src/charts/svg.ts";
import { listedSystems } from "../src/systems/index.ts";
import { lookFor } from "./words.ts";
import { startWorker } from "./workers/address.ts";

/** Small pictures of the systems by name, as SVG text: those of the build, which live ones replace. */
export type Thumbnails = { readonly [system: string]: string };

/** What a phase transition in learning is, and all systems as small pictures that come alive when they are seen. */
export const Front = ({ thumbnails }: { readonly thumbnails: Thumbnails }) => (
  <main id="main" class="front">
    <header>
      <h1>Landau, a laboratory for phase transitions in learning</h1>
      <p class="lead">
        As a knob is turned slowly, say weight decay, what a network has learned can change all at once, as water
        freezes at one temperature: that is a phase transition in learning. Here you turn the knob, see it happen live,
        and see the theory that predicts it beside the measurement.
      </p>
    </header>
    <ul class="gallery">
      {Object.values(listedSystems).map(({ card: { name, title } }) => (
        <li key={name}>
          <a href={`${name}.html`}>
            <Thumbnail system={name} markup={thumbnails[name] ?? ""} />
            <h2>{title}</h2>
            <p>{lookFor(name)}</p>
          </a>
        </li>
      ))}
    </ul>
    <section class="tools">
      <h2>Your own</h2>
      <ul>
        <li>
          <a href="data.html">Drop a training log, draws, a table of scores or weights</a>: was there a transition, and
          is it real? Nothing is uploaded.
        </li>
        <li>
          <a href="model.html">Write a model of ten lines</a> and train it here.
        </li>
      </ul>
    </section>
  </main>
);

const AGAIN = 120;

/** A slow sweep of the system, drawn point by point while it is in view. */
const Thumbnail = ({ system, markup }: { readonly system: string; readonly markup: string }) => {
  const place = useRef<HTMLDivElement>(null);
  const [live, setLive] = useState("");
  useEffect(() => {
    const element = place.current;
    if (!element || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    let worker: Worker | undefined;
    let timer = 0;
    const stop = () => {
      worker?.terminate();
      worker = undefined;
      clearTimeout(timer);
    };
    // Only the picture that is pointed at or has the focus: all at once would be too much for a phone.
    const begin = () => {
      if (worker) return;
      worker = startWorker("thumbnail");
      worker.onmessage = ({ data }) => setLive(svgText(data));
      timer = window.setTimeout(() => worker?.postMessage(system), AGAIN);
    };
    const card = element.closest("a")!;
    const observer = new IntersectionObserver(([{ isIntersecting }]) => {
      if (isIntersecting) return queue.add(begin);
      queue.remove(begin);
      stop();
    });
    observer.observe(element);
    card.addEventListener("pointerenter", begin);
    card.addEventListener("focus", begin);
    return () => {
      observer.disconnect();
      queue.remove(begin);
      card.removeEventListener("pointerenter", begin);
      card.removeEventListener("focus", begin);
      stop();
    };
  }, [system]);
  return (
    <div ref={place} class="plot thumbnail" aria-hidden="true" dangerouslySetInnerHTML={{ __html: live || markup }} />
  );
};

/** Pictures in view come alive one after the other, once the page is at rest. */
const queue = (() => {
  const waiting: (() => void)[] = [];
  let timer = 0;
  const next = () => {
    const begin = waiting.shift();
    begin?.();
    timer = waiting.length > 0 ? window.setTimeout(next, 700) : 0;
  };
  return {
    add(begin: () => void) {
      waiting.push(begin);
      if (timer === 0) timer = window.setTimeout(next, 1500);
    },
    remove(begin: () => void) {
      const at = waiting.indexOf(begin);
      if (at >= 0) waiting.splice(at, 1);
    },
  };
})();
