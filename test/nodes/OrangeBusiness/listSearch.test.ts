/** The lists behind the locators: entries, search, and the next page. */
import type { INodeParameters } from 'n8n-workflow';

import { loadOptionsContext } from '../support/fakeContext';
import { CREDENTIAL_FIELDS } from '../support/fakeHttp';
import { bill, expectRequest, guardNetwork, node } from './orange';

guardNetwork();

const { searchBillingAccounts, searchBills, searchJobs, searchReports } = node.methods.listSearch;

const contextOf = (parameters: INodeParameters = {}) =>
	loadOptionsContext({
		node,
		parameters,
		credentials: { orangeBusinessOAuth2Api: CREDENTIAL_FIELDS.orangeBusinessOAuth2Api() },
	});
const bills = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => bill(`${from + index}`));

it('lists the newest bills with number, date and total', async () => {
	expectRequest({ get: 'bills?offset=0&limit=100&sort=-issuedAt', answer: [bill('1')], total: 1 });
	expect(await searchBills.call(contextOf())).toEqual({
		results: [{ name: 'N1 | 2026-01-05 | 120.12 EUR', value: '1' }],
	});
});

it('goes on where it stopped', async () => {
	expectRequest({ get: 'bills?offset=0&limit=100&sort=-issuedAt', answer: bills(0, 100), total: 101 });
	const first = await searchBills.call(contextOf());
	expect(first.paginationToken).toBe('100');
	expectRequest({ get: 'bills?offset=100&limit=100&sort=-issuedAt', answer: bills(100, 101), total: 101 });
	const second = await searchBills.call(contextOf(), undefined, '100');
	expect(second).toMatchObject({ results: [{ value: '100' }] });
	expect(second.paginationToken).toBeUndefined();
});

it('reads on until something matches the search', async () => {
	expectRequest({ get: 'bills?offset=0&limit=100&sort=-issuedAt', answer: bills(0, 100), total: 300 });
	expectRequest({ get: 'bills?offset=100&limit=100&sort=-issuedAt', answer: bills(100, 200), total: 300 });
	const { results, paginationToken } = await searchBills.call(contextOf(), 'n150 ');
	expect(results.map(({ value }) => value)).toEqual(['150']);
	expect(paginationToken).toBe('200');
});

it('lists billing accounts with number and name', async () => {
	const rows = [{ id: '5004722', number: '0045120', name: 'ACME' }, { id: '2' }];
	expectRequest({ get: 'billingAccounts?offset=0&limit=100', answer: rows, total: 2 });
	expect((await searchBillingAccounts.call(contextOf())).results).toEqual([
		{ name: '0045120 | ACME', value: '5004722' },
		{ name: '2', value: '2' },
	]);
});

it('lists reports of the chosen kind', async () => {
	const parameters = { resource: 'report', operation: 'download' };
	expectRequest({ get: 'reports?offset=0&limit=100', answer: [{ id: 'R+1.csv' }], total: 1 });
	expect((await searchReports.call(contextOf(parameters))).results).toEqual([{ name: 'R+1.csv', value: 'R+1.csv' }]);
	expectRequest({ get: 'customerSpecificReports?offset=0&limit=100', answer: [{ id: 'C+1.csv' }], total: 1 });
	const specific = await searchReports.call(contextOf({ ...parameters, reportKind: 'customerSpecific' }));
	expect(specific.results).toEqual([{ name: 'C+1.csv', value: 'C+1.csv' }]);
});

it('lists asynchronous jobs', async () => {
	expectRequest({ get: 'asyncJobs?offset=0&limit=100', answer: [{ id: 7001 }], total: 1 });
	expect((await searchJobs.call(contextOf())).results).toEqual([{ name: '7001', value: '7001' }]);
});

it('says what to mend when it cannot list', async () => {
	expectRequest({
		get: 'bills?offset=0&limit=100&sort=-issuedAt',
		status: 403,
		answer: { code: 51, message: 'Requester blocked' },
	});
	await expect(searchBills.call(contextOf())).rejects.toMatchObject({
		description: expect.stringContaining('Orange has blocked this application'),
	});
});
