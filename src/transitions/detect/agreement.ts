import { type DetectorName, detectors, type Span, spansOf } from "./detectors.ts";
import type { TrackChange, TrackFit } from "./track-fit.ts";
import { axes, type Look, metrics, type Track, type View, viewOf } from "./view.ts";

/** Thinnings of a curve that are looked at. */
export const thinnings = [1, 2, 4, 8] as const;

/** Which ways of looking at a curve show a change at the same place. Looks that the points are too few for are left out. */
export interface Agreement {
  readonly detectors: { readonly [name in DetectorName]: boolean };
  /** Metrics, axes and thinnings at which at least 3 of 4 detectors see it, of those that there are. */
  readonly metrics: { readonly [name: string]: boolean };
  readonly axes: { readonly [name: string]: boolean };
  readonly thinnings: { readonly [name: string]: boolean };
  /** Whether at least 3 of 4 detectors and 2 metrics agree. */
  readonly isRobust: boolean;
}

const MOST_DETECTORS = 3;
/** Detectors may be off by so many of the means of a view. */
const SLACK = 2;

/** What all detectors find in a view of a track, kept for the next that asks. */
export interface Sight {
  readonly view: View;
  readonly spans: { readonly [name in DetectorName]: readonly Span[] };
}
export type Sights = (track: Track, look: Look) => Sight | null;

/** Sights of tracks; `fits` are those of the law detector that were made already. */
export const sightsOf = (fits: readonly TrackFit[]): Sights => {
  const kept = new Map<string, Sight | null>();
  const made = (track: Track, look: Look): Sight | null => {
    const view = viewOf(track, look);
    if (!view) return null;
    const fit = fits.find(each => each.track === track.name && each.axis === look.axis);
    const isMade = look.metric === "value" && look.thinning === 1 && fit;
    const { mean, rank, line, law } = detectors;
    const spans = {
      law: isMade ? spansOf(fit.found) : law(view),
      mean: mean(view),
      rank: rank(view),
      line: line(view),
    };
    return { view, spans };
  };
  return (track, look) => {
    const key = JSON.stringify([track.name, look]);
    if (!kept.has(key)) kept.set(key, made(track, look));
    return kept.get(key)!;
  };
};

/** Looks at a track in other ways than that in which a change was found. */
export const agreementOf = (track: Track, change: TrackChange, sights: Sights): Agreement => {
  const seen = (look: Look): { readonly [name in DetectorName]: boolean } | null => {
    const sight = sights(track, look);
    if (!sight) return null;
    const ask = (name: DetectorName): boolean => isSeen(sight.spans[name], change, sight.view);
    return { law: ask("law"), mean: ask("mean"), rank: ask("rank"), line: ask("line") };
  };
  const base: Look = { axis: change.axis, metric: "value", thinning: 1 };
  const table = <T extends string | number>(names: readonly T[], look: (name: T) => Look) => {
    const entries = names.flatMap(name => {
      const found = seen(look(name));
      return found ? [[String(name), Object.values(found).filter(Boolean).length >= MOST_DETECTORS] as const] : [];
    });
    return Object.fromEntries(entries);
  };
  const own = seen(base)!;
  const isPositive = sights(track, { ...base, metric: "log value" }) !== null;
  const byMetric = table(
    metrics.filter(metric => metric !== "rank" || !isPositive),
    metric => ({ ...base, metric }),
  );
  return {
    detectors: own,
    metrics: byMetric,
    axes: table(axes, axis => ({ ...base, axis })),
    thinnings: table(thinnings, thinning => ({ ...base, thinning })),
    isRobust:
      Object.values(own).filter(Boolean).length >= MOST_DETECTORS &&
      Object.values(byMetric).filter(Boolean).length >= 2,
  };
};

const isSeen = (spans: readonly Span[], { from, to, begins }: TrackChange, { first, last, values }: View): boolean => {
  const [low, high] = [Math.min(from, begins.low), Math.max(to, begins.high)];
  const n = values.length;
  return spans.some(
    span => last[Math.min(n - 1, span.to + SLACK)] >= low && first[Math.max(0, span.from - SLACK)] <= high,
  );
};
