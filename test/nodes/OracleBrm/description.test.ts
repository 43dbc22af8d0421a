/** The Oracle BRM node as n8n sees it, and the lists that it offers to choose from. */
import { type INodeProperties, type INodePropertyCollection, NodeHelpers } from 'n8n-workflow';
import nock from 'nock';

import { OPERATIONS } from '../../../nodes/OracleBrm/actions';
import { BILL_PARAMETERS } from '../../../providers/oracleBrm/parameters';
import { comparableMembers } from '../../../providers/tmf678/conditions';
import { loadOptionsContext } from '../support/fakeContext';
import { expectAllAsked, itDescribesItself } from '../support/nodeChecks';
import { ACCOUNT_ID, BASE, BILL_ID, PLAIN, api, bill, listOf, node, settingsWith } from './records';

describe('Oracle BRM', () => itDescribesItself(node, 'OracleBrm', OPERATIONS));

describe('the filter conditions', () => {
	const field = node.description.properties.find(({ name }) => name === 'conditions');
	const [row] = (field?.options ?? []) as INodePropertyCollection[];
	const shown = (member: string, name: string): INodeProperties[] =>
		(row?.values ?? []).filter(
			(property) =>
				property.name === name && NodeHelpers.displayParameter({ field: member }, property, null, node.description),
		);
	const members = comparableMembers(BILL_PARAMETERS).filter(
		({ member }) => member !== 'state' && member !== 'billingAccount.id',
	);

	it.each(members)(
		'offer for $member the comparisons of the document, and one value',
		({ member, comparisons, kind }) => {
			const [comparison, ...others] = shown(member, 'comparison');
			expect(others).toEqual([]);
			expect(comparison?.options?.map((option) => 'value' in option && option.value)).toEqual([...comparisons]);
			expect(shown(member, 'value').map(({ type }) => type)).toEqual([kind === 'DATE_TIME' ? 'dateTime' : 'string']);
		},
	);
});

describe('lists to choose from', () => {
	beforeAll(() => nock.disableNetConnect());
	beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-03-31T12:00:00Z')));
	afterEach(() => {
		expectAllAsked();
		jest.restoreAllMocks();
	});
	afterAll(() => nock.enableNetConnect());

	const { searchAccounts, searchBills } = node.methods.listSearch;
	const context = (credential: object = {}) =>
		loadOptionsContext(settingsWith({ resource: 'bill', operation: 'get' }, {}, credential));
	const bills = (query: Record<string, string>) => api().get(`${BASE}/customerBill`).query(query);

	it('has bills by number, date, total and account', async () => {
		bills({ limit: '100', offset: '0' }).reply(...listOf([bill(1)]));
		expect(await searchBills.call(context())).toEqual({
			results: [{ name: 'B1-1 | 2026-01-05 | 119 EUR | Example Ltd', value: BILL_ID }],
		});
	});

	it('searches bills by their number, at the server', async () => {
		bills({ 'billNo.like': '%B1-1%', limit: '100', offset: '0' }).reply(...listOf([bill(1)]));
		expect((await searchBills.call(context(), ' B1-1 ')).results).toHaveLength(1);
	});

	it('searches bills of another TMF678 server here', async () => {
		bills({ limit: '100', offset: '0' }).reply(...listOf([bill(1), bill(2)]));
		const { results } = await searchBills.call(context(PLAIN), '-2');
		expect(results.map(({ value }) => value)).toEqual(['0.0.0.1+-bill+2']);
	});

	it('reads no more than ten pages of bills for a list', async () => {
		for (let page = 0; page < 10; page += 1) {
			bills({ limit: '100', offset: String(page) }).reply(...listOf([bill(page)], 5_000));
		}
		expect((await searchBills.call(context(PLAIN), 'B1')).results).toHaveLength(10);
	});

	const recent = { 'billDate.gte': '2025-12-30T10:00:00Z' };
	const page = { limit: '100', offset: '0' };
	const accountFields = ({ fields }: { fields?: unknown }) =>
		String(fields).startsWith('id,href,billingAccount,billDate');
	const accountBills = (more: Record<string, string>) =>
		api()
			.get(`${BASE}/customerBill`)
			.query((query) => {
				const { fields, ...others } = query;
				return (
					accountFields({ fields }) &&
					JSON.stringify(Object.entries(others).sort()) === JSON.stringify(Object.entries({ ...page, ...more }).sort())
				);
			});
	const others = bill(2, { billingAccount: { id: 'a-2', name: 'Another Ltd' } });

	it('has the accounts on the bills of the last months, each once', async () => {
		accountBills(recent).reply(...listOf([bill(1), bill(3), others, bill(4, { billingAccount: null })]));
		expect(await searchAccounts.call(context())).toEqual({
			results: [
				{ name: 'Another Ltd', value: 'a-2' },
				{ name: 'Example Ltd | A-7', value: ACCOUNT_ID },
			],
		});
	});

	it.each(['a-7', 'EXAMPLE', '-account+7'])('finds an account by "%s"', async (text) => {
		accountBills(recent).reply(...listOf([bill(1), others]));
		const { results } = await searchAccounts.call(context(), text);
		expect(results.map(({ value }) => value)).toEqual([ACCOUNT_ID]);
	});

	it('has the accounts of older bills where there are none of late', async () => {
		accountBills(recent).reply(...listOf([]));
		accountBills({}).reply(...listOf([bill(1)]));
		expect((await searchAccounts.call(context())).results).toHaveLength(1);
	});

	it('says why there is no list', async () => {
		bills({ limit: '100', offset: '0' }).reply(403, { code: '403', reason: 'No policy' });
		await expect(searchBills.call(context())).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '403' });
	});
});
