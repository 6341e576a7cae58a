import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Surface } from "../../src/charts/surface.ts";
import { element, group, type SvgElement, svgText } from "../../src/charts/svg.ts";
import { drawNoMore, drawSoon } from "../drawing.ts";
import type { Picture } from "../picture.ts";

const AT_BUILD = 520;

/** What moves over a picture that stands still, such as a cross-hair. */
export type Marks = (surface: Surface) => readonly SvgElement[];

interface PlotOptions {
  readonly picture: Picture;
  readonly marks?: Marks | undefined;
  readonly class?: string;
  /** The pointer at a place of the picture in pixels, and undefined where it leaves. */
  onPoint?(surface: Surface, at: readonly [x: number, y: number] | undefined): void;
  onPick?(surface: Surface, at: readonly [x: number, y: number]): void;
}

/** A picture as wide as its place, in whole steps, so that a scroll bar does not redraw it. It is drawn again when there is time, and only when it is another. */
export const Plot = ({ picture, marks, class: name = "", onPoint, onPick }: PlotOptions) => {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const surface = { width, height: picture.height };
  const first = useMemo(() => {
    const { name, attributes, children } = picture.draw(surface);
    return svgText(element(name, attributes, [...children, marked(marks?.(surface))]));
  }, []);
  const shown = useRef({ picture, width });
  useLayoutEffect(() => {
    const own = place.current;
    if (!own) return;
    drawSoon(own, () => {
      if (shown.current.picture !== picture || shown.current.width !== width) {
        own.innerHTML = svgText(picture.draw(surface));
        shown.current = { picture, width };
      }
      if (!marks) return;
      own.querySelector(`[data-part="marks"]`)?.remove();
      own.firstElementChild?.insertAdjacentHTML("beforeend", svgText(marked(marks(surface))));
    });
  }, [picture, width, marks]);
  useEffect(() => () => drawNoMore(place.current!), []);

  // Where a chart is drawn at another size than it has, as on a phone, pixels are scaled.
  const placeOf = ({ clientX, clientY }: MouseEvent): readonly [number, number] => {
    const svg = place.current!.firstElementChild!;
    const box = svg.getBoundingClientRect();
    const scale = Number(svg.getAttribute("width")) / box.width;
    return [(clientX - box.left) * scale, (clientY - box.top) * scale];
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only highlights; what a click does has a key beside it
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      ref={place}
      class={`plot ${name}`}
      data-picture={picture.name}
      onPointerMove={onPoint && (event => onPoint(surface, placeOf(event)))}
      onPointerLeave={onPoint && (() => onPoint(surface, undefined))}
      onClick={onPick && (event => onPick(surface, placeOf(event)))}
      dangerouslySetInnerHTML={{ __html: first }}
    />
  );
};

const marked = (marks: readonly SvgElement[] = []): SvgElement => group({ "data-part": "marks" }, marks);

/** Width of an element in pixels, in steps of 8; that of the build until it is known. */
export const useWidth = (place: { readonly current: HTMLElement | null }): number => {
  const [width, setWidth] = useState(AT_BUILD);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth } = element;
      if (clientWidth > 0) setWidth(Math.max(240, Math.floor(clientWidth / 8) * 8));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
};
