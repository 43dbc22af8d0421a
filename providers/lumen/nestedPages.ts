/** Pages of API v2, which nests lists in lists: nobody says whether `offset` and `limit` count the outer or the inner ones. */

export interface NestedRows<Row> {
	/** How many of the outer list came. */
	readonly outer: number;
	/** All of the inner ones, in order. */
	readonly rows: readonly Row[];
}

export interface CountedRows<Row> {
	/** None of a page that was only to find out. */
	readonly rows: readonly Row[];
	/** What the next offset is further by. */
	readonly counted: number;
	readonly doubts: readonly string[];
}

const UNCLEAR =
	'whether Lumen counts invoices or the documents in them could not be told, so some may be missing or come twice';

/**
 * Finds out what a server counts, where a page has more inner than outer rows. The next page is asked for as if outer ones
 * were counted: stepping by inner ones, which are more, would leave outer ones out, unseen. A server that counts inner ones
 * then gives as many again as the page was stepped back by, and tells itself so; that page is left out, and the walk goes
 * on from where it was. It is told by what is in it, not by the order: a server may group the rows of a page anew.
 */
export class NestedPages<Row> {
	private unit: 'UNKNOWN' | 'OUTER' | 'INNER' = 'UNKNOWN';
	/** What each row of the page before says. */
	private before: readonly string[] = [];
	/** How many of these come again if inner ones are counted. */
	private expected = 0;

	/** @param textOf what a row says, the same for the same row */
	constructor(private readonly textOf: (row: Row) => string) {}

	/** @param limit as many were asked for */
	next({ outer, rows }: NestedRows<Row>, limit: number): CountedRows<Row> {
		const texts = rows.map(this.textOf);
		const { expected } = this;
		const known = expected === 0 ? 0 : inCommon(texts, this.before);
		if (expected > 0 && known === expected) return this.innerAreCounted(texts, known);
		if (expected > 0 || rows.length > limit) this.unit = 'OUTER';
		this.before = texts;
		this.expected = this.unit === 'UNKNOWN' ? rows.length - outer : 0;
		return { rows, counted: this.unit === 'INNER' ? rows.length : outer, doubts: known > 0 ? [UNCLEAR] : [] };
	}

	private innerAreCounted(texts: readonly string[], known: number): CountedRows<Row> {
		this.unit = 'INNER';
		this.expected = 0;
		const areAlike = new Set(this.before).size < this.before.length;
		// Nothing but what is known: there is no more.
		return { rows: [], counted: texts.length > known ? known : 0, doubts: areAlike ? [UNCLEAR] : [] };
	}
}

/** How many of these are among those, each of those counted once. */
function inCommon(these: readonly string[], those: readonly string[]): number {
	const left = new Map<string, number>();
	for (const text of those) left.set(text, (left.get(text) ?? 0) + 1);
	return these.filter((text) => {
		const count = left.get(text) ?? 0;
		left.set(text, count - 1);
		return count > 0;
	}).length;
}
