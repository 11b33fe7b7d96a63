/** What a command may touch of the process. Tests hand in their own. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All of standard input, decoded as UTF-8. */
  readonly stdin: () => string;
  /** Has `stop` called once when a person asks the program to end; where it is left out nobody can. */
  readonly onInterrupt?: (stop: () => void) => void;
  /** Milliseconds since the epoch: the one clock, asked only for `--at`. */
  readonly now: () => number;
}

export interface Sink {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  /** Of a terminal. */
  readonly columns?: number | undefined;
}
