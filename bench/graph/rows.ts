/** What is measured of one server, with one question, in one round. */

export interface GraphRow {
	/** The question. */
	readonly shape: string;
	readonly latencyMs: number;
	/** Asking at once. */
	readonly clients: number;
	readonly variant: string;
	readonly round: number;
	readonly queries: number;
	/** Of the server process: user and system. */
	readonly cpuMsPerQuery: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
	readonly queriesPerSecond: number;
	/** Largest resident set of the server process since it started, whatever it was asked before. */
	readonly peakMiB: number;
	/** Requests to providers that one query takes, counted by the sandbox. */
	readonly upstream: number;
	/** Whether the answer is our server's, byte for byte but for white space at its ends. */
	readonly sameBytes: boolean;
}
