/** Accounts that a credential, or the option, names later than others. */
import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { n8nClock } from '../../../../nodes/shared/clock';
import { TelecomBillTrigger } from '../../../../nodes/TelecomBill/TelecomBillTrigger.node';
import { pollContext } from '../../support/fakeContext';
import { CREDENTIAL_FIELDS } from '../../support/fakeHttp';

const node = new TelecomBillTrigger();
const FLO = 'https://api.flolive.example.com';

const credentials = (customerIds = '20100') => ({ floLiveApi: { ...CREDENTIAL_FIELDS.floLiveApi(), customerIds } });
const path = (customer: string) => `/api/v2/customer/${customer}/invoices`;
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

const invoices = (customer: string, ...dated: (readonly [string, number])[]) =>
	nock(FLO)
		.get(path(customer))
		.reply(200, {
			errorCode: '',
			errorMessage: '',
			content: dated.map(([id, offset]) => ({
				id,
				invoiceNumber: `N-${id}`,
				creationTime: `${day(offset)}T00:00:00Z`,
				currency: 'USD',
				totalAmount: 211,
			})),
			pageable: null,
		});

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	const unasked = nock.pendingMocks();
	nock.cleanAll();
	expect(unasked).toEqual([]);
});
afterAll(() => nock.enableNetConnect());

describe.each(['credential', 'option'])('an account that is added later, to the %s,', (where) => {
	/** The first poll, days ago, reads one account, the later ones two. */
	function polls(firstRun: string) {
		const staticData: IDataObject = {};
		return async (offset: number, accounts: string): Promise<unknown[]> => {
			const clock = jest.spyOn(n8nClock, 'now').mockReturnValue(Date.now() + offset * 86_400_000);
			const customerIds = where === 'credential' ? accounts : '20100, 20200';
			const options = where === 'credential' ? {} : { accounts };
			const context = pollContext({
				node,
				credentials: credentials(customerIds),
				parameters: { providers: ['floLive'], firstRun, firstRunDays: 5, options },
				staticData,
			});
			const output = await node.poll.call(context).finally(() => clock.mockRestore());
			return output?.[0]?.map(({ json }) => json.number) ?? [];
		};
	}

	it.each([
		['none', ['N-new', 'N-since']],
		['days', ['N-new', 'N-late', 'N-since']],
		['all', ['N-new', 'N-old', 'N-late', 'N-since']],
	])(
		'has its own first run (%s), and loses nothing of the days in which it could not be read',
		async (kind, expected) => {
			const poll = polls(kind);
			invoices('20100');
			await poll(-3, '20100');
			invoices('20100');
			nock(FLO).get(path('20200')).reply(403, {});
			await expect(poll(-1, '20100, 20200')).rejects.toMatchObject({ httpCode: '403' });
			const added = [
				['old', -20],
				['late', -6],
				['since', -2],
			] as const;
			invoices('20100', ['new', -1]);
			invoices('20200', ...added);
			expect(await poll(0, '20100, 20200')).toEqual(expected);
			invoices('20100', ['new', -1]);
			invoices('20200', ...added);
			expect(await poll(0, '20100, 20200')).toEqual([]);
		},
	);
});

it('is none of those that were read before accounts were remembered', async () => {
	const staticData: IDataObject = {};
	const poll = async () =>
		node.poll.call(
			pollContext({ node, credentials: credentials(), parameters: { providers: ['floLive'] }, staticData }),
		);
	invoices('20100', ['a', -3]);
	await poll();
	const [[id, { accounts, ...before }]] = Object.entries(staticData.sources as object) as [[string, IDataObject]];
	expect(accounts).toEqual(['20100']);
	staticData.sources = { [id]: before };
	invoices('20100', ['a', -3], ['b', -3]);
	expect((await poll())?.[0]?.map(({ json }) => json.number)).toEqual(['N-b']);
	expect(staticData.sources).toHaveProperty([id, 'accounts'], ['20100']);
});
