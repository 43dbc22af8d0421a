/** Reading a list to its end: a short list is never handed over as if it were whole. */
import { BillingError, type Page, type WalkEnd, type WalkedPage } from './core';

export interface List<T> {
	readonly items: T[];
	/** What the user should know, in words: history limits, and why a list that was accepted is not whole. */
	readonly notices: readonly string[];
}

export interface ListOptions {
	/** Hand over what there is of a list that is not whole, with a notice. */
	readonly acceptIncomplete: boolean;
}

/** @throws BillingError PROTOCOL for a list that is not whole, unless that is accepted */
export async function readPages<T>(pages: AsyncIterable<Page<T>>, options: ListOptions): Promise<List<T>> {
	return readPagesAs(pages, options, (item) => item);
}

/**
 * The same, of each item only what `shape` makes of it. The items themselves go with their page: held to the end, 100,000
 * rates with their wire records took some 200 MB at the side of the 50 MB that n8n is given.
 */
export async function readPagesAs<T, Shaped>(
	pages: AsyncIterable<Page<T>>,
	options: ListOptions,
	shape: (item: T) => Shaped,
): Promise<List<Shaped>> {
	const items: Shaped[] = [];
	const notices: string[] = [];
	for await (const page of pages) {
		for (const item of page.items) items.push(shape(item));
		notices.push(...page.notices, ...shortfall(page.end, options));
	}
	return { items, notices };
}

/** The same for rows as the provider wrote them. */
export async function readRows<T>(pages: AsyncIterable<WalkedPage<T>>, options: ListOptions): Promise<List<T>> {
	const items: T[] = [];
	const notices: string[] = [];
	for await (const page of pages) {
		for (const row of page.rows) items.push(row);
		notices.push(...shortfall(page.end, options));
	}
	return { items, notices };
}

/** Nothing for a list that is whole, or has not ended. @throws BillingError PROTOCOL */
export function shortfall(end: WalkEnd | null, { acceptIncomplete }: ListOptions): readonly string[] {
	if (end === null || end.complete) return [];
	const message = `The list is not whole: ${end.reasons.join('; ')}`;
	if (acceptIncomplete) return [message];
	throw new BillingError({
		kind: 'PROTOCOL',
		message,
		hint: "Run it again: rows may have moved while they were read. To take what there is, turn on 'Accept Incomplete Lists' under Options.",
		retryable: true,
	});
}
