import { useEffect, useMemo, useRef } from "preact/hooks";
import { svgText } from "../../src/charts/svg.ts";
import type { MapPicture } from "../map-picture.ts";
import { shortNumber } from "../picture.ts";
import type { Session } from "../session.ts";
import { useWidth } from "./plot.tsx";

const HEIGHT = 380;

/** The map of two controls: a click opens the run of a cell; with the keyboard the arrows move the cross-hair and Enter starts the run there. */
export const PhaseMap = ({ session, picture }: { readonly session: Session; readonly picture: MapPicture }) => {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const surface = { width, height: HEIGHT };
  const markup = useMemo(() => svgText(picture.draw({ width, height: HEIGHT })), [picture, width]);
  const { x, y } = picture.axes;
  const { values } = session;
  const open = (column: number, row: number) => {
    session.set(y!.control, y!.values[row]);
    session.set(x.control, x.values[column]);
    session.reset();
    session.play();
  };
  // Where the chart was drawn at another size, as on a phone, pixels are scaled.
  const onClick = (event: MouseEvent) => {
    const svg = place.current?.querySelector("svg");
    if (!svg) return;
    const box = svg.getBoundingClientRect();
    const scale = Number(svg.getAttribute("width")) / box.width;
    const cell = picture.cellAt(surface, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
    if (cell) open(cell.column, cell.row);
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
  const label = `${picture.title}: at ${x.control} ${shortNumber(Number(values.value[x.control]))}, ${y!.control} ${shortNumber(Number(values.value[y!.control]))}. Arrows move, Enter starts the run there.`;
  useEffect(() => {
    place.current?.querySelector("svg")?.setAttribute("aria-hidden", "true");
  }, [markup]);
  return (
    <div
      ref={place}
      class="plot map"
      data-picture="map"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is a slider in two directions, which has no native element
      tabIndex={0}
      role="application"
      aria-label={label}
      onClick={onClick}
      onKeyDown={onKeyDown}
      dangerouslySetInnerHTML={{ __html: markup }}
    />
  );
};

const nearest = (values: readonly number[], at: number): number => {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i] - at) < Math.abs(values[best] - at)) best = i;
  return best;
};
