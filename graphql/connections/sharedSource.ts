/** One ordered list of bills, shared by the accounts whose bills are on it: each takes its own, nobody reads twice. */
import type { Bill } from '../../providers/model/bill';
import { billMatches } from '../../providers/query/billFilter';
import type { ItemSource, Placed, Source } from './source';

export class SharedSource {
	private readonly waiting: ReadonlyMap<string, Placed<Bill>[]>;
	private readonly open: Set<string>;
	private pulling: Promise<void> | null = null;
	private isOver = false;

	/** @param accounts ids as the provider knows them */
	constructor(
		private readonly source: Source<Bill>,
		accounts: readonly string[],
	) {
		this.waiting = new Map(accounts.map((account) => [account, []]));
		this.open = new Set(accounts);
	}

	of(account: string): ItemSource<Bill> {
		return {
			next: () => this.nextOf(account),
			// Who shares a list does not know how much of it is whose.
			total: null,
			report: () => this.source.report(),
			close: () => this.closeOf(account),
		};
	}

	private async nextOf(account: string): Promise<Placed<Bill> | null> {
		const own = this.waiting.get(account) ?? [];
		for (;;) {
			const next = own.shift();
			if (next !== undefined) return next;
			if (this.isOver) return null;
			this.pulling ??= this.pull();
			await this.pulling;
		}
	}

	private async pull(): Promise<void> {
		const placed = await this.source.next();
		this.pulling = null;
		if (placed === null) this.isOver = true;
		else for (const [account, own] of this.waiting) if (isOf(placed.item, account)) own.push(placed);
	}

	private closeOf(account: string): void {
		this.open.delete(account);
		if (this.open.size === 0) this.source.close();
	}
}

function isOf(bill: Bill, account: string): boolean {
	return billMatches(bill, { accounts: [account] }, ['accounts']);
}
