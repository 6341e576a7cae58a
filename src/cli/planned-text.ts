import { callText, shellWord } from "../call-text.ts";
import { countText } from "./count-text.ts";
import { printJson, printLine, type Terminal } from "./terminal.ts";

/** A run whose folder is there, and none of whose tasks this call has done. */
export interface Planned {
  readonly id: string;
  readonly folder: string;
  readonly tasks: number;
}

export const printPlanned = (terminal: Terminal, { id, folder, tasks }: Planned, json?: true): void => {
  if (json) {
    printJson(terminal, { run: id, folder, tasks });
    return;
  }
  const print = (line = "") => printLine(terminal.stdout, line);
  print(`run ${id}, ${countText(tasks, "task")}: ${folder}`);
  print();
  print("next:");
  const path = shellWord(folder);
  for (const line of [`work ${path}`, `gather ${path}`, `plan ${path} --print parallel`]) print(`  ${callText(line)}`);
};
