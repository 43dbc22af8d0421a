/** Orange's billing accounts, by query and by id, in the fewest requests. */
import type { AccountQuery, ByKey, Page, WalkOptions } from '../connector';
import type { BillingAccount } from '../model/account';
import type { LocalId } from '../model/identity';
import { atMost } from '../query/atMost';
import { wildcardMatches } from '../query/billFilter';
import { forEachKey, unwatched } from '../query/byKey';
import { toPages } from '../query/pages';
import { DEFAULT_PAGE_SIZE, type OrangeBusinessApi } from './api';
import { type Owner, toBillingAccount } from './billMapping';
import type { FieldNames } from './fieldAliases';

const ACCOUNTS_AT_ONCE = 4;

interface Listed {
	readonly accounts: ReadonlyMap<string, BillingAccount>;
	/** The list was left, or broke off: what it did not show may still be asked for by id. */
	readonly mayHoldMore: boolean;
}

export class AccountReader {
	constructor(
		private readonly api: OrangeBusinessApi,
		private readonly owner: Owner,
		private readonly names: FieldNames,
	) {}

	pages(
		{ ids, nameLike, maxRows, pageSize }: AccountQuery,
		options?: WalkOptions,
	): AsyncGenerator<Page<BillingAccount, 'ids' | 'nameLike'>, void, undefined> {
		const [id, ...others] = ids ?? [];
		const onlyId = id !== undefined && others.length === 0 ? id : null;
		const walk = this.api.walkBillingAccounts(
			{ limit: pageSize, ...(onlyId === null ? {} : { filters: { id: onlyId } }), concurrency: options?.concurrency },
			{ signal: options?.signal },
		);
		return toPages(walk, (row) => toBillingAccount(row, this.owner, this.names), {
			pushedDown: onlyId === null ? [] : ['ids'],
			appliedHere: [
				...(ids !== undefined && onlyId === null ? (['ids'] as const) : []),
				...(nameLike === undefined ? [] : (['nameLike'] as const)),
			],
			keep: ({ identity, name }) =>
				(ids === undefined || onlyId !== null || ids.includes(identity.remoteId)) &&
				(nameLike === undefined || (name !== null && wildcardMatches(name, nameLike))),
			maxRows,
		});
	}

	/** One alone is asked for by id; several are looked for in the list, as long as that is no more requests than by id. */
	byIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<BillingAccount> {
		const slot = atMost(ACCOUNTS_AT_ONCE);
		const wanted = new Set(ids.map(({ remoteId }) => remoteId));
		const listed: Promise<Listed> =
			wanted.size === 1
				? Promise.resolve({ accounts: new Map(), mayHoldMore: true })
				: unwatched(this.listed(wanted, options));
		return forEachKey(ids, async ({ remoteId }) => {
			const { accounts, mayHoldMore } = await listed;
			const account = accounts.get(remoteId);
			if (account !== undefined) return account;
			if (mayHoldMore) return slot(() => this.byId(remoteId, options));
			throw this.api.client.error({
				kind: 'NOT_FOUND',
				message: `Orange has no billing account ${remoteId} among those in scope`,
				hint: 'Check the id, and that the API key is the one of this customer.',
			});
		});
	}

	private async listed(wanted: ReadonlySet<string>, options?: WalkOptions): Promise<Listed> {
		const accounts = new Map<string, BillingAccount>();
		let seen = 0;
		for await (const { rows, total, end } of this.api.walkBillingAccounts({}, { signal: options?.signal })) {
			seen += rows.length;
			for (const row of rows) {
				const account = toBillingAccount(row, this.owner, this.names);
				if (wanted.has(account.identity.remoteId)) accounts.set(account.identity.remoteId, account);
			}
			if (end !== null) return { accounts, mayHoldMore: !end.complete };
			const missing = wanted.size - accounts.size;
			const pagesLeft = total === null ? 1 : Math.ceil((total - seen) / DEFAULT_PAGE_SIZE);
			if (missing <= pagesLeft) return { accounts, mayHoldMore: true };
		}
		return { accounts, mayHoldMore: false };
	}

	private async byId(id: string, options?: WalkOptions): Promise<BillingAccount> {
		return toBillingAccount(await this.api.billingAccount(id, { signal: options?.signal }), this.owner, this.names);
	}
}
