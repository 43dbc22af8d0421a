/** What is measured of one question at one size, in one round. */

export const SERIES = ['rates', 'bills-windowed', 'bills-sorted', 'connections'] as const;
export type Series = (typeof SERIES)[number];

/** In the order of the page. `walked`: the deep page, of a server that has walked there. */
export const QUESTIONS = ['first', 'deep', 'walked', 'spend', 'export'] as const;
export type GrowthQuestion = (typeof QUESTIONS)[number];

export interface GrowthRow {
	readonly series: Series;
	/** How many there are of what the series is named after. */
	readonly size: number;
	readonly question: GrowthQuestion;
	readonly round: number;
	/** Of the server process, user and system, for one asking; an export is one asking. */
	readonly cpuMs: number;
	/** Until the answer is there, or the last page. */
	readonly wallMs: number;
	/** Largest resident set of the server process since it started: before the question, and after it. */
	readonly idleMiB: number;
	readonly peakMiB: number;
	/** Requests to providers that one asking takes, counted by the sandbox. */
	readonly upstream: number;
	/** Bills, rates or months in the answer; of an export, in all its pages. */
	readonly rows: number;
}
