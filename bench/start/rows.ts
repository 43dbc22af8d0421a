/** What it takes to begin: times, once a round, and sizes, which do not vary. */

export type StartRow = StartTime | StartSize;

export interface StartTime {
	readonly kind: 'time';
	/** What was begun: a program, or the import of a node file. */
	readonly name: string;
	readonly round: number;
	readonly wallMs: number;
	/** Processor time of its process, user and system; null where many processes took part. */
	readonly cpuMs: number | null;
}

export interface StartSize {
	readonly kind: 'size';
	/** Of the package. */
	readonly name: string;
	/** Of the archive that a registry would hand out, and of what it unpacks to. */
	readonly packedBytes: number;
	readonly unpackedBytes: number;
	readonly files: number;
}

/** What every start is held against: a program that only tells the processor time that it has taken. */
export const BARE_NODE = 'node -e';
/** Measured once a run. */
export const COLD_START = 'npm ci && npm start';
/** Processor time that the import of a node file may take. */
export const IMPORT_LIMIT_MS = 30;
