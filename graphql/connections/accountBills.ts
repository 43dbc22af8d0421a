/** `BillingAccount.bills`: the bills of one account, read together with those of the query's other accounts. */
import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';

import type { Bill } from '../../providers/model/bill';
import type { GraphContext } from '../context';
import { badUserInput } from '../errors';
import type { BillFilter, BillingAccountBillsArgs, Maybe } from '../generated/resolverTypes';
import { encodeGlobalId } from '../globalId';
import type { KnownAccount } from '../knownAccount';
import { type BillList, billConnection, billList, sourceOf } from './billConnection';
import { planBills } from './billPlan';
import { type MergedConnection, mergedConnection } from './mergedConnection';
import { SharedSource } from './sharedSource';
import type { ItemSource, SourceReport } from './source';
import { skipped } from './sourceTrouble';

type BillSource = ItemSource<Bill> | SourceReport;

interface Wish {
	readonly account: KnownAccount;
	readonly filter: Maybe<BillFilter> | undefined;
	readonly list: BillList;
}

/** @throws GraphQLError BAD_USER_INPUT or BAD_CURSOR */
export async function accountBills(
	account: KnownAccount,
	args: Partial<BillingAccountBillsArgs>,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<MergedConnection<Bill>> {
	const { accounts, connections } = args.filter ?? {};
	if ((accounts ?? connections ?? null) !== null) {
		throw badUserInput('filter', 'names accounts or connections, which the account itself gives');
	}
	const own = { ...args, filter: filterFor([account], args.filter) };
	const list = billList(own, context);
	if (list.after !== null) return billConnection(own, context, info);
	const source = await loaderOf(context).load({ account, filter: args.filter, list });
	return mergedConnection({ ...list, sources: source === null ? [] : [source] }, context, info);
}

/**
 * A provider that can be asked for the bills of one account, and of one only, is asked for each: that is fewer rows. The
 * others read the same list whichever account is asked for.
 */
function isWorthSharing({ connection }: KnownAccount): boolean {
	return connection.connector.capabilities.billFilters.accounts !== 'PARTLY_PUSHED_DOWN';
}

function filterFor(accounts: readonly KnownAccount[], filter: Maybe<BillFilter> | undefined): BillFilter {
	const ids = accounts.map(({ connection, remoteId }) =>
		encodeGlobalId({ type: 'BillingAccount', connection: connection.id, remoteId }),
	);
	const connections = accounts.map(({ connection }) => connection.id);
	return { ...filter, accounts: [...new Set(ids)], connections: [...new Set(connections)] };
}

type AccountBillsLoader = DataLoader<Wish, BillSource | null, object>;

/** One a request. */
const loaders = new WeakMap<GraphContext, AccountBillsLoader>();

function loaderOf(context: GraphContext): AccountBillsLoader {
	const known = loaders.get(context);
	if (known !== undefined) return known;
	// Every wish is its own: the same account may be on the page twice, and each takes its bills itself.
	const made: AccountBillsLoader = new DataLoader(async (wishes) => together(wishes, context), { cache: false });
	loaders.set(context, made);
	return made;
}

/** Wishes for the same bills of one account are one list; of accounts of one connection too, where that is worth it. */
function together(wishes: readonly Wish[], context: GraphContext): readonly (BillSource | null)[] {
	const groups = new Map<string, Wish[]>();
	for (const wish of wishes) {
		const { account, filter, list } = wish;
		const alone = isWorthSharing(account) ? null : account.remoteId;
		const key = JSON.stringify([account.connection.id, alone, filter, list.order, list.first]);
		groups.set(key, [...(groups.get(key) ?? []), wish]);
	}
	const sources = new Map([...groups.values()].flatMap((group) => sharedBy(group, context)));
	return wishes.map((wish) => sources.get(wish) ?? null);
}

function sharedBy(group: readonly Wish[], context: GraphContext): readonly (readonly [Wish, BillSource | null])[] {
	const [{ filter, list }, ...others] = group as readonly [Wish, ...Wish[]];
	const accounts = group.map(({ account }) => account);
	const [plan] = planBills(context.connections, filterFor(accounts, filter), list.order);
	if (plan === undefined) return group.map((wish) => [wish, null]);
	if (plan.kind === 'SKIP') return group.map((wish) => [wish, skipped(plan)]);
	const source = sourceOf(plan, list, context);
	if (others.length === 0) return group.map((wish) => [wish, source]);
	const shared = new SharedSource(source, new Set(accounts.map(({ remoteId }) => remoteId)).size === 1);
	return group.map((wish) => [wish, shared.of(wish.account.remoteId)]);
}
