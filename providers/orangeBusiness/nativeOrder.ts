/**
 * Bills that Orange has sorted, in the exact order of this project.
 *
 * Orange sorts by the instant, this project by the day as written and then by id, bills without a date last. So bills of one
 * day are held back until the day is over, and bills without one until the end. Whether Orange keeps to `sort` is watched.
 */
import type { BillFilterName } from '../capabilities';
import type { BillOrder, Page, Place } from '../connector';
import type { Bill } from '../model/bill';
import { compareSortKeys, isAfter, placeOf, sortBills } from '../query/order';
import { protocolError } from '../transport/errors';
import { endWith } from '../transport/pageWalk';

type BillPage = Page<Bill, BillFilterName>;

export interface OrderedWish {
	readonly order: BillOrder;
	readonly after?: Place | undefined;
	readonly maxRows?: number | undefined;
}

/** Whether the keys of the bills that have one never go back. */
export function isInOrder(bills: readonly Bill[], order: BillOrder): boolean {
	const keys = bills.map((bill) => placeOf(bill, order).sortKey).filter((key) => key !== null);
	return keys.every((key, index) => index === 0 || compareSortKeys(keys[index - 1] ?? null, key, order) <= 0);
}

/** @throws BillingError PROTOCOL where a later page goes back behind what was already handed out */
export async function* inNativeOrder(
	pages: AsyncIterable<BillPage>,
	{ order, after, maxRows = Number.POSITIVE_INFINITY }: OrderedWish,
): AsyncGenerator<BillPage, void, undefined> {
	const held = new HeldBack(order);
	let left = maxRows;
	for await (const page of pages) {
		const ready = [...held.settledBy(page.items), ...(page.end === null ? [] : held.rest())];
		const items = ready.filter((bill) => isAfter(bill, after, order)).slice(0, left);
		left -= items.length;
		const end = page.end ?? (left === 0 ? endWith(page.doubts ?? []) : null);
		yield { ...page, items, total: after === undefined ? page.total : null, end };
		if (end !== null) return;
	}
}

class HeldBack {
	private group: Bill[] = [];
	private key: string | null = null;
	private readonly undated: Bill[] = [];

	constructor(private readonly order: BillOrder) {}

	/** The bills that nothing to come can come before. */
	settledBy(bills: readonly Bill[]): readonly Bill[] {
		const settled: Bill[] = [];
		for (const bill of bills) {
			const key = placeOf(bill, this.order).sortKey;
			if (key === null) {
				this.undated.push(bill);
				continue;
			}
			const step = this.group.length === 0 ? 1 : compareSortKeys(key, this.key, this.order);
			if (step < 0) {
				throw protocolError('Orange did not keep the bills in the order asked for', {
					hint: 'Set "nativeSort" to false in the connection: the bills are then sorted here.',
				});
			}
			if (step > 0) {
				settled.push(...sortBills(this.group, this.order));
				this.group = [];
				this.key = key;
			}
			this.group.push(bill);
		}
		return settled;
	}

	rest(): readonly Bill[] {
		return [...sortBills(this.group, this.order), ...sortBills(this.undated, this.order)];
	}
}
