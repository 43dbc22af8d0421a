/** The invoices of floLIVE's own document, and envelopes around them. */
import { type ScriptedAnswer, ScriptedTransport, fakeClock, json } from '../support/scriptedTransport';
import { FloLiveApi, type FloLiveSettings } from '../../../providers/floLive/api';
import { FloLiveConnector } from '../../../providers/floLive/connector';
import type { Page } from '../../../providers/connector';

/** From the example of "Get Customer Invoice List". */
export const FIRST = {
	id: '62e8ba66-3a2d-4919-ae16-f87f35845a4b',
	invoiceNumber: '1134',
	creationTime: '2021-07-01T00:00:00.977Z',
	billingCycleStartDate: '2022-07-01T00:00:00.977Z',
	billingCycleEndDate: '2023-07-30T23:59:59.977Z',
	currency: 'USD',
	taxAmount: 25.9,
	netAmount: 185.1,
	totalAmount: 211,
	dueDate: '2023-10-15',
};
export const SECOND = {
	id: 'd1d2f769-f755-4210-bf76-00fa023623e9',
	invoiceNumber: '1204',
	creationTime: '2021-02-01T00:00:00.977Z',
	billingCycleStartDate: '2022-02-01T00:00:00.977Z',
	billingCycleEndDate: '2023-02-28T23:59:59.977Z',
	currency: 'USD',
	taxAmount: 10.1,
	netAmount: 200,
	totalAmount: 210.1,
	dueDate: '2023-11-15',
};

export function envelope(content: unknown, pageable: unknown = null): object {
	return { errorCode: '', errorMessage: '', content, pageable };
}

export const listOf = (...invoices: readonly object[]) => json(200, envelope(invoices));

const SETTINGS: FloLiveSettings = { connection: 'fleet', baseUrl: 'https://flolive.example', accounts: ['20100'] };

export function floLive(script: readonly ScriptedAnswer[] | ScriptedAnswer, settings: Partial<FloLiveSettings> = {}) {
	const transport = new ScriptedTransport(script).renewable();
	const clock = fakeClock('2022-01-15T12:00:00Z');
	const all = { ...SETTINGS, ...settings };
	return {
		transport,
		clock,
		api: new FloLiveApi(all, { transport, clock }),
		connector: new FloLiveConnector(all, { transport, clock }),
	};
}

export async function pagesOf<T, Filter extends string>(
	pages: AsyncIterable<Page<T, Filter>>,
): Promise<Page<T, Filter>[]> {
	const all: Page<T, Filter>[] = [];
	for await (const page of pages) all.push(page);
	return all;
}
