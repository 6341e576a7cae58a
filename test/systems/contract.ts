import { describe, expect, test } from "vitest";
import { noExhibits } from "../../src/charts/exhibits.ts";
import { svgText } from "../../src/charts/svg.ts";
import { learningCoefficient } from "../../src/coefficient/estimate/learning-coefficient.ts";
import { judge } from "../../src/contracts/claim.ts";
import { defaultsOf, isAllowed, readFields } from "../../src/contracts/field.ts";
import type { Protocol, RunRecord } from "../../src/contracts/protocol.ts";
import { studiesOf } from "../../src/contracts/study.ts";
import { exhibitsOf } from "../../src/exhibits/index.ts";
import { plain } from "../../src/lab/plain.ts";
import { sweepTable } from "../../src/protocols/anneal.ts";
import { phasePoint } from "../../src/protocols/phase-point.ts";
import { byChain } from "../../src/protocols/records.ts";
import { coefficientCharts } from "../../src/report/coefficient.ts";
import { listedSystems } from "../../src/systems/index.ts";
import { orderOfTransition } from "../../src/transitions/order/index.ts";
import { shows, type XY } from "../support/drawn-points.ts";
import { full } from "../support/full.ts";
import { completed, drive, runOf, smallSettings } from "../support/host.ts";
import { expectReadable } from "../support/readable.ts";

/** What every system promises, whatever it is about. A file of tests for each system calls it with the system's name. */
export const contract = async (name: string): Promise<void> => {
  const system = await listedSystems[name].load();
  const { learner, protocols } = system;
  const member = (protocol: Protocol) => ({ settings: smallSettings(protocol), seed: 11, chain: 3 });

  test("is called by its own name, and names its source", () => {
    expect(system.name).toBe(name);
    expect(system).toMatchObject(listedSystems[name].card);
    expect(system.source.url).toMatch(/^https:\/\//);
    for (const text of [system.title, system.summary, system.source.citation]) expect(text.length).toBeGreaterThan(10);
  });

  describe.each(Object.entries(protocols))("protocol %s", (key, protocol) => {
    test("name, defaults and small settings within their ranges, check passes on both", () => {
      expect(protocol.name).toBe(key);
      expect(Object.keys(protocol.settings)).toEqual(expect.arrayContaining(Object.keys(protocol.small ?? {})));
      for (const settings of [defaultsOf(protocol.settings), smallSettings(protocol)]) {
        for (const [setting, control] of Object.entries(protocol.settings))
          expect(isAllowed(control, settings[setting]), `${setting} = ${settings[setting]}`).toBe(true);
        protocol.check?.(settings);
      }
    });

    test("makes the same bits twice, and continues from saved states with the same bits", () => {
      const whole = drive(protocol, member(protocol));
      expect(whole.lines.flat().length).toBeGreaterThan(0);
      expect(drive(protocol, member(protocol))).toEqual(whole);
      for (const stopAfter of spread(whole.offered)) {
        const before = drive(protocol, member(protocol), { stopAfter });
        expect(before.state).toBeDefined();
        const { lines, arrays } = drive(protocol, member(protocol), { after: before });
        expect({ lines, arrays }).toEqual({ lines: whole.lines, arrays: whole.arrays });
      }
    });
  });

  test.each(["quick", "full"] as const)(
    "%s studies have names of their own, real protocols and settings in range",
    size => {
      const studies = studiesOf(system.studies, size);
      expect(new Set(studies.map(study => study.name)).size).toBe(studies.length);
      for (const study of studies) {
        // As run folders take them.
        expect(study.name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
        const protocol = protocols[study.protocol];
        expect(protocol, study.protocol).toBeDefined();
        for (const [key, value] of Object.entries(study.settings)) {
          expect(protocol.settings[key], key).toBeDefined();
          expect(isAllowed(protocol.settings[key], value), `${key} = ${value}`).toBe(true);
        }
        protocol.check?.({ ...defaultsOf(protocol.settings), ...study.settings });
      }
    },
  );

  test("claims are unique, say where they stand and by which routes, and read only studies that the system runs", () => {
    expect(new Set(system.claims.map(({ id }) => id)).size).toBe(system.claims.length);
    for (const claim of system.claims) {
      for (const text of [claim.where, claim.statement, claim.routes.measured, claim.routes.predicted])
        expect(text.length, claim.id).toBeGreaterThan(5);
      expect(claim.routes.measured, claim.id).not.toBe(claim.routes.predicted);
      for (const study of claim.studies) expect(system.studies, `${claim.id}: ${study.name}`).toContain(study);
    }
  });

  const onTheSpot = system.claims.filter(({ studies }) => studies.length === 0);
  if (onTheSpot.length > 0)
    test.each(onTheSpot)("claim $id holds", claim => {
      const none = () => {
        throw new Error("a claim without studies asked for one");
      };
      const verdict = judge(claim, claim.measure({ seed: 1, study: none, records: none }));
      expect(verdict, JSON.stringify(verdict.comparisons, null, 1)).toMatchObject({ outcome: "holds" });
    });

  test("closed forms: defaults are allowed, and where all inputs have one there is an answer that survives JSON", () => {
    for (const [entry, { inputs, evaluate }] of Object.entries(system.theory)) {
      for (const [key, field] of Object.entries(inputs))
        if ("default" in field && field.default !== undefined)
          expect(isAllowed(field as never, field.default), `${entry}: ${key}`).toBe(true);
      if (!Object.values(inputs).every(field => field.optional || ("default" in field && field.default !== undefined)))
        continue;
      const answer = plain(evaluate(readFields(inputs, {})));
      expect(answer, entry).not.toBeNull();
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    }
  });

  if (!learner) {
    test.each(Object.entries(protocols))(
      "a run of protocol %s is drawn by its records, and not as another",
      (key, protocol) => {
        const drawn = (seed: number) => {
          const run = runOf(system, [{ name: key, protocol: key, chains: 3, settings: { ...protocol.small } }], seed);
          const { figures } = exhibitsOf(run, system, noExhibits);
          expect(figures.length).toBeGreaterThan(0);
          for (const figure of figures) {
            expectReadable(figure, run);
            expect(figure.caption(run), figure.name).toMatch(/^Measured: .*\.$/s);
          }
          return figures.map(figure => svgText(figure.draw(run, { width: figure.width, height: figure.height })));
        };
        expect(drawn(3)).toEqual(drawn(3));
        expect(drawn(3)).not.toEqual(drawn(40));
      },
    );
    return;
  }
  const at = completed(learner.controls, learner.small);

  test("phases are named once each level and sorted by falling loss", () => {
    for (const values of [defaultsOf(learner.controls), at]) {
      const phases = learner.phases(values);
      expect(phases.length).toBeGreaterThan(0);
      for (let i = 1; i < phases.length; i++) expect(phases[i].loss).toBeLessThanOrEqual(phases[i - 1].loss);
    }
  });

  test("the gradient of the objective is that of its loss", () => {
    const objective = learner.objective(at, { seed: 5, chain: 1 });
    const w = learner.start(at, { seed: 5, chain: 1 });
    expect(w.length).toBe(objective.size);
    const gradient = new Float64Array(objective.size);
    expect(objective.lossAndGradient(w, gradient)).toBeCloseTo(objective.loss(w), 10);
    const scale = Math.max(...gradient.map(Math.abs), 1e-3);
    // Kinks of piecewise losses are where they are: a few entries may straddle one.
    const off = [...gradient.keys()].filter(i => {
      const h = 1e-5;
      const moved = (step: number) => objective.loss(w.with(i, w[i] + step));
      return Math.abs((moved(h) - moved(-h)) / (2 * h) - gradient[i]) > 1e-5 * scale;
    });
    expect(off.length).toBeLessThanOrEqual(0.05 * objective.size);
  });

  describe.each(["train", "anneal", "posterior"])("verb %s", verb => {
    const run = (seed: number) => {
      const settings = { ...protocols[verb].small };
      return runOf(system, [{ name: verb, protocol: verb, chains: 2, settings }], seed);
    };

    test("the report shows the data of this run, and would not show another's", async () => {
      // Far apart: where the seed and the chain are added up, neighbours share a run.
      const [mine, other] = [run(3), run(40)];
      const own = (await listedSystems[name].exhibits?.()) ?? noExhibits;
      const { figures } = exhibitsOf(mine, system, own);
      expect(figures.length).toBeGreaterThan(0);
      const svgs = figures.map(figure => figure.draw(mine, { width: figure.width, height: figure.height }));
      for (const figure of figures) {
        expectReadable(figure, mine);
        expect(figure.caption(mine), figure.name).toMatch(/^Measured: .*\.$/s);
      }
      const shown = (of: typeof mine) =>
        dataSets(kind => of.records(verb, kind)).filter(data => svgs.some(svg => shows(svg, data)));
      expect(shown(mine).length, "data of this run that a figure shows").toBeGreaterThan(0);
      const theirs = dataSets(kind => other.records(verb, kind)).map(data => JSON.stringify(data));
      for (const data of shown(mine)) expect(theirs).not.toContain(JSON.stringify(data));
      expect(shown(other)).toEqual([]);
    });
  });

  test("verb order: a verdict on a run of anneal", () => {
    const { anneal } = protocols;
    const { records } = runOf(system, [
      { name: "anneal", protocol: "anneal", chains: 1, settings: { ...anneal.small, values: 8 } },
    ]);
    const verdict = orderOfTransition(sweepTable(records("anneal", "sweep") as never));
    expect(["none", "continuous", "discontinuous", "undecided"]).toContain(verdict.verdict);
  });

  test("verb coefficient: an estimate at a phase, drawn from its own rows", async () => {
    const label = learner.phases(at).at(-1)!.label;
    const { objective, w } = phasePoint(learner, label, at);
    const estimate = (seed: number) =>
      learningCoefficient(objective, w, { samples: 10_000, chains: 2, budget: 30_000, seed });
    const [mine, other] = [estimate(1), estimate(2)];
    if (mine.kind === "failure" || other.kind === "failure") {
      for (const result of [mine, other]) if (result.kind === "failure") expect(result.text.length).toBeGreaterThan(20);
      return;
    }
    const svgs = coefficientCharts(mine);
    const shown = ({ traces }: typeof mine) => traces.map(thinned).filter(data => svgs.some(svg => shows(svg, data)));
    expect(shown(mine).length).toBe(mine.traces.length);
    expect(shown(other)).toEqual([]);
  });
};

/** Of 1 to `count` all, or the first, the last and some between where there are many; `npm run test:full` takes all. */
const spread = (count: number): readonly number[] =>
  full || count <= MOST_STATES
    ? Array.from({ length: count }, (_, i) => i + 1)
    : Array.from({ length: MOST_STATES }, (_, i) => 1 + Math.round((i * (count - 1)) / (MOST_STATES - 1)));
const MOST_STATES = 3;

/** As the report draws a trace: at most 400 of its points. */
const thinned = (trace: Float64Array): readonly XY[] => {
  const every = Math.max(1, Math.ceil(trace.length / 400));
  return [...trace].map((value, i): XY => [i, value]).filter(([i]) => i % every === 0);
};

/** The data that pictures by kind of record can be made of, one list for each line or cloud. */
const dataSets = (records: (kind: string) => readonly RunRecord[]): readonly (readonly XY[])[] => {
  const chains = (kind: string) => [...byChain(records(kind)).values()];
  const number = (record: RunRecord, field: string) => record[field] as number;
  const sweep = records("sweep");
  const slowest = Math.max(...sweep.map(record => number(record, "pace")));
  const swept = sweep
    .filter(record => record.pace === slowest)
    .map((record): XY => [number(record, "control"), number(record, "order")]);
  const trained = [...chains("checkpoint"), ...chains("evaluation")].flatMap(own => {
    const time = own.some(({ epoch }) => typeof epoch === "number") ? "epoch" : "step";
    const later = own.filter(record => number(record, time) > 0);
    return Object.keys(own[0])
      .filter(field => typeof own[0][field] === "number" && field !== time)
      .map(field => later.map((record): XY => [number(record, time), number(record, field)]));
  });
  const drawn = chains("draws").flatMap(own => {
    if (!Array.isArray(own[0].loss))
      return [own.map((record): XY => [number(record, "to"), number(record, "meanLoss")])];
    return [own.flatMap(record => record.loss as readonly number[]).map((loss, i): XY => [i, loss])];
  });
  return [swept, ...trained, ...drawn].filter(data => data.length > 1 && new Set(data.map(([, y]) => y)).size > 1);
};
