/** One ordered list of bills, shared by the accounts whose bills are on it: each takes its own, nobody reads twice. */
import type { Bill } from '../../providers/model/bill';
import { billMatches } from '../../providers/query/billFilter';
import type { ItemSource, Placed, Source, SourceReport } from './source';

interface Reader {
	readonly account: string;
	/** Bills of the account that were read for somebody, and that this reader has not taken yet. */
	readonly waiting: Placed<Bill>[];
}

export class SharedSource {
	private readonly readers = new Set<Reader>();
	private pulling: Promise<void> | null = null;
	private isOver = false;

	/** @param isOfOneAccount whether the list holds the bills of one account alone */
	constructor(
		private readonly source: Source<Bill>,
		private readonly isOfOneAccount: boolean,
	) {}

	/**
	 * A reader of the account's bills, to be had before any reader reads. Several of one account are given the same bills:
	 * an account stands in an answer as often as it has bills there, or under two names.
	 * @param account its id as the provider knows it
	 */
	of(account: string): ItemSource<Bill> {
		const reader: Reader = { account, waiting: [] };
		this.readers.add(reader);
		return new AccountSource(this, reader);
	}

	/** Null where several share the list: none knows how much of it is whose. */
	get total(): number | null {
		return this.isOfOneAccount ? this.source.total : null;
	}

	report(): SourceReport {
		return this.source.report();
	}

	/** The reader's next bill. */
	async nextOf({ waiting }: Reader): Promise<Placed<Bill> | null> {
		for (;;) {
			const next = waiting.shift();
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
		else for (const { account, waiting } of this.readers) if (isOf(placed.item, account)) waiting.push(placed);
	}

	/** Ends what is under way when the last reader has left. */
	closeOf(reader: Reader): void {
		this.readers.delete(reader);
		if (this.readers.size === 0) this.source.close();
	}
}

class AccountSource implements ItemSource<Bill> {
	constructor(
		private readonly list: SharedSource,
		private readonly reader: Reader,
	) {}

	get total(): number | null {
		return this.list.total;
	}

	next(): Promise<Placed<Bill> | null> {
		return this.list.nextOf(this.reader);
	}

	report(): SourceReport {
		return this.list.report();
	}

	close(): void {
		this.list.closeOf(this.reader);
	}
}

function isOf(bill: Bill, account: string): boolean {
	return billMatches(bill, { accounts: [account] }, ['accounts']);
}
