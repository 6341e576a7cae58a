import "../../src/lab/web/worker.ts";
