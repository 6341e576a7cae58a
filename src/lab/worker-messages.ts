import type { NamedArrays } from "../contracts/protocol.ts";
import { type ErrorKind, isLandauError, LandauError } from "../errors.ts";
import type { ResumePoint } from "./run-task.ts";
import type { Task } from "./tasks.ts";

export interface RunMessage {
  readonly task: Task;
  readonly resume?: ResumePoint;
  readonly saveEvery: number;
}

export type WorkerMessage =
  | { readonly type: "line"; readonly line: string }
  | { readonly type: "snapshot"; readonly chain: number; readonly name: string; readonly arrays: NamedArrays }
  | { readonly type: "state"; readonly point: ResumePoint }
  | { readonly type: "progress"; readonly done: number }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly error: PortableError }
  /** Sent by the port itself: the thread is gone, perhaps as its task took more memory than a thread may have. */
  | { readonly type: "died"; readonly reason: string; readonly isOutOfMemory?: boolean };

/** The end of a worker that its owner holds; made for worker threads and for Web Workers. */
export interface WorkerPort {
  post(message: RunMessage): void;
  /** Sets the one receiver. A worker that dies is a message, too. */
  onMessage(handler: (message: WorkerMessage) => void): void;
  terminate(): void;
}

/** The other end, inside the worker. */
export interface OwnerPort {
  post(message: WorkerMessage): void;
  onMessage(handler: (message: RunMessage) => void): void;
}

/** An error as it crosses between threads. */
export interface PortableError {
  readonly kind?: ErrorKind;
  readonly message: string;
  readonly stack?: string;
}

export const packError = (error: unknown): PortableError =>
  error instanceof Error
    ? { message: error.message, stack: error.stack, ...(isLandauError(error) && { kind: error.kind }) }
    : { message: String(error) };

/** The LandauError that was packed, or for any other an Error that names where it arose. */
export const unpackError = ({ kind, message, stack }: PortableError, where: string): Error => {
  const error = kind === undefined ? new Error(`${where}: ${message}`) : new LandauError(kind, message);
  if (stack !== undefined) error.stack = stack;
  return error;
};
