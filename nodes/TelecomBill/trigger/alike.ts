/** Which remembered bill a new one is under another key, and which it replaces. */
import { readBillKey } from '../../shared/columns';
import { lumenInvoiceOf } from '../../shared/core';
import type { SeenBill } from './state';

export interface Replacement {
	/** Key of the bill that this new one replaces. */
	readonly replaces: string | null;
	readonly replacesBecause: 'SAME_NUMBER' | 'SAME_PERIOD_AND_TOTAL' | null;
}

export const NOTHING_REPLACED: Replacement = { replaces: null, replacesBecause: null };

/**
 * One bill may go by several keys in the course of time. A document of a Lumen invoice is named by its date only while
 * others are read beside it; and an invoice that two accounts share is shown for the first that lists it.
 */
export class FormerKeys {
	private readonly byContent = new Map<string, string>();

	/** @param read keys of the bills that are being judged: each of them is a bill of its own */
	constructor(seen: Readonly<Record<string, SeenBill>>, read: ReadonlySet<string>) {
		for (const [key, [hash]] of Object.entries(seen)) {
			if (!read.has(key)) this.byContent.set(contentOf(key, hash), key);
		}
	}

	/** Key under which the same content of the same invoice is remembered, whichever account it was shown for. */
	find(key: string, hash: string): string | undefined {
		return this.byContent.get(contentOf(key, hash));
	}
}

function contentOf(key: string, hash: string): string {
	return `${hash} ${invoiceOf(key)}`;
}

/** The remote id; of a document of a Lumen invoice, that of the invoice. */
function invoiceOf(key: string): string {
	const { provider, remoteId } = readBillKey(key) ?? { provider: null, remoteId: key };
	return provider === 'LUMEN' ? lumenInvoiceOf(remoteId) : remoteId;
}

/** Finds bills that say the same: the newest of them, where there are several. */
export class Replaced {
	private readonly keys = new Map<string, { readonly key: string; readonly day: string }>();

	constructor(seen: Readonly<Record<string, SeenBill>>) {
		for (const [key, entry] of Object.entries(seen)) this.add(key, entry);
	}

	add(key: string, [, day, , number, period]: SeenBill): void {
		for (const print of [number, period]) {
			if (print === '') continue;
			const known = this.keys.get(print);
			const isNewer = known === undefined || known.day < (day ?? '') || (known.day === (day ?? '') && known.key < key);
			if (isNewer) this.keys.set(print, { key, day: day ?? '' });
		}
	}

	find(key: string, [, , , number, period]: SeenBill): Replacement {
		const sameNumber = this.other(key, number);
		if (sameNumber !== undefined) return { replaces: sameNumber, replacesBecause: 'SAME_NUMBER' };
		const samePeriod = this.other(key, period);
		if (samePeriod !== undefined) return { replaces: samePeriod, replacesBecause: 'SAME_PERIOD_AND_TOTAL' };
		return NOTHING_REPLACED;
	}

	/** Documents of one invoice share its number; Lumen does not say whether one replaces another, so neither is it said here. */
	private other(key: string, print: string): string | undefined {
		const alike = this.keys.get(print);
		return alike === undefined || invoiceOf(alike.key) === invoiceOf(key) ? undefined : alike.key;
	}
}
