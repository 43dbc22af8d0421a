/** Every bill of a connection, where one field of a query has read them all already. */
import type { BillOrder, BillQuery, Page } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { billMatches, filtersSet } from '../../providers/query/billFilter';
import { inOrder, readOut } from '../../providers/query/pages';
import type { WalkEnd } from '../../providers/transport/pageWalk';

export class KnownBills {
	private readonly ofConnections = new Map<string, { readonly bills: readonly Bill[]; readonly end: WalkEnd | null }>();

	/** Reads the walk to its end and keeps what it gave; the requests that it took. */
	async read(connection: string, walk: AsyncIterable<Page<Bill>>) {
		const read = await readOut(walk);
		this.ofConnections.set(connection, { bills: read.items, end: read.last.end });
		return read;
	}

	/** The bills that a query means, without a request; null where they are not all known. */
	answer(
		connection: string,
		{ order, after, ...query }: BillQuery & { readonly order: BillOrder },
	): AsyncGenerator<Page<Bill>> | null {
		const known = this.ofConnections.get(connection);
		if (known === undefined) return null;
		const appliedHere = filtersSet(query);
		const items = known.bills.filter((bill) => billMatches(bill, query, appliedHere));
		const page = { items, total: null, pushedDown: [], appliedHere, requests: 0, end: known.end, notices: [] };
		return inOrder(once(page), { order, after, pageSize: Number.MAX_SAFE_INTEGER });
	}
}

async function* once<T>(item: T): AsyncGenerator<T, void, undefined> {
	yield item;
}
