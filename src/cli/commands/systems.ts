import type { Command } from "commander";
import type { System, SystemCard } from "../../contracts/index.ts";
import { findSystem, listSystems } from "../find.ts";
import { fieldText } from "../option-values.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable, wrap } from "../text-table.ts";

export const systemsCommand = (session: Session): Command =>
  makeCommand(
    session,
    "systems",
    "list the systems, or show one: its protocols with their settings, its theory, its claims",
  )
    .argument("[system]", "a system's name")
    .option("--json", "print JSON")
    .addHelpText("after", examples("systems", "systems superposition", "systems superposition --json"))
    .action(async (name: string | undefined, { json }: { json?: true }) => {
      const { terminal } = session;
      if (name === undefined)
        list(
          Object.values(await listSystems()).map(({ card }) => card),
          terminal,
          json,
        );
      else show(await findSystem(name), terminal, json);
    });

const list = (systems: readonly SystemCard[], terminal: Terminal, json?: true): void => {
  const { stdout } = terminal;
  if (json) {
    printJson(
      terminal,
      systems.map(({ name, title, summary, source }) => ({ name, title, summary, source })),
    );
    return;
  }
  const rows = systems.map(({ name, title, summary }) => [name, `${title}. ${summary}`]);
  for (const line of textTable(rows, { width: widthOf(stdout) })) printLine(stdout, line);
};

const show = (system: System, terminal: Terminal, json?: true): void => {
  const { name, title, summary, source, protocols, theory, claims } = system;
  if (json) {
    printJson(terminal, {
      name,
      title,
      summary,
      source,
      protocols: mapValues(protocols, ({ summary, settings }) => ({ summary, settings })),
      theory: mapValues(theory, ({ summary, where, inputs }) => ({ summary, where, inputs })),
      claims: claims.map(({ id, where, statement, routes, studies }) => ({
        id,
        where,
        statement,
        routes,
        studies: studies.map(({ name }) => name),
      })),
    });
    return;
  }
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const { bold } = coloursOf(terminal);
  const print = (text = "") => printLine(stdout, text);
  const section = (heading: string, rows: readonly (readonly string[])[]) => {
    print(`\n${bold(heading)}`);
    for (const line of textTable(rows, { width: width - 2 })) print(`  ${line}`);
  };
  print(bold(title));
  for (const line of [...wrap(summary, width), ...wrap(`${source.citation}. ${source.url}`, width)]) print(line);
  for (const [protocol, { summary, settings }] of Object.entries(protocols))
    section(
      `Protocol ${protocol}: ${summary}`,
      Object.entries(settings).map(([setting, control]) => [setting, fieldText(control)]),
    );
  section(
    "Theory",
    Object.entries(theory).map(([entry, { summary, where }]) => [entry, `${summary} (${where})`]),
  );
  section(
    "Claims",
    claims.map(({ id, statement, where }) => [id, `${statement} (${where})`]),
  );
};

const mapValues = <From, To>(table: { readonly [name: string]: From }, map: (value: From) => To) =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, map(value)]));
