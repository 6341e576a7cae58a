import type { RunView } from "../../../contracts/run-view.ts";
import { type CellBesidePublished, cellsBesidePublished, type PublishedName } from "../claims/beside-published.ts";
import { decayMap, figureMaps, rateMap } from "../claims/studies.ts";

/** A published map with the studies that rebuild it. */
export interface MapBesidePublished {
  readonly name: PublishedName;
  readonly studies: readonly (typeof decayMap)[];
  /** What its rows differ in. */
  readonly what: string;
  /** Whose random words it is made from. */
  readonly taken: string;
}

const ofFigure = (name: "6a" | "6b" | "6c" | "6d", what: string): MapBesidePublished => ({
  name,
  studies: figureMaps.filter(map => map.name === name).map(({ study }) => study),
  what,
  taken: "the notebook that made the source's figure",
});

const [taken, decay] = ["the source's code", "weight decay of the decoder"];

export const mapsBesidePublished: readonly MapBesidePublished[] = [
  { name: "decays", studies: [decayMap], what: decay, taken },
  { name: "rates", studies: [rateMap], what: "learning rate of the embeddings", taken },
  ofFigure("6a", "learning rate of the embeddings, figure 6a"),
  ofFigure("6b", `${decay}, figure 6b`),
  ofFigure("6c", `${decay}, classification, figure 6c`),
  ofFigure("6d", `${decay}, products in S3, figure 6d`),
];

export const allCells = (
  run: RunView,
  { name, studies }: Pick<MapBesidePublished, "name" | "studies">,
): readonly CellBesidePublished[] => studies.flatMap(study => cellsBesidePublished(run, study, name));
