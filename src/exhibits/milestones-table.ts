import type { Table } from "../charts/exhibits.ts";
import type { Milestones } from "../transitions/milestones.ts";
import type { SeenStudy } from "./seen-study.ts";

interface End extends Pick<Milestones, "train100" | "test95"> {
  readonly testAccuracy: number;
  readonly severity: number;
}

interface Recipe {
  readonly study: Pick<SeenStudy<"final", End>, "of">;
  readonly label: string;
  /** Steps to generalisation that the recipe is known by. */
  readonly stated: string;
}

/** When the runs of several recipes memorise and when they generalise, seed by seed. */
export const milestonesTable = ({
  recipes,
  ...heading
}: Omit<Table, "columns" | "rows"> & { readonly recipes: readonly Recipe[] }): Table => ({
  ...heading,
  columns: ["recipe", "training 1.00 at", "test 0.95 at", "stated", "test at the end", "severity"].map(label => ({
    label,
  })),
  rows: run =>
    recipes.flatMap(({ study, label, stated }) => {
      const finals = study.of(run, "final");
      if (finals.length === 0) return [];
      const list = (of: (end: End) => string): string => finals.map(of).join(" / ");
      return [
        [
          label,
          list(({ train100 }) => String(train100 ?? "never")),
          list(({ test95 }) => String(test95 ?? "never")),
          stated,
          list(({ testAccuracy }) => testAccuracy.toFixed(2)),
          list(({ severity }) => severity.toFixed(3)),
        ],
      ];
    }),
});
