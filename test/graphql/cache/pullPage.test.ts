/** A page that is worth keeping, put together from several. */
import { type BillPage } from '../../../graphql/cache/billLists';
import { pullPage } from '../../../graphql/cache/pullPage';
import { bill } from '../support/records';

const EMPTY: BillPage = { items: [], total: 9, pushedDown: [], appliedHere: [], requests: 1, end: null, notices: [] };

async function* pages(...given: readonly Partial<BillPage>[]): AsyncGenerator<BillPage, void> {
	for (const page of given) yield { ...EMPTY, ...page };
}

it('goes on behind a page with nothing in it, and tells what was found wrong behind it', async () => {
	const doubts = ['1 rows came twice'];
	const page = await pullPage(pages({ notices: ['n'] }, { items: [bill({})], doubts }), 'NATIVE');
	expect(page).toMatchObject({ items: [{}], requests: 2, notices: ['n'], doubts, end: null });
});

it('reads what costs nothing to its end', async () => {
	const end = { complete: false, reasons: ['8 rows arrived of 9 announced'] };
	const page = await pullPage(pages({ items: [bill({})] }, { items: [bill({})], end }), 'WHOLE');
	expect(page).toMatchObject({ items: [{}, {}], requests: 2, end });
});
