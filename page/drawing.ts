/** Milliseconds of a frame that pictures may take. */
const BUDGET = 8;

const waiting = new Map<object, () => void>();
let isAsked = false;

/**
 * Draws what is asked for a place, soon: pictures are drawn one after the other, as many in a frame as there is time for, so that no frame is long and no
 * input waits. Of what is asked for one place the latest counts, in the turn of the first.
 */
export const drawSoon = (place: object, draw: () => void): void => {
  waiting.set(place, draw);
  ask();
};

/** Nothing is drawn there any more. */
export const drawNoMore = (place: object): void => void waiting.delete(place);

const ask = (): void => {
  if (isAsked || waiting.size === 0) return;
  isAsked = true;
  requestAnimationFrame(drawWaiting);
};

const drawWaiting = (): void => {
  isAsked = false;
  const end = performance.now() + BUDGET;
  // A place that asks again while it is drawn stands at the end, for the next frame.
  for (const [place, draw] of [...waiting]) {
    waiting.delete(place);
    draw();
    if (performance.now() > end) break;
  }
  ask();
};
