import { LandauError } from "../../errors.ts";

export interface LeftOutLines {
  /** A line that is not used; the last one of a file may break off. */
  line(line: number, ended: boolean): void;
  /** Notes what was left out. Throws a LandauError of kind "input" when that is more than was read. */
  end(rows: number, notes: string[]): void;
}

/** Counts the lines that cannot be read, as a crash leaves them in the middle of a log. */
export const leftOutLines = (fileName: string, why: string): LeftOutLines => {
  let [count, first, torn] = [0, 0, false];
  return {
    line(line, ended) {
      if (!ended) torn = true;
      else if (count++ === 0) first = line;
    },
    end(rows, notes) {
      if (count > rows) throw new LandauError("input", `${fileName}:${first}: ${why}`);
      if (count > 0)
        notes.push(
          `${fileName}: ${count === 1 ? `line ${first} is` : `${count} lines, the first of them ${first}, are`} ${why}, left out`,
        );
      if (torn) notes.push(`${fileName}: the last line breaks off and is left out`);
    },
  };
};
