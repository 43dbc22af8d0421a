/** Pages of API v2, which nests lists in lists: nobody says whether `offset` and `limit` count the outer or the inner ones. */
import type { WirePage } from '../transport/pageWalk';

/** One of the outer list. */
export interface NestedEntry<Row> {
	readonly rows: readonly Row[];
	/** How many of the inner list it holds; not its rows where it holds none and is a row itself. */
	readonly size: number;
}

export type AskForEntries<Row> = (offset: number, limit: number) => Promise<readonly NestedEntry<Row>[]>;

/** What a server counts, found out once for all walks. */
export class CountedUnit {
	is: 'UNKNOWN' | 'OUTER' | 'INNER' = 'UNKNOWN';
	private finding: Promise<void> | null = null;

	/** @param find sets what it finds; not called while it is called already, nor where it is known */
	async known(find: () => Promise<void>): Promise<void> {
		// Another walk's trouble is its own.
		while (this.is === 'UNKNOWN' && this.finding !== null) await this.finding.catch(() => undefined);
		if (this.is !== 'UNKNOWN') return;
		this.finding = find();
		try {
			await this.finding;
		} finally {
			this.finding = null;
		}
	}
}

interface Page<Row> {
	readonly offset: number;
	readonly entries: readonly NestedEntry<Row>[];
}

const UNCLEAR =
	'whether Lumen counts invoices or the documents in them, services or their charges, could not be told: some may be missing or come twice';

/**
 * Reads the pages of one list in order. Where they do not tell what is counted, one row is asked for at the first place
 * where it makes a difference, before the next page: a server that counts the outer list gives all that is in that one, a
 * server that counts the inner one gives its first alone. Whatever else it gives, the list moved meanwhile: that is said.
 */
export class NestedPages<Row> {
	private last: Page<Row> | null = null;

	/**
	 * @param ask for a page
	 * @param textOf what a row says, the same for the same row
	 */
	constructor(
		private readonly unit: CountedUnit,
		private readonly ask: AskForEntries<Row>,
		private readonly textOf: (row: Row) => string,
	) {}

	async next(limit: number): Promise<WirePage<Row>> {
		let probes = 0;
		if (this.last !== null && this.unit.is === 'UNKNOWN' && isOpen(this.last.entries)) {
			const { last } = this;
			await this.unit.known(async () => {
				probes += 1;
				this.unit.is = this.toldBy(await this.ask(last.offset + placeOf(last.entries), 1), last.entries);
			});
		}
		const doubts = this.last !== null && isOpen(this.last.entries) && this.unit.is === 'UNKNOWN' ? [UNCLEAR] : [];
		const offset = this.last === null ? 0 : this.last.offset + this.stepBehind(this.last.entries);
		const entries = await this.ask(offset, limit);
		if (entries.length > limit) this.unit.is = 'INNER';
		else if (innerOf(entries) > limit) this.unit.is = 'OUTER';
		this.last = { offset, entries };
		const rows = entries.flatMap((entry) => entry.rows);
		return { rows, total: null, counted: entries.length, doubts, requests: 1 + probes };
	}

	private toldBy(probe: readonly NestedEntry<Row>[], asked: readonly NestedEntry<Row>[]): CountedUnit['is'] {
		const given = countedRows(probe);
		if (given.length > 1 || (given.length === 0 && probe.length > 0)) return 'OUTER';
		const [first, expected] = [given[0], countedRows(asked)[placeOf(asked)]];
		const isFirst = first === undefined || expected === undefined ? first === expected : this.isSame(first, expected);
		return isFirst ? 'INNER' : 'UNKNOWN';
	}

	private isSame(left: Row, right: Row): boolean {
		return this.textOf(left) === this.textOf(right);
	}

	/** Where it is not known, rather some twice than some left out. */
	private stepBehind(entries: readonly NestedEntry<Row>[]): number {
		const [outer, inner] = [entries.length, innerOf(entries)];
		if (this.unit.is === 'UNKNOWN') return Math.max(1, Math.min(outer, inner));
		return this.unit.is === 'OUTER' ? outer : inner;
	}
}

/** Whether it makes a difference what is counted. */
function isOpen(entries: readonly NestedEntry<unknown>[]): boolean {
	return placeOf(entries) >= 0;
}

/** Of the first entry that does not hold just one: whatever is counted, all before it are as many. */
function placeOf(entries: readonly NestedEntry<unknown>[]): number {
	return entries.findIndex(({ size }) => size !== 1);
}

function innerOf(entries: readonly NestedEntry<unknown>[]): number {
	return entries.reduce((sum, { size }) => sum + size, 0);
}

function countedRows<Row>(entries: readonly NestedEntry<Row>[]): readonly Row[] {
	return entries.flatMap(({ rows, size }) => rows.slice(0, size));
}
