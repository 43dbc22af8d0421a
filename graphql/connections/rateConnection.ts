/** `Bill.rates`: the charge lines of one bill, page by page. */
import type { BillHandle } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import type { Rate } from '../../providers/model/rate';
import type { GraphContext } from '../context';
import type { BillRatesArgs } from '../generated/resolverTypes';
import { lazily } from '../lazily';
import { listFingerprint } from './cursor';
import { checkedFirst } from './pageSize';
import { ratesBehind } from './ratesBehind';
import { type RelayPage, relayPage } from './relayPage';
import type { SourceReport } from './source';

export interface RatePage extends RelayPage<Rate> {
	readonly totalCount: number | null;
	readonly complete: boolean;
	readonly reasons: readonly string[];
	/** Null for the rates of one bill. */
	readonly sources: readonly SourceReport[] | null;
}

export const RATE_PAGE_SIZE = { default: 100, max: 1_000 };

/** @throws GraphQLError BAD_USER_INPUT or BAD_CURSOR; BillingError from the provider */
export async function rateConnection(
	bill: Bill,
	args: Partial<BillRatesArgs>,
	{ connections, cursors, loaders }: GraphContext,
): Promise<RatePage> {
	const first = checkedFirst(args.first, RATE_PAGE_SIZE);
	const connection = connections.of(bill);
	const fingerprint = lazily(() => listFingerprint('rates', bill.identity));
	const last = args.after === null || args.after === undefined ? null : cursors.open(fingerprint(), args.after);
	// Providers give a bill's rates in an order of their own, so the cursor tells how many came before, and which was last.
	const from = last === null ? 0 : Number(last.place.sortKey);
	loaders.bill(connection).remember(bill.identity, bill);
	const within = last === null ? undefined : { position: from, remoteId: last.place.remoteId };
	const list = await ratesBehind(within, from + first, loaders.ratesOfBill(connection), handleOf(bill));
	const nodes = list.rates;
	const cursorOf = ({ identity: { scope, remoteId } }: Rate, index: number): string => {
		const place = { sortKey: String(from + index + 1), connection: connection.id, scope, remoteId };
		return cursors.seal(fingerprint(), { place, total: list.total });
	};
	const seen = from + nodes.length;
	return relayPage(
		{
			items: nodes,
			nodeOf: (rate) => rate,
			cursorOf,
			// Without an announced total, a full page may be followed by an empty one.
			hasNextPage: list.total === null ? nodes.length === first : seen < list.total && nodes.length > 0,
			hasPreviousPage: from > 0,
		},
		{ totalCount: list.total, complete: list.complete, reasons: list.reasons, sources: null },
	);
}

export function handleOf({ identity, billDate, billingAccount, number, signPolicy }: Bill): BillHandle {
	return {
		scope: identity.scope,
		remoteId: identity.remoteId,
		billDate,
		accountId: billingAccount?.id ?? null,
		number,
		signPolicy,
	};
}
