import { type DataTable, shortNumber } from "../picture.ts";

const MOST_ROWS = 200;

/** Numbers in a box that scrolls, also by the keyboard. */
export const NumberTable = ({
  table: { columns, rows },
  label,
}: {
  readonly table: DataTable;
  readonly label: string;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <section class="scroll" tabIndex={0} aria-label={label}>
    <table>
      <caption>
        {label}: {rows.length} rows{rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown` : ""}
      </caption>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, MOST_ROWS).map((row, i) => (
          <tr key={i}>
            {row.map((cell, k) => (
              <td key={k}>{typeof cell === "number" ? shortNumber(cell) : cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
