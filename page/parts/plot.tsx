import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { svgText } from "../../src/charts/svg.ts";
import type { Picture } from "../picture.ts";

const AT_BUILD = 520;

/** A picture as wide as its place, in whole steps, so that a scroll bar does not redraw it. */
export const Plot = ({ picture, class: name = "" }: { readonly picture: Picture; readonly class?: string }) => {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const markup = useMemo(() => svgText(picture.draw({ width, height: picture.height })), [picture, width]);
  return (
    <div ref={place} class={`plot ${name}`} data-picture={picture.name} dangerouslySetInnerHTML={{ __html: markup }} />
  );
};

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
