import type { Frame } from "./frame.ts";
import { type Pointed, rangeOf, type Session } from "./session.ts";

/** Part of the range of a control within which the pointer means a look at the run. */
const NEAR = 0.02;

/** Points at a value of the knob: the map shows its line, and the run is looked back at where it passed there. */
export const pointOver = (session: Session, value: number | undefined): void =>
  point(session, value === undefined ? undefined : { [session.knob.peek()]: value });

/** Points at values of controls in all pictures; undefined points nowhere. */
export const point = (session: Session, at: Pointed | undefined): void => {
  session.pointed.value = at ?? null;
  session.looked.value = at ? nearestStep(session, at) : null;
};

/** The latest step made as near to these values as any; null where the run never was near. */
const nearestStep = (session: Session, at: Pointed): number | null => {
  let [best, least] = [null as number | null, NEAR];
  for (const { step, at: values } of session.frames) {
    const far = distance(session, at, values);
    if (far <= least) [best, least] = [step, far];
  }
  return best === session.frames.at(-1)?.step ? null : best;
};

/** In parts of the ranges. */
const distance = (session: Session, at: Pointed, values: Frame["at"]): number =>
  Object.entries(at).reduce((most, [name, value]) => {
    const { low, high, isLog } = rangeOf(session, name);
    const share = (each: number) => (isLog ? Math.log(each / low) / Math.log(high / low) : (each - low) / (high - low));
    return Math.max(most, Math.abs(share(value) - share(Number(values[name]))));
  }, 0);
