/** Ids for charge lines that come without one: made of what they say, and counted where several say the same. */
import { contentHash } from '../model/contentHash';
import { type JsonObject, textOf } from '../model/json';

export interface IdentifiedLine {
	readonly id: string;
	readonly record: JsonObject;
}

/**
 * Two equal charges on one bill are two charges, so lines without an id are numbered in the order they come. A page that
 * only repeats the one before gets that page's ids again: a provider that ignores the offset is found out by them.
 */
export class LineIds {
	private readonly counts = new Map<string, number>();
	private lastPage: { readonly hash: string; readonly lines: readonly IdentifiedLine[] } | null = null;

	assign(records: readonly JsonObject[]): readonly IdentifiedLine[] {
		const hash = contentHash(records);
		if (this.lastPage?.hash === hash) return this.lastPage.lines;
		const lines = records.map((record) => ({ id: textOf(record['id']) ?? this.numbered(record), record }));
		this.lastPage = { hash, lines };
		return lines;
	}

	private numbered(record: JsonObject): string {
		const hash = contentHash(record).slice(0, 16);
		const count = (this.counts.get(hash) ?? 0) + 1;
		this.counts.set(hash, count);
		return count === 1 ? `line-${hash}` : `line-${hash}-${count}`;
	}
}
