import { instructions } from "./instructions.ts";
import type { Leaves } from "./plan.ts";
import type { Region, Store } from "./region.ts";
import { readBy, readsElsewhere } from "./steps.ts";

/**
 * Updates are written in place. Where a loop still reads a parameter that another loop changes, or at another entry than the one it
 * changes, the new values wait in a temporary array.
 */
export const inPlaceOrCopied = (regions: readonly Region[], leaves: Leaves): { region: Region; level: number }[] => {
  const copies: Region[] = [];
  const reads = new Map(regions.map(region => [region, new Set(readBy({ kind: "region", region }))]));
  const written = regions.map(region => ({
    ...region,
    stores: region.stores.map((store): Store => {
      const { slot } = store.access;
      const isSafe = regions.every(other =>
        other === region ? !readsElsewhere(other, store.access) : !reads.get(other)!.has(slot),
      );
      if (isSafe || slot.place === "temporary") return store;
      const waiting = leaves.slot("temporary", slot.size);
      const access = { ...store.access, slot: waiting };
      copies.push({ axes: region.axes, stores: [{ value: instructions().load(access), access: store.access }] });
      return { ...store, access };
    }),
  }));
  return [...written.map(region => ({ region, level: 0 })), ...copies.map(region => ({ region, level: 1 }))];
};
