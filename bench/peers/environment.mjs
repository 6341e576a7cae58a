import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Path of the Python that runs the peers of a folder's requirements.txt. Makes its virtual environment there when it is missing or out of date. */
export const peerPython = (folder = import.meta.dirname) => {
  const requirements = join(folder, "requirements.txt");
  const environment = join(folder, ".venv");
  /** A copy of the requirements that the environment was made from; written last, so a half-made one is made again. */
  const stamp = join(environment, "landau-requirements.txt");
  const interpreter = join(
    environment,
    ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );
  const wanted = readFileSync(requirements, "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return interpreter;

  if (spawnSync("python3", ["--version"]).status !== 0)
    throw new Error("python3 is missing: the benchmarks compare with Python libraries; Landau itself never needs it");
  console.error(`Making ${environment} (once; downloads the peers)`);
  rmSync(environment, { recursive: true, force: true });
  attempt("python3", ["-m", "venv", environment], "install python3-venv");
  attempt(
    interpreter,
    ["-m", "pip", "install", "--quiet", "--requirement", requirements],
    "check the network and pip's configuration, or install its requirements.txt there by hand",
  );
  writeFileSync(stamp, wanted);
  return interpreter;
};

const attempt = (command, parameters, hint) => {
  // The standard output belongs to the table, so theirs goes to standard error.
  const { status } = spawnSync(command, parameters, { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${command} ${parameters.join(" ")} failed: ${hint}`);
};
