import { invalid } from "../../errors.ts";
import { findChanges } from "../change/find-changes.ts";
import { type Agreement, agreementOf, sightsOf } from "./agreement.ts";
import { refined } from "./refine.ts";
import type { TrackChange, TrackFit } from "./track-fit.ts";
import { axes, type Track, viewOf } from "./view.ts";

/** Changes of one or more quantities at the same steps. */
export interface Transition {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly TrackChange[];
  /** Sum of the evidence of the quantities, each counted once. */
  readonly evidence: number;
  readonly agreement: Agreement;
}

export interface TransitionsFound {
  /** By their first steps. */
  readonly transitions: readonly Transition[];
  readonly fits: readonly TrackFit[];
  /** Quantities that could not be looked at, and why. */
  readonly left: readonly string[];
}

/**
 * Where quantities of one run change otherwise than a smooth law with AR(1) noise does, along their steps and along the logarithm of the steps; what changes
 * at the same steps is one transition. Each is held against other detectors, metrics, thinnings and axes.
 */
export const findTransitions = (tracks: readonly Track[]): TransitionsFound => {
  if (tracks.length === 0) throw invalid("the number of tracks", 0, "at least one");
  const left: string[] = [];
  const fits = tracks.flatMap(track => {
    const own = axes.flatMap(axis => {
      const view = viewOf(track, { axis, metric: "value", thinning: 1 });
      return view ? [{ track: track.name, axis, view, found: findChanges(view.values, view.places) }] : [];
    });
    if (own.length === 0) left.push(track.name);
    return own;
  });
  const changes = fits.flatMap(fit => changesOf(fit, tracks.find(({ name }) => name === fit.track)!));
  const groups = grouped(changes);
  const sights = sightsOf(fits);
  return {
    transitions: groups.map(group => {
      const from = Math.min(...group.map(each => each.from));
      const to = Math.max(...group.map(each => each.to));
      const lead = leading(group);
      const evidence = new Map<string, number>();
      for (const each of group) evidence.set(each.track, Math.max(each.evidence, evidence.get(each.track) ?? 0));
      return {
        from: isOfMean(lead) ? lead.from : from,
        to: isOfMean(lead) ? lead.to : to,
        changes: group,
        evidence: [...evidence.values()].reduce((sum, each) => sum + each, 0),
        agreement: agreementOf(tracks.find(({ name }) => name === lead.track)!, lead, sights),
      };
    }),
    fits,
    left,
  };
};

/** The change that a transition is named by: the strongest, of the mean where there is one. */
export const leading = (changes: readonly TrackChange[]): TrackChange => {
  const ofMean = changes.filter(isOfMean);
  return (ofMean.length > 0 ? ofMean : changes).reduce((best, each) => (each.evidence > best.evidence ? each : best));
};

export const isOfMean = ({ type }: TrackChange): boolean => type !== "variance" && type !== "dependence";

const changesOf = ({ track, axis, view, found }: TrackFit, whole: Track): TrackChange[] =>
  found.changes.map(change => {
    const { at, width, type, level, ratio, difference, evidence } = change;
    const end = Math.min(view.values.length - 1, at.estimate + width - 1);
    const near = refined(whole, view, found, change);
    return {
      track,
      axis,
      type,
      from: near ? near.before : view.last[at.estimate - 1],
      to: near ? near.step : view.first[end],
      begins: near
        ? { low: near.low, high: near.high, probability: near.probability }
        : { low: view.first[at.low], high: view.first[at.high], probability: at.probability },
      level,
      ratio,
      difference,
      evidence,
    };
  });

/** Changes of which each overlaps the strongest of its group: that of a mean begins a group before others do. */
const grouped = (changes: readonly TrackChange[]): TrackChange[][] => {
  const groups: TrackChange[][] = [];
  const order = [...changes].sort((a, b) => Number(isOfMean(b)) - Number(isOfMean(a)) || b.evidence - a.evidence);
  for (const change of order) {
    const own = groups.find(([lead]) => overlaps(lead, change));
    if (own) own.push(change);
    else groups.push([change]);
  }
  return groups.sort((a, b) => a[0].from - b[0].from);
};

const overlaps = (a: TrackChange, b: TrackChange): boolean =>
  Math.min(a.from, a.begins.low) <= Math.max(b.to, b.begins.high) &&
  Math.min(b.from, b.begins.low) <= Math.max(a.to, a.begins.high);
