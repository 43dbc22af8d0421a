/** The newest bills of several connections in one order, by hand: no page is read before one of its bills can be next. */
import type { BillOrder, Page, Place } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { comparePlaces, compareSortKeys, compareText, placeOf } from '../../providers/query/order';

export const NEWEST_FIRST: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };

/** @param lists one a connection, each newest first */
export async function newestOf(lists: readonly AsyncIterable<Page<Bill>>[], first: number): Promise<readonly Bill[]> {
	const readers = lists.map((list) => new Reader(list));
	await Promise.all(readers.map((reader) => reader.advance()));
	const bills: Bill[] = [];
	while (bills.length < first) {
		const newest = readers.reduce((best, reader) => (comesBefore(reader.head, best.head) ? reader : best));
		if (newest.head === null) break;
		bills.push(newest.head.bill);
		// Behind the last bill that is wanted, nothing is read.
		if (bills.length < first) await newest.advance();
	}
	await Promise.all(readers.map((reader) => reader.close()));
	return bills;
}

interface Head {
	readonly bill: Bill;
	readonly place: Place;
}

class Reader {
	/** The next bill; null at the end. */
	head: Head | null = null;
	private readonly pages: AsyncIterator<Page<Bill>>;
	private bills: Iterator<Bill> = [].values();

	constructor(list: AsyncIterable<Page<Bill>>) {
		this.pages = list[Symbol.asyncIterator]();
	}

	async advance(): Promise<void> {
		let next = this.bills.next();
		while (next.done === true) {
			const page = await this.pages.next();
			if (page.done === true) {
				this.head = null;
				return;
			}
			this.bills = page.value.items.values();
			next = this.bills.next();
		}
		this.head = { bill: next.value, place: placeOf(next.value, NEWEST_FIRST) };
	}

	async close(): Promise<void> {
		await this.pages.return?.();
	}
}

/** By our server's order of bills: those of one day by connection, then as within a connection. */
function comesBefore(left: Head | null, right: Head | null): boolean {
	if (left === null) return false;
	if (right === null) return true;
	const order =
		compareSortKeys(left.place.sortKey, right.place.sortKey, NEWEST_FIRST) ||
		compareText(left.bill.identity.connection, right.bill.identity.connection) ||
		comparePlaces(left.place, right.place, NEWEST_FIRST);
	return order < 0;
}
