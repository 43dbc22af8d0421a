/** The Lumen node as n8n sees it, and the lists that it offers to choose from. */
import nock from 'nock';

import { LUMEN_OPERATIONS } from '../../../nodes/Lumen/actions';
import { loadOptionsContext } from '../support/fakeContext';
import { expectAllAsked, itDescribesItself } from '../support/nodeChecks';
import { ACCOUNT, HOST, OTHER, V1, bill, byId, node, settingsWith, signedFor } from './records';

describe('Lumen', () => itDescribesItself(node, 'Lumen', LUMEN_OPERATIONS));

describe('lists to choose from', () => {
	beforeAll(() => nock.disableNetConnect());
	afterEach(() => {
		expectAllAsked();
	});
	afterAll(() => nock.enableNetConnect());

	const { searchAccounts, searchBills } = node.methods.listSearch;
	const chosen = (account: string) =>
		loadOptionsContext(settingsWith({ resource: 'bill', operation: 'get', account: byId(account) }));

	it('has the accounts of the credential, without a request', async () => {
		expect(await searchAccounts.call(chosen(''))).toEqual({
			results: [
				{ name: ACCOUNT, value: ACCOUNT },
				{ name: OTHER, value: OTHER },
			],
		});
		expect(await searchAccounts.call(chosen(''), '0002')).toEqual({ results: [{ name: OTHER, value: OTHER }] });
	});

	const answer = (status: number, body: unknown) =>
		nock(HOST, signedFor(ACCOUNT))
			.get(`${V1}/customerBill`)
			.query(({ billingAccountNumber }) => billingAccountNumber === ACCOUNT)
			.reply(status, body as object[]);

	it('has the bills of the chosen account, newest first', async () => {
		answer(200, [bill('512', '2026-01-05'), bill('513', '2026-02-05')]);
		expect(await searchBills.call(chosen(ACCOUNT))).toEqual({
			results: [
				{ name: '513 | 2026-02-05 | 119 USD', value: '513' },
				{ name: '512 | 2026-01-05 | 119 USD', value: '512' },
			],
		});
	});

	it('finds bills by what the list shows of them', async () => {
		answer(200, [bill('512', '2026-01-05'), bill('513', '2026-02-05')]);
		const { results } = await searchBills.call(chosen(ACCOUNT), '2026-01');
		expect(results.map(({ value }) => value)).toEqual(['512']);
	});

	it('asks for the account first', async () => {
		await expect(searchBills.call(chosen(''))).rejects.toMatchObject({ message: "'Billing Account' is empty" });
	});

	it('says why Lumen gives no list', async () => {
		answer(404, { message: `User not authorized for billingAccountID: ${ACCOUNT}` });
		await expect(searchBills.call(chosen(ACCOUNT))).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '404' });
	});
});
