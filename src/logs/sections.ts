import { LandauError } from "../errors.ts";
import type { Comment, NumberTable } from "../formats/columns.ts";
import { plainName } from "./column-names.ts";
import { type StanSettings, stanSettings } from "./stan-comments.ts";

/** A table of numbers with the file that it comes from. */
export interface NamedTable {
  readonly name: string;
  readonly table: NumberTable;
  /** What was left out of the file as it was read. */
  readonly notes?: readonly string[];
}

/** Rows below one header: a file, or one of several that were joined. */
export interface Section {
  readonly file: string;
  readonly table: NumberTable;
  /** Names of the columns; V1, V2, ... where the file has none. */
  readonly names: readonly string[];
  readonly headed: boolean;
  /** Without warm-up. */
  readonly rows: Uint32Array;
  /** What Stan's comments say, when they are Stan's. */
  readonly stan: StanSettings | undefined;
}

export interface Sections {
  readonly sections: readonly Section[];
  readonly notes: readonly string[];
  /** The largest tree depth, when the comments say it. */
  readonly maxDepth?: number;
}

/** Cuts tables at their headers, and takes warm-up away. What comments say is used or noted. */
export const sectionsOf = (files: readonly NamedTable[]): Sections => {
  const notes: string[] = [];
  const sections = files.flatMap(file => {
    const { name, table } = file;
    notes.push(...(file.notes ?? []));
    if (table.torn) notes.push(`the last line of ${name} breaks off and is left out`);
    if (table.repeats.length > 0)
      notes.push(
        `the header of ${name} stands there ${table.repeats.length + 1} times: files that were joined, each with chains of its own`,
      );
    return sectionsOfFile(file, notes);
  });
  const stan = sections.flatMap(({ stan }) => stan ?? []);
  if (stan.length > 0) noteStan(stan, notes);
  checkAlike(sections);
  return { sections, notes, ...(stan[0]?.maxDepth !== undefined && { maxDepth: stan[0].maxDepth }) };
};

const sectionsOfFile = ({ name: file, table }: NamedTable, notes: string[]): Section[] => {
  const named = namesOf(table);
  if (named.comment)
    notes.push(`${file}: the names of its columns are taken from the comment on line ${named.comment.line}`);
  const cuts = [{ row: 0, line: 0 }, ...table.repeats, { row: table.rows, line: Number.POSITIVE_INFINITY }];
  const taken = new Set(named.comment ? [named.comment] : []);
  let foreign: Comment[] = [];
  const sections = cuts.slice(1).map((end, k) => {
    const begin = cuts[k];
    const comments = table.comments.filter(comment => isOf(comment, begin, end));
    const found = stanSettings(comments, { fileName: file, from: begin.row, to: end.row });
    if (found) notes.push(...found.notes);
    else foreign = [...foreign, ...comments.filter(comment => !taken.has(comment) && comment.text !== "")];
    const from = begin.row + (found?.settings.warmUp ?? 0);
    const rows = Uint32Array.from({ length: end.row - from }, (_, i) => from + i);
    const stan = found?.settings;
    if (stan?.promised !== undefined && rows.length < stan.promised)
      notes.push(`${file} holds ${rows.length} of the ${stan.promised} draws that its settings promise`);
    return { file, table, names: named.names, headed: named.headed, rows, stan };
  });
  if (foreign.length > 0)
    notes.push(
      `${file}: ${foreign.length === 1 ? "1 comment is" : `${foreign.length} comments are`} left out, ${foreign.length === 1 ? "" : "the first "}on line ${foreign[0].line}: ${shortened(foreign[0].text)}`,
    );
  return sections;
};

interface Cut {
  readonly row: number;
  readonly line: number;
}

/** The settings of a joined file stand above its header, behind the times of the file before. */
const isOf = ({ line, row, text }: Comment, begin: Cut, end: Cut): boolean => {
  const isSetting = /=/.test(text);
  const aboveEnd = line < end.line && !(row === end.row && isSetting && Number.isFinite(end.line) && row > begin.row);
  const belowBegin = line > begin.line || (row === begin.row && isSetting);
  return aboveEnd && belowBegin;
};

const namesOf = (table: NumberTable): { names: readonly string[]; headed: boolean; comment?: Comment } => {
  if (table.header) return { names: table.header.map(plainName), headed: true };
  // numpy.savetxt writes its header as a comment.
  const comment = table.comments.filter(({ row }) => row === 0).at(-1);
  const words = comment?.text.split(/[\s,;]+/) ?? [];
  if (comment && words.length === table.columns && words.every(word => /^[a-z_.][\w.[\]]*$/i.test(word)))
    return { names: words, headed: true, comment };
  return { names: Array.from({ length: table.columns }, (_, i) => `V${i + 1}`), headed: false };
};

const noteStan = (stan: readonly StanSettings[], notes: string[]): void => {
  const [{ version, model, thin }] = stan;
  const warmUps = [...new Set(stan.map(({ warmUp }) => warmUp))];
  notes.push(
    `comments of Stan${version === undefined ? "" : ` ${version}`}${model === undefined ? "" : `, model ${model}`}: settings are used; step size, mass and times are left out`,
  );
  if (warmUps.some(rows => rows > 0))
    notes.push(
      `warm-up is left out: the first ${warmUps.join(" or ")} rows of ${stan.length > 1 ? "each chain" : "the chain"}`,
    );
  if (thin > 1) notes.push(`thin = ${thin}: the file has one draw in ${thin}`);
};

/** Chains of different models or settings are not chains of one posterior. */
const checkAlike = (sections: readonly Section[]): void => {
  const [first] = sections;
  for (const { file, stan } of sections)
    for (const [key, name] of [
      ["model", "model"],
      ["maxDepth", "max_depth"],
      ["thin", "thin"],
    ] as const)
      if (stan && first.stan && stan[key] !== first.stan[key])
        throw new LandauError(
          "input",
          `${file}: its comments say ${name} = ${stan[key]}, those of ${first.file} ${first.stan[key]}: needs chains of one run`,
        );
};

const shortened = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text);
