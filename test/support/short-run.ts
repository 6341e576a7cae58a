import type { Settings } from "../../src/contracts/field.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { studiesOf } from "../../src/contracts/study.ts";
import type { System } from "../../src/contracts/system.ts";
import { runOf } from "./host.ts";

/** The quick reproduction of a system as figures and claims see it, at most two chains of each study, with other settings where a protocol has them. */
export const shortRun = (system: System, changed: Settings = {}): RunView =>
  runOf(
    system,
    studiesOf(system.studies, "quick").map(study => {
      const { settings: controls } = system.protocols[study.protocol];
      const own = Object.fromEntries(Object.entries(changed).filter(([name]) => name in controls));
      return { ...study, chains: Math.min(2, study.chains), settings: { ...study.settings, ...own } };
    }),
  );
