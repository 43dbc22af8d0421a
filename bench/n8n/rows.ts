/** What the n8n suite measures: one row a run. */

export interface N8nRow {
	readonly round: number;
	/** The node that read the records, and how. */
	readonly subject: string;
	/** Wait before every answer of the provider. */
	readonly latencyMs: number;
	/** How many there were to read. */
	readonly records: number;
	/** Version of n8n. */
	readonly n8n: string;
	/** The last record that the next node was given; for sums: the last group. */
	readonly last: string;
	/** From the start of the run until all records are with the next node. */
	readonly ms: number;
	/** Processor time of the n8n process over the same span, all its threads: what other work on the machine changes least. */
	readonly cpuMs: number;
	/** Of the n8n process, in megabytes (2^20 bytes): before the run, and the most during it. */
	readonly idleMb: number;
	readonly peakMb: number;
	/** What the provider was asked. */
	readonly requests: number;
	readonly mostAtOnce: number;
}
