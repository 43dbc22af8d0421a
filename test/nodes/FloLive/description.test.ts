/** The floLIVE node as n8n sees it, and the lists that it offers to choose from. */
import nock from 'nock';

import { FLOLIVE_OPERATIONS } from '../../../nodes/FloLive/actions';
import { loadOptionsContext } from '../support/fakeContext';
import { expectAllAsked, itDescribesItself } from '../support/nodeChecks';
import { CUSTOMER, FIRST, HOST, SECOND, SIGNED, byId, envelope, invoice, node, settingsWith } from './records';

describe('floLIVE', () => itDescribesItself(node, 'FloLive', FLOLIVE_OPERATIONS));

describe('lists to choose from', () => {
	beforeAll(() => nock.disableNetConnect());
	afterEach(expectAllAsked);
	afterAll(() => nock.enableNetConnect());

	const { searchCustomers, searchInvoices } = node.methods.listSearch;
	const chosen = (customer: string) =>
		loadOptionsContext(settingsWith({ resource: 'invoice', operation: 'get', customer: byId(customer) }));

	it('has the customers of the credential, without a request', async () => {
		expect(await searchCustomers.call(chosen(''))).toEqual({ results: [{ name: CUSTOMER, value: CUSTOMER }] });
	});

	it('has the invoices of the chosen customer, newest first', async () => {
		nock(HOST, SIGNED)
			.get('/api/v2/customer/30000/invoices')
			.twice()
			.reply(200, envelope([invoice(SECOND, '1134', '2025-12-01'), invoice(FIRST, '1204', '2026-01-01')]));
		expect(await searchInvoices.call(chosen('30000'))).toEqual({
			results: [
				{ name: '1204 | 2026-01-01 | 210.1 GBP', value: FIRST },
				{ name: '1134 | 2025-12-01 | 210.1 GBP', value: SECOND },
			],
		});
		const { results } = await searchInvoices.call(chosen('30000'), '1134');
		expect(results.map(({ value }) => value)).toEqual([SECOND]);
	});

	it('asks for the customer first', async () => {
		await expect(searchInvoices.call(chosen(''))).rejects.toMatchObject({ message: "'Customer' is empty" });
	});
});
