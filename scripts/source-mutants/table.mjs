/** The committed table of what became of each mutant. */

const code = text => `\`${text.replace(/\s+/g, " ").replaceAll("|", "\\|")}\``;
const plain = text => text.replace(/\s+/g, " ").replaceAll("|", "\\|");

const layerOf = file =>
  file
    .split("/")
    .slice(1, file.startsWith("src/systems/") ? 3 : 2)
    .join("/");

const rowOf = ({ file, from, to, means, same }, { failed, by }) =>
  `| ${file.replace(/^src\//, "")} | ${plain(means)} | ${code(from)} | ${code(to)} | ${failed ? plain(by.split(":")[0]) : `survives: ${same ?? "no test notices"}`} |`;

/** A page with a table for each layer. */
export const tableOf = (mutants, outcomes) => {
  const survivors = mutants.filter(({ name }) => !outcomes.get(name).failed);
  const layers = [...new Set(mutants.map(({ file }) => layerOf(file)))];
  const share = (100 * survivors.length) / mutants.length;
  const tables = layers.map(layer => {
    const own = mutants.filter(({ file }) => layerOf(file) === layer);
    return (
      `## ${layer}\n\n| file | what it means | source | mutant | caught by |\n| --- | --- | --- | --- | --- |\n` +
      own.map(mutant => rowOf(mutant, outcomes.get(mutant.name))).join("\n")
    );
  });
  return (
    "# Which changes of the source the tests notice\n\n" +
    "Made by `npm run mutants -- --write docs/results/source-mutants.md`: each small change is applied alone to a copy of the source, and the short\n" +
    "tests that should notice it run there. [Another page](mutants.md) says which claims would not notice another prediction.\n\n" +
    `Of ${mutants.length} mutants ${mutants.length - survivors.length} are caught, ${survivors.length} survive (${share.toFixed(1)} %).\n\n` +
    `${tables.join("\n\n")}\n`
  );
};
