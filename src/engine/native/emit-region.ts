import {
  type Instruction,
  instructionsOf,
  operandsOf,
  type Region,
  readAfterWrite,
  type Store,
} from "../lower/region.ts";
import type { Slot } from "../lower/slot.ts";
import { isFoldedAt, isFoldedOutside, PLAIN_TERMS, withSumsInArea } from "../wasm/wide-sums.ts";
import { bytesOf, type Surroundings, values } from "./emit-values.ts";

/** Loops of more instructions are written once, those of fewer again for what is left at the end. */
const LONG = 60;

/** Bytes of the widest vectors there are: loops of so many entries, or a multiple, leave nothing at their end. */
const WIDEST = 64;

/** Stores, four at a time, of one kind each; one that would be alone is left out. */
const inFours = (stores: readonly Store[], kind: (store: Store) => boolean): readonly (readonly Store[])[] =>
  [true, false].flatMap(wanted => {
    const own = stores.filter(store => kind(store) === wanted);
    const groups = Array.from({ length: Math.ceil(own.length / 4) }, (_, i) => own.slice(4 * i, 4 * i + 4));
    return groups.filter(({ length }) => length > 1);
  });

/** A function that runs the loop nest of a region. Its folds add in the order of those in WebAssembly, so that bits are equal. */
export const emitRegion = (whole: Region, name: string, sumsFrom: number, surroundings: Surroundings): string => {
  const { precision } = surroundings;
  const { region, inMemory, inLanes } = withSumsInArea(whole, precision, sumsFrom);
  const areas = new Map<Slot, number>(inMemory.map(({ sums, address }) => [sums, address]));
  const around: Surroundings = { ...surroundings, address: slot => areas.get(slot) ?? surroundings.address(slot) };
  const { lanes } = precision;
  const { axes, stores } = region;
  const laneDepth = axes.length - 1;
  const length = axes[laneDepth];
  const { depthOf, address, laneStride, isIndex, number, rowOf, statement } = values(region, around);
  const all = instructionsOf(region);
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);

  const sums = new Map(stores.map((store, i) => [store, `s${i}`]));
  const isInLanes = (store: Store) => isFoldedAt(store, laneDepth);
  const isOutside = (store: Store) => isFoldedOutside(store, region);
  const isInArea = ({ access }: Store) => access.slot.place === "sums";
  const folder = ({ fold }: Store) => (fold === "max" ? "max" : "sum");

  const groups = inFours(
    stores.filter(store => isInLanes(store) && folder(store) === "sum"),
    store => inLanes.has(store),
  );
  const groupOf = new Map(
    groups.flatMap((group, i) => group.map((store, part) => [store, { name: `f${i}`, group, part }])),
  );
  const alone = (store: Store) => isInLanes(store) && !groupOf.has(store);
  const flush = [
    ...groups.flatMap(([first], i) =>
      inLanes.has(first) ? [`wf${i} = wide_add_four(wf${i}, f${i}); f${i} = (four){};`] : [],
    ),
    ...[...inLanes.keys()].filter(alone).map(store => {
      const sum = sums.get(store)!;
      return `w${sum} = wide_add(w${sum}, ${sum}); ${sum} = (qreal){};`;
    }),
  ];
  /** In WebAssembly before every so many whole vectors. */
  const flushLine = (condition: string) =>
    flush.length === 0 ? "" : `if (i${laneDepth} % ${PLAIN_TERMS * lanes} == 0${condition}) { ${flush.join(" ")} }`;

  const storeLine = (store: Store): string => {
    const { access, fold } = store;
    const value = number(store.value);
    const where = address(access);
    const stride = laneStride(access);
    if (access.slot.element === "index") return `put_index(${where}, ${stride}, ${value}, count);`;
    const four = groupOf.get(store);
    if (four) {
      const { name, group } = four;
      if (store !== group.at(-1)) return "";
      const terms = Array.from({ length: 4 }, (_, i) => (i < group.length ? number(group[i].value) : "(vreal){}"));
      return `${name} = fold_four(${name}, ${terms.join(", ")}, count);`;
    }
    if (isInLanes(store)) return `${sums.get(store)} = fold_${folder(store)}(${sums.get(store)}, ${value}, live);`;
    if (isInArea(store)) return `add_wide(${where}, ${stride}, ${value}, count);`;
    const isWhole = stride === bytesOf(access.slot, precision);
    const load = isWhole ? `LOAD(${where})` : `load_apart(${where}, ${stride}, count)`;
    const kept = !isOutside(store) ? value : fold === "max" ? `maximum(${load}, ${value})` : `${load} + ${value}`;
    return isWhole ? `put(${where}, ${kept}, count);` : `put_apart(${where}, ${stride}, ${kept}, count);`;
  };

  const inner = all.filter(instruction => depthOf(instruction) === laneDepth).length;
  const folds = stores.some(alone);
  const body = (isWhole: boolean) => {
    if (folds) write(`const vmask live = ${isWhole ? "(vmask){} - 1" : "lanes_below(count)"};`);
    const done = new Set<Instruction>();
    const need = (instruction: Instruction) => {
      if (done.has(instruction) || depthOf(instruction) < laneDepth) return;
      done.add(instruction);
      const together = rowOf(instruction);
      for (const each of together) {
        done.add(each);
        for (const operand of operandsOf(each)) need(operand);
      }
      write(statement(instruction));
    };
    for (const instruction of readAfterWrite(region)) need(instruction);
    for (const store of stores) {
      need(store.value);
      write(storeLine(store));
    }
  };

  const laneLoop = () => {
    groups.forEach(([first], i) => {
      write(`four f${i} = {};`);
      if (inLanes.has(first)) write(`wide_four wf${i} = {};`);
    });
    for (const store of stores) {
      if (!alone(store)) continue;
      const sum = sums.get(store)!;
      write(`qreal ${sum} = ${store.fold === "max" ? "(real)-Infinity - (qreal){}" : "{}"};`);
      if (inLanes.has(store)) write(`wf64 w${sum} = {};`);
    }
    const index = `i${laneDepth}`;
    if (length % (WIDEST / precision.bytes) === 0) {
      write(`for (long ${index} = 0; ${index} < ${length}; ${index} += RL) { const int count = RL; (void)count;`);
      write(flushLine(""));
      body(true);
      write("}");
    } else if (inner > LONG) {
      write(`for (long ${index} = 0; ${index} < ${length}; ${index} += RL) {`);
      write(`const int count = ${length} - ${index} < RL ? ${length} - ${index} : RL;`);
      write(flushLine(` && count >= ${lanes}`));
      body(false);
      write("}");
    } else {
      write(`for (long ${index} = 0; ${index} + RL <= ${length}; ${index} += RL) { const int count = RL; (void)count;`);
      write(flushLine(""));
      body(true);
      write(
        `}\nif (${length} % RL) { const int count = ${length} % RL; const long ${index} = ${length} - ${length} % RL; (void)count; (void)${index};`,
      );
      write(flushLine(` && count >= ${lanes}`));
      body(false);
      write("}");
    }
    for (const store of stores) if (isInLanes(store)) write(finish(store));
  };

  /** Adds the lanes of a fold in a fixed order and stores the result. */
  const finish = (store: Store): string => {
    const four = groupOf.get(store);
    const sum = four ? `of_four(${four.name}, ${four.part})` : sums.get(store)!;
    const wide = four ? `of_wide(w${four.name}, ${four.part})` : `w${sum}`;
    const where = address(store.access).replaceAll(new RegExp(` \\+ i${laneDepth} .*$`, "g"), "");
    const total = inLanes.has(store) ? `wide_total(wide_add(${wide}, ${sum}))` : `total_${folder(store)}(${sum})`;
    if (isInArea(store)) return `*(af64 *)(${where}) += (double)${total};`;
    if (!isOutside(store)) return `*(areal *)(${where}) = (real)${total};`;
    const before = `*(areal *)(${where})`;
    if (store.fold === "max") return `${before} = real_more(${total}, ${before});`;
    return `${before} += (real)${total};`;
  };

  const hoist = (depth: number) => {
    for (const instruction of all)
      if (depthOf(instruction) === depth && depth < laneDepth) write(statement(instruction));
  };
  const nest = (axis: number) => {
    if (axis === laneDepth) return laneLoop();
    write(`for (long i${axis} = 0; i${axis} < ${axes[axis]}; i${axis}++) {`);
    hoist(axis);
    nest(axis + 1);
    write("}");
  };

  const start = (slot: Slot): string => {
    const own = around.offset(slot);
    return `m + ${around.address(slot)}${own ? ` + ${own}` : ""}`;
  };
  write(`static void ${name}(char *m, long oc, long os, long ocs) {`);
  for (const store of stores) {
    if (!isOutside(store) || isInArea(store)) continue;
    const { slot } = store.access;
    if (store.fold === "sum") write(`__builtin_memset(${start(slot)}, 0, ${slot.size * precision.bytes});`);
    else write(`for (long i = 0; i < ${slot.size}; i++) ((areal *)(${start(slot)}))[i] = (real)-Infinity;`);
  }
  for (const { sums, address } of inMemory) write(`__builtin_memset(m + ${address}, 0, ${sums.size * 8});`);
  hoist(-1);
  nest(0);
  for (const { result, address, sums } of inMemory)
    write(`round_sums(${start(result)}, m + ${address}, ${sums.size});`);
  write("}");
  if (all.some(instruction => isIndex(instruction) && instruction.op === "constant"))
    throw new Error("no constant index");
  return lines.filter(line => line !== "").join("\n");
};
