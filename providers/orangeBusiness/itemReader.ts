/** Bill items read as rates: of one bill, or of every bill that a query finds. */
import type { BillHandle, RateList, RateListOptions, WalkOptions } from '../connector';
import type { Bill } from '../model/bill';
import type { LocalId } from '../model/identity';
import type { Rate } from '../model/rate';
import { unwatched } from '../query/byKey';
import { inTurn } from '../query/inTurn';
import { readWhole } from '../query/walks';
import type { WalkedPage } from '../transport/pageWalk';
import { DEFAULT_PAGE_SIZE, type OrangeBusinessApi } from './api';
import { type Owner, toBill } from './billMapping';
import type { FieldNames } from './fieldAliases';
import { type ItemContext, toRate } from './itemMapping';

/** Bills whose items are read side by side. */
export const BILLS_AT_ONCE = 4;

interface ReadOptions {
	readonly limit?: number | undefined;
	readonly offset?: number | undefined;
	readonly maxRows?: number | undefined;
	readonly walk?: WalkOptions | undefined;
}

/** What the items of a bill take from it. */
type BillHead = Pick<ItemContext, 'signPolicy' | 'accountId'>;

export class ItemReader {
	constructor(
		private readonly api: OrangeBusinessApi,
		private readonly owner: Owner,
		private readonly names: FieldNames,
	) {}

	/** The `first` items, without those before `from`. Where the handle does not say how its bill was signed, the bill is asked for beside them. */
	async listOf(handle: BillHandle, first: number | undefined, walk?: RateListOptions): Promise<RateList> {
		const { signPolicy, accountId } = handle;
		const from = walk?.from ?? 0;
		const head = signPolicy === undefined ? this.billOf(handle, walk).then(headOf) : { signPolicy, accountId };
		const maxRows = first === undefined ? undefined : first - from;
		const limit = maxRows === undefined ? undefined : Math.min(maxRows, DEFAULT_PAGE_SIZE);
		const rates: Rate[] = [];
		let last: WalkedPage<Rate> | null = null;
		for await (const page of this.walkOf(handle, head, { limit, offset: from, maxRows, walk })) {
			rates.push(...page.rows);
			last = page;
		}
		return {
			rates,
			...(from > 0 && { from }),
			total: last?.total ?? null,
			complete: last?.end?.complete ?? true,
			reasons: last?.end?.reasons ?? [],
		};
	}

	/** The items of one bill, if it is one that the query wants. The bill is asked for too: it tells how they are signed. */
	async *walkOne(
		id: LocalId,
		wants: (bill: Bill) => boolean,
		options: ReadOptions,
	): AsyncGenerator<WalkedPage<Rate>, void, undefined> {
		const bill = unwatched(this.billOf(id, options.walk));
		let requests = 1;
		for await (const page of this.walkOf(id, bill.then(headOf), options)) {
			yield { ...page, rows: wants(await bill) ? page.rows : [], requests: page.requests + requests };
			requests = 0;
		}
	}

	/** The items of all these bills, a few bills at a time, in the order of the bills. */
	async *walkAll(
		bills: AsyncIterable<WalkedPage<Bill>>,
		options: ReadOptions,
	): AsyncGenerator<WalkedPage<Rate>, void, undefined> {
		for await (const page of bills) {
			yield { ...page, rows: [], total: null };
			yield* inTurn(page.rows, BILLS_AT_ONCE, async (bill) => {
				const { rows, reasons, requests } = await readWhole(this.walkOf(bill.identity, headOf(bill), options));
				return { rows, total: null, requests, end: { complete: reasons.length === 0, reasons } };
			});
		}
	}

	private async *walkOf(
		{ scope, remoteId }: LocalId,
		head: BillHead | Promise<BillHead>,
		{ limit, offset, maxRows, walk }: ReadOptions,
	): AsyncGenerator<WalkedPage<Rate>, void, undefined> {
		const items = this.api.walkBillItems(
			remoteId,
			{ limit, offset, maxRows, concurrency: walk?.concurrency },
			{ signal: walk?.signal },
		);
		const bill = { scope, remoteId };
		const known = unwatched(Promise.resolve(head));
		for await (const page of items) {
			const context = { owner: this.owner, names: this.names, bill, ...(await known) };
			yield { ...page, rows: page.rows.map((item) => toRate(item, context)) };
		}
	}

	private async billOf({ remoteId }: LocalId, walk: WalkOptions | undefined): Promise<Bill> {
		return toBill(await this.api.bill(remoteId, { signal: walk?.signal }), this.owner, this.names);
	}
}

function headOf({ signPolicy, billingAccount }: Bill): BillHead {
	return { signPolicy, accountId: billingAccount?.id ?? null };
}
