/** The next page of a bill list that is worth keeping: never an empty one, and with it all that was read to find it. */
import type { Capabilities } from '../../providers/capabilities';
import { protocolError } from '../../providers/transport/errors';
import type { BillPage } from './billLists';

type Ordering = Capabilities['ordering'];

/** @throws BillingError of the provider; PROTOCOL where a walk ends without saying so */
export async function pullPage(pages: AsyncIterator<BillPage>, ordering: Ordering): Promise<BillPage> {
	let page = await next(pages);
	while (page.end === null && (page.items.length === 0 || isAllRead(page, ordering))) {
		page = joined(page, await next(pages));
	}
	return page;
}

async function next(pages: AsyncIterator<BillPage>): Promise<BillPage> {
	const step = await pages.next();
	if (step.done === true) throw protocolError('The list ended without saying whether it was whole');
	return step.value;
}

/**
 * Whether the rest of the list is here already, so that its pages cost nothing. Where a provider does not sort, a list is
 * read whole; or by windows of dates, but only where it is longer than so many requests for pages like this one can bring.
 */
function isAllRead({ items, total, requests }: BillPage, ordering: Ordering): boolean {
	if (ordering !== 'WINDOWED') return ordering === 'WHOLE';
	return total !== null && total <= requests * items.length;
}

function joined(page: BillPage, more: BillPage): BillPage {
	return {
		...page,
		items: [...page.items, ...more.items],
		requests: page.requests + more.requests,
		notices: [...page.notices, ...more.notices],
		// Those of the page before are among them.
		doubts: more.doubts,
		end: more.end,
	};
}
