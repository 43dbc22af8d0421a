/** What a page is known to lack is told with that page, though the list goes on. */
import { Source } from '../../../graphql/connections/source';
import type { Page } from '../../../providers/connector';
import { toPages } from '../../../providers/query/pages';
import type { WalkedPage } from '../../../providers/transport/pageWalk';
import { MemoryConnector } from '../support/memoryConnector';

const DOUBT = '1 rows came twice, so rows moved while they were read';

async function* walk(): AsyncGenerator<WalkedPage<number>> {
	yield { rows: [1, 2], total: null, end: null, doubts: [DOUBT], requests: 1 };
	yield { rows: [3], total: null, end: { complete: false, reasons: [DOUBT] }, requests: 1 };
}

const pages = (): AsyncGenerator<Page<number>> =>
	toPages(walk(), (row) => row, { pushedDown: [], appliedHere: [], keep: () => true });

it('a page before the last carries what was found wrong so far', async () => {
	const doubts = [];
	for await (const page of pages()) doubts.push(page.doubts);
	expect(doubts).toEqual([[DOUBT], undefined]);
});

it('a source of which only the first page was read is not whole', async () => {
	const source = new Source<number>({
		connection: new MemoryConnector({ connection: 'brm' }).configured(),
		pages,
		placeOf: (row) => ({ connection: 'brm', scope: '', remoteId: String(row), sortKey: null }),
		compare: () => -1,
		timeoutMs: 1_000,
		reportFault: () => undefined,
	});
	expect((await source.next())?.item).toBe(1);
	expect(source.report()).toMatchObject({ state: 'OK', complete: false, notices: [DOUBT] });
});
