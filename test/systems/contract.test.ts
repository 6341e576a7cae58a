import { describe, expect, test } from "vitest";
import { judge } from "../../src/contracts/claim.ts";
import type { Control, Controls, Settings } from "../../src/contracts/field.ts";
import type { Protocol, ProtocolContext, RunRecord, SavedState } from "../../src/contracts/protocol.ts";
import { systems } from "../../src/systems/index.ts";
import { inPieces } from "./in-pieces.ts";

const defaults = (controls: Controls): Settings =>
  Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.default]));

const inRange = (control: Control, value: number | string): boolean =>
  control.kind === "choice"
    ? control.choices.includes(value as string)
    : typeof value === "number" &&
      value >= (control.min ?? -Infinity) &&
      value <= (control.max ?? Infinity) &&
      (control.kind === "number" || Number.isInteger(value));

interface Driven {
  /** Of each piece, up to the saved state where there is one. */
  readonly lines: readonly (readonly string[])[];
  readonly arrays: readonly (readonly string[])[];
  readonly state?: SavedState;
}

/** Runs one member; `stopAfter` saved states, it is stopped there and the state returned. It goes on `after` what was driven before. */
const drive = (protocol: Protocol, settings: Settings, after?: Driven, stopAfter = Infinity): Driven => {
  const pieces: string[][] = [];
  const snapshots: string[][] = [];
  let state: SavedState | undefined;
  let offered = 0;
  let linesAtState = 0;
  const contextOf = (lines: string[], arrays: string[], saved?: SavedState): ProtocolContext => ({
    saved,
    record: (kind, fields) => void lines.push(JSON.stringify({ kind, chain: 3, ...fields } satisfies RunRecord)),
    snapshot: (name, content) => {
      for (const [key, { shape, data }] of Object.entries(content)) arrays.push(`${name}.${key} ${shape} ${data}`);
    },
    save: take => {
      if (++offered !== stopAfter) return;
      // Through a copy, as a host would keep it.
      state = structuredClone(take());
      linesAtState = lines.length;
      throw new Error("stopped");
    },
    progress: () => {},
  });
  try {
    inPieces(protocol, { settings, seed: 11, chain: 3 }, (member, number) => {
      const stopped = (after?.lines.length ?? 0) - 1;
      const lines = [...(after?.lines[number] ?? [])];
      pieces.push(lines);
      // A piece that goes on makes its snapshots again.
      const arrays = number < stopped ? [...after!.arrays[number]] : [];
      snapshots.push(arrays);
      const saved = number === stopped ? after?.state : undefined;
      if (number >= stopped) protocol.run(member, contextOf(lines, arrays, saved));
      return lines.map(line => JSON.parse(line));
    });
  } catch (error) {
    if (!state) throw error;
    pieces.push(pieces.pop()!.slice(0, linesAtState));
  }
  return { lines: pieces, arrays: snapshots, state };
};

/** Settings that make a member short: the system's own notion of size, cut down. */
const short = (protocol: Protocol): Settings => {
  const settings: { [name: string]: number | string } = { ...defaults(protocol.settings) };
  const cut: { [name: string]: number } = {
    epochs: 12,
    every: 2,
    steps: 300,
    draws: 60,
    burnIn: 40,
    batch: 20,
    values: 6,
    settle: 100,
    walkers: 20,
    noises: 2,
    temperatures: 3,
  };
  for (const [name, value] of Object.entries(cut)) if (name in settings) settings[name] = value;
  return settings;
};

describe.each(Object.values(systems))("$name", system => {
  test("is called by its own name, and names its source", () => {
    expect(systems[system.name]).toBe(system);
    expect(system.source.url).toMatch(/^https:\/\//);
    for (const text of [system.title, system.summary, system.source.citation]) expect(text.length).toBeGreaterThan(10);
  });

  test.each(Object.entries(system.protocols))(
    "protocol %s: name, defaults within their ranges, check passes",
    (name, protocol) => {
      expect(protocol.name).toBe(name);
      for (const [key, control] of Object.entries(protocol.settings))
        expect(inRange(control, control.default), `${key} = ${control.default}`).toBe(true);
      protocol.check?.(defaults(protocol.settings));
    },
  );

  test.each(Object.entries(system.protocols))("protocol %s makes the same bits twice", (_name, protocol) => {
    const settings = short(protocol);
    const first = drive(protocol, settings);
    expect(first.lines.flat().length).toBeGreaterThan(0);
    expect(drive(protocol, settings)).toEqual(first);
  });

  test.each(Object.entries(system.protocols))(
    "protocol %s goes on from every saved state with the same bits",
    (_name, protocol) => {
      const settings = short(protocol);
      const whole = drive(protocol, settings);
      for (let stop = 1; ; stop++) {
        const before = drive(protocol, settings, undefined, stop);
        if (!before.state) break;
        const after = drive(protocol, settings, before);
        expect(after.lines).toEqual(whole.lines);
        expect(after.arrays).toEqual(whole.arrays);
      }
    },
  );

  test.each(Object.entries(system.reproductions))(
    "reproduction %s: studies name real protocols and settings in range",
    (_name, { studies }) => {
      expect(new Set(studies.map(({ name }) => name)).size).toBe(studies.length);
      for (const study of studies) {
        const protocol = system.protocols[study.protocol];
        expect(protocol, study.protocol).toBeDefined();
        for (const [key, value] of Object.entries(study.settings)) {
          expect(protocol.settings[key], key).toBeDefined();
          expect(inRange(protocol.settings[key], value), `${key} = ${value}`).toBe(true);
        }
        protocol.check?.({ ...defaults(protocol.settings), ...study.settings });
      }
    },
  );

  test("claims are unique, say where they stand and by which routes, and read only studies that exist", () => {
    expect(new Set(system.claims.map(({ id }) => id)).size).toBe(system.claims.length);
    for (const claim of system.claims) {
      for (const text of [claim.where, claim.statement, claim.routes.measured, claim.routes.predicted])
        expect(text.length, claim.id).toBeGreaterThan(5);
      expect(claim.routes.measured, claim.id).not.toBe(claim.routes.predicted);
      // Short reproductions may leave out what takes long ensembles.
      for (const name of claim.studies)
        expect(
          system.reproductions.full.studies.map(study => study.name),
          claim.id,
        ).toContain(name);
    }
  });

  const onTheSpot = system.claims.filter(({ studies }) => studies.length === 0);
  test.each(onTheSpot)("claim $id holds", claim => {
    const none = () => {
      throw new Error("a claim without studies asked for one");
    };
    const verdict = judge(claim, claim.measure({ seed: 1, study: none, records: none }));
    expect(verdict, JSON.stringify(verdict.comparisons, null, 1)).toMatchObject({ outcome: "holds" });
  });

  test.each(Object.entries(system.theory))(
    "theory %s: defaults within their ranges, the answer survives JSON",
    (_name, entry) => {
      for (const [key, control] of Object.entries(entry.inputs))
        expect(inRange(control, control.default), `${key} = ${control.default}`).toBe(true);
      const answer = entry.evaluate(defaults(entry.inputs));
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    },
  );

  test("phases are named once each level and sorted by falling loss", () => {
    const controls = Object.values(system.protocols)[0].settings;
    const phases = system.phases(defaults(controls));
    expect(phases.length).toBeGreaterThan(0);
    for (let i = 1; i < phases.length; i++) expect(phases[i].loss).toBeLessThanOrEqual(phases[i - 1].loss);
  });
});
