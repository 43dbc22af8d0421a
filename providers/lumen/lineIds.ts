/** Ids for charge lines, which may come without one: made of what they say, and counted where several say the same. */
import { contentHash } from '../model/contentHash';
import { type JsonObject, textOf } from '../model/json';

export interface IdentifiedLine {
	readonly id: string;
	readonly record: JsonObject;
}

export interface IdentifiedPage {
	readonly rows: readonly IdentifiedLine[];
	/** What speaks against these being other lines than those before. */
	readonly doubts: readonly string[];
}

const NO_PAGE = { hashes: [], rows: [] };

const MAYBE_TWICE =
	'a page begins with what the page before ended with: rows that are alike, or rows that moved while they were read';

/**
 * Gives every line of one walk an id that no other line has, so that no charge is taken for a repetition of another.
 *
 * Two equal lines without id are two charges: they are numbered in the order they come. Lines that share an id but differ
 * are two charges as well; only a line that repeats id and content is one that was seen before. A page that only repeats
 * the one before gets that page's ids again, which is how a provider that ignores the offset is found out. A page that
 * begins with lines without id that ended the one before is doubted: nobody can tell whether they are charges that are alike
 * or the same ones, moved there while they were read. They are kept, since a charge left out would be worse.
 */
export class LineIds {
	private readonly named = new Map<string, JsonObject>();
	private readonly counts = new Map<string, number>();
	private lastPage: { readonly hashes: readonly string[]; readonly rows: readonly IdentifiedLine[] } = NO_PAGE;

	assign(records: readonly JsonObject[]): IdentifiedPage {
		if (records.every((record) => textOf(record['id']) !== null)) {
			this.lastPage = NO_PAGE;
			return { rows: records.map((record) => this.line(record)), doubts: [] };
		}
		const hashes = records.map(shortHash);
		const { hashes: before, rows: lastRows } = this.lastPage;
		if (before.join() === hashes.join()) return { rows: lastRows, doubts: [] };
		const rows = records.map((record, index) => this.line(record, hashes[index]));
		this.lastPage = { hashes, rows };
		return { rows, doubts: beginsAsEnds(hashes, before) ? [MAYBE_TWICE] : [] };
	}

	/** @param hash of the record, where it is known */
	private line(record: JsonObject, hash?: string): IdentifiedLine {
		const id = textOf(record['id']);
		return { id: id === null ? this.numbered(hash ?? shortHash(record)) : this.unique(id, record), record };
	}

	private unique(id: string, record: JsonObject): string {
		const first = this.named.get(id);
		if (first === undefined) this.named.set(id, record);
		if (first === undefined || contentHash(first) === contentHash(record)) return id;
		return `${id}-${shortHash(record)}`;
	}

	private numbered(hash: string): string {
		const count = (this.counts.get(hash) ?? 0) + 1;
		this.counts.set(hash, count);
		return count === 1 ? `line-${hash}` : `line-${hash}-${count}`;
	}
}

/** Whether the first of `page`, however many, are the last of the one `before`, in the same order. */
function beginsAsEnds(page: readonly string[], before: readonly string[]): boolean {
	return before.some((_, start) => {
		const end = before.length - start;
		return end <= page.length && page.slice(0, end).every((hash, index) => hash === before[start + index]);
	});
}

function shortHash(record: JsonObject): string {
	return contentHash(record).slice(0, 16);
}
