/** Ids for charge lines, which may come without one: made of what they say, and counted where several say the same. */
import { contentHash } from '../model/contentHash';
import { type JsonObject, textOf } from '../model/json';

export interface IdentifiedLine {
	readonly id: string;
	readonly record: JsonObject;
}

/**
 * Gives every line of one walk an id that no other line has, so that no charge is taken for a repetition of another.
 *
 * Two equal lines without id are two charges: they are numbered in the order they come. Lines that share an id but differ
 * are two charges as well; only a line that repeats id and content is one that was seen before. A page that only repeats
 * the one before gets that page's ids again, which is how a provider that ignores the offset is found out.
 */
export class LineIds {
	private readonly named = new Map<string, JsonObject>();
	private readonly counts = new Map<string, number>();
	private lastPage: { readonly hash: string; readonly lines: readonly IdentifiedLine[] } | null = null;

	assign(records: readonly JsonObject[]): readonly IdentifiedLine[] {
		if (records.every((record) => textOf(record['id']) !== null)) return records.map((record) => this.line(record));
		const hashes = records.map(shortHash);
		const hash = hashes.join();
		if (this.lastPage?.hash === hash) return this.lastPage.lines;
		const lines = records.map((record, index) => this.line(record, hashes[index]));
		this.lastPage = { hash, lines };
		return lines;
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

function shortHash(record: JsonObject): string {
	return contentHash(record).slice(0, 16);
}
