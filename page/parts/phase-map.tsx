import { useMemo } from "preact/hooks";
import type { Surface } from "../../src/charts/surface.ts";
import { type MapPicture, nearest } from "../map-picture.ts";
import { shortNumber } from "../picture.ts";
import { point } from "../point.ts";
import type { Session } from "../session.ts";
import { Plot } from "./plot.tsx";

/** The map of two controls: a click opens the run of a cell; with the keyboard the arrows move the cross-hair and Enter starts the run there. */
export const PhaseMap = ({ session, picture }: { readonly session: Session; readonly picture: MapPicture }) => {
  const { x, y } = picture.axes;
  const { values, looked, frame, pointed } = session;
  // Looking back, the cross-hair stands where the run stood.
  const here = looked.value === null ? values.value : (frame.value?.at ?? values.value);
  const [a, b] = [Number(here[x.control]), Number(here[y!.control])];
  const marks = useMemo(() => picture.marksAt(here, pointed.value), [picture, a, b, pointed.value]);
  const valuesAt = (surface: Surface, at: readonly [number, number] | undefined) => {
    const cell = at && picture.cellAt(surface, at[0], at[1]);
    return cell && { [x.control]: x.values[cell.column], [y!.control]: y!.values[cell.row] };
  };
  const onPick = (surface: Surface, at: readonly [number, number]) => {
    const cell = valuesAt(surface, at);
    if (!cell) return;
    point(session, undefined);
    session.set(y!.control, cell[y!.control]);
    session.set(x.control, cell[x.control]);
    session.reset();
    session.play();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (event.key === "Enter") {
      session.reset();
      session.play();
      event.preventDefault();
    }
    if (!move) return;
    event.preventDefault();
    const next = (along: readonly number[], at: number, by: number) =>
      along[Math.max(0, Math.min(along.length - 1, nearest(along, at) + by))];
    if (move[0] !== 0) session.set(x.control, next(x.values, Number(values.value[x.control]), move[0]));
    if (move[1] !== 0) session.set(y!.control, next(y!.values, Number(values.value[y!.control]), move[1]));
  };
  const where = `at ${x.control} ${shortNumber(a)}, ${y!.control} ${shortNumber(b)}`;
  const known = pointed.value && y!.control in pointed.value && x.control in pointed.value ? pointed.value : null;
  return (
    <>
      <div
        class="map"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is a slider in two directions, which has no native element
        tabIndex={0}
        role="application"
        aria-label={`${picture.title}: ${where}. Arrows move, Enter starts the run there.`}
        onKeyDown={onKeyDown}
      >
        <div aria-hidden="true">
          <Plot
            picture={picture}
            marks={marks}
            onPoint={(surface, at) => point(session, valuesAt(surface, at))}
            onPick={onPick}
          />
        </div>
      </div>
      <p class="quiet">{picture.textAt(known ?? { [x.control]: a, [y!.control]: b })}</p>
    </>
  );
};
