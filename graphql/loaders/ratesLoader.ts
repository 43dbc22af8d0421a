/** The rates of bills, batched: a bill of which several fields of a query want more or fewer rates is read once. */
import DataLoader from 'dataloader';

import type { BillHandle, ByKey, RateList } from '../../providers/connector';
import { keyOf } from '../../providers/model/identity';

interface Wish {
	readonly bill: BillHandle;
	/** Rates that are enough; undefined: all. */
	readonly first: number | undefined;
}

/** A promise in a box: a batch is handed out at once, and each bill settles on its own. */
interface Box {
	readonly settled: Promise<RateList>;
}

export class RatesLoader {
	private readonly boxes: DataLoader<Wish, Box, string>;

	constructor(work: (bills: readonly BillHandle[], first: number | undefined) => ByKey<RateList>) {
		this.boxes = new DataLoader(async (wishes) => settleAll(wishes, work), {
			cacheKeyFn: ({ bill, first }) => JSON.stringify([keyOf(bill), first]),
		});
	}

	/** At most `first` rates of the bill, all where it is undefined. */
	async load(bill: BillHandle, first: number | undefined): Promise<RateList> {
		const { settled } = await this.boxes.load({ bill, first });
		const list = await settled;
		return first === undefined ? list : { ...list, rates: list.rates.slice(0, first) };
	}
}

/** Every bill of the batch is read as far as its longest wish; bills with the same wish together. */
function settleAll(
	wishes: readonly Wish[],
	work: (bills: readonly BillHandle[], first: number | undefined) => ByKey<RateList>,
): readonly Box[] {
	const longest = new Map<string, Wish>();
	for (const wish of wishes) {
		const known = longest.get(keyOf(wish.bill));
		if (known === undefined || lengthOf(known) < lengthOf(wish)) longest.set(keyOf(wish.bill), wish);
	}
	const groups = new Map<number | undefined, BillHandle[]>();
	for (const { bill, first } of longest.values()) groups.set(first, [...(groups.get(first) ?? []), bill]);
	const results = new Map([...groups].flatMap(([first, bills]) => [...work(bills, first)]));
	return wishes.map(({ bill }) => ({ settled: results.get(keyOf(bill)) ?? forgotten(bill) }));
}

function lengthOf({ first }: Wish): number {
	return first ?? Number.POSITIVE_INFINITY;
}

function forgotten({ remoteId }: BillHandle): Promise<never> {
	return Promise.reject(new Error(`A connector gave no rates for "${remoteId}", which it was asked for`));
}
