/** The hand-written list reads no more than ours, and tells it in the same order. */
import { newestOf } from '../../../bench/graph/newest';
import type { Page } from '../../../providers/connector';
import type { Bill } from '../../../providers/model/bill';
import { bill, day } from '../../graphql/support/records';

class Pages implements AsyncIterable<Page<Bill>> {
	read = 0;
	isClosed = false;

	constructor(
		private readonly connection: string,
		private readonly pages: readonly (readonly string[])[],
	) {}

	async *[Symbol.asyncIterator](): AsyncGenerator<Page<Bill>> {
		try {
			for (const days of this.pages) {
				this.read += 1;
				const items = days.map((date) =>
					bill({ billDate: day(date), identity: { connection: this.connection, remoteId: date } }),
				);
				const shared = { total: null, pushedDown: [], appliedHere: [], requests: 1, notices: [] };
				yield { ...shared, items, end: null };
			}
		} finally {
			this.isClosed = true;
		}
	}
}

const daysOf = (bills: readonly Bill[]): readonly string[] =>
	bills.map(({ identity }) => `${identity.connection} ${identity.remoteId}`);

it('bills of all lists come newest first, those of one day by connection', async () => {
	const lists = [new Pages('b', [['2026-03-01'], ['2026-01-01']]), new Pages('a', [['2026-03-01', '2026-02-01']])];
	expect(daysOf(await newestOf(lists, 10))).toEqual(['a 2026-03-01', 'b 2026-03-01', 'a 2026-02-01', 'b 2026-01-01']);
});

it('a page is read only when one of its bills can be next', async () => {
	const fresh = new Pages('fresh', [['2026-03-03', '2026-03-02'], ['2026-03-01'], ['2026-02-28']]);
	const old = new Pages('old', [['2026-01-02', '2026-01-01'], ['2025-12-01']]);
	expect(daysOf(await newestOf([fresh, old], 3))).toEqual(['fresh 2026-03-03', 'fresh 2026-03-02', 'fresh 2026-03-01']);
	expect([fresh.read, old.read]).toEqual([2, 1]);
});

it('empty pages and lists are passed over, and every list is ended', async () => {
	const lists = [new Pages('a', [[], ['2026-01-01'], ['2025-01-01']]), new Pages('b', [])];
	expect(daysOf(await newestOf(lists, 1))).toEqual(['a 2026-01-01']);
	expect(lists.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});
