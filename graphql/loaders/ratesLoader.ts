/** The rates of bills, batched: a bill of which several fields of a query want more or fewer rates is read once. */
import DataLoader from 'dataloader';

import type { BillHandle, ByKey, RateList } from '../../providers/connector';
import { keyOf } from '../../providers/model/identity';

/** Which of a bill's rates, in the provider's order. */
export interface RateSpan {
	/** How many come before them. */
	readonly from: number;
	/** Rates that are enough, those before counted too; undefined: all. */
	readonly first: number | undefined;
}

interface Wish extends RateSpan {
	readonly bill: BillHandle;
}

/** A promise in a box: a batch is handed out at once, and each bill settles on its own. */
interface Box {
	readonly settled: Promise<RateList>;
}

export class RatesLoader {
	private readonly boxes: DataLoader<Wish, Box, string>;

	constructor(work: RatesOfBills) {
		this.boxes = new DataLoader(async (wishes) => settleAll(wishes, work), {
			cacheKeyFn: ({ bill, from, first }) => JSON.stringify([keyOf(bill), from, first]),
		});
	}

	/** At most the `first` rates of the bill, all where it is undefined; those before `from` are left out where they can be. */
	async load(bill: BillHandle, first: number | undefined, from = 0): Promise<RateList> {
		const { settled } = await this.boxes.load({ bill, from, first });
		const list = await settled;
		return first === undefined ? list : { ...list, rates: list.rates.slice(0, first - (list.from ?? 0)) };
	}
}

type RatesOfBills = (bills: readonly BillHandle[], span: RateSpan) => ByKey<RateList>;

/** Every bill of the batch is read from its earliest wish to its longest; bills with the same wish together. */
function settleAll(wishes: readonly Wish[], work: RatesOfBills): readonly Box[] {
	const widest = new Map<string, Wish>();
	for (const wish of wishes) widest.set(keyOf(wish.bill), joined(wish, widest.get(keyOf(wish.bill))));
	const groups = new Map<string, { readonly span: RateSpan; readonly bills: BillHandle[] }>();
	for (const { bill, from, first } of widest.values()) {
		const name = `${from} ${first}`;
		const group = groups.get(name) ?? { span: { from, first }, bills: [] };
		group.bills.push(bill);
		groups.set(name, group);
	}
	const results = new Map([...groups.values()].flatMap(({ span, bills }) => [...work(bills, span)]));
	return wishes.map(({ bill }) => ({ settled: results.get(keyOf(bill)) ?? forgotten(bill) }));
}

function joined(wish: Wish, other: Wish = wish): Wish {
	const first = wish.first === undefined || other.first === undefined ? undefined : Math.max(wish.first, other.first);
	return { bill: wish.bill, from: Math.min(wish.from, other.from), first };
}

function forgotten({ remoteId }: BillHandle): Promise<never> {
	return Promise.reject(new Error(`A connector gave no rates for "${remoteId}", which it was asked for`));
}
