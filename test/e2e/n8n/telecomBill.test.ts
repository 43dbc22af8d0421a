// Every operation of the Telecom Bill node in a real n8n, over all providers at once, against the sandbox's truth.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { SandboxProvider } from '../../../sandbox/data/ledger';
import { checkedFile, truePdf } from './files';
import { type Bench, describeOperations } from './operations';
import { addFault, clearFaults } from './sandboxControl';
import {
	type TrueAccount,
	type TrueBill,
	billRow,
	billRows,
	exact,
	exactSum,
	rateSums,
	trueAccounts,
	trueRateSums,
	trueSummaryRows,
	summaryRows,
} from './truth';

const PROVIDERS: Readonly<Record<SandboxProvider, string>> = {
	lumen: 'LUMEN',
	oracleBrm: 'ORACLE_BRM',
	floLive: 'FLOLIVE',
	orange: 'ORANGE_BUSINESS',
};
const NAMES = Object.keys(PROVIDERS) as SandboxProvider[];
/** Those that publish rates. */
const RATED = NAMES.filter((provider) => provider !== 'floLive');

interface KeyedBill {
	readonly provider: SandboxProvider;
	readonly key: INodeParameters;
	readonly bill: TrueBill;
}

function keyed(provider: SandboxProvider, account: TrueAccount, bill: TrueBill): KeyedBill {
	const scope = provider === 'lumen' || provider === 'floLive' ? account.id : '';
	const value = [PROVIDERS[provider], scope, bill.id].map(encodeURIComponent).join(':');
	return { provider, key: { __rl: true, mode: 'key', value }, bill };
}

/** The newest bill of each provider that is not in progress. */
async function newestBills(sandbox: Bench['sandbox'], providers: readonly SandboxProvider[]): Promise<KeyedBill[]> {
	const accounts = await Promise.all(providers.map(async (provider) => (await trueAccounts(sandbox, provider))[0]!));
	return providers.map((provider, index) => {
		const account = accounts[index]!;
		return keyed(provider, account, account.bills.filter(({ standing }) => standing !== 'inProgress').at(-1)!);
	});
}

/** Bills of all providers, floLIVE's as far back as it gives them. */
async function allBills(sandbox: Bench['sandbox'], from: string): Promise<readonly TrueBill[]> {
	const accounts = await Promise.all(NAMES.map(async (provider) => trueAccounts(sandbox, provider)));
	return accounts.flat().flatMap(({ bills }) => bills.filter(({ billDate }) => billDate >= from));
}

/** A day that all providers' lists reach back to. */
function halfAYearAgo(): string {
	return new Date(Date.now() - 183 * 86_400_000).toISOString().slice(0, 10);
}

function daysFrom(from: string): INodeParameters {
	return { billDateFrom: from, billDateTo: new Date().toISOString().slice(0, 10) };
}

describeOperations(
	{
		node: 'telecomBill',
		credentials: ['lumenOAuth2Api', 'oracleBrmOAuth2Api', 'floLiveApi', 'orangeBusinessOAuth2Api'],
		common: { providers: ['lumen', 'oracleBrm', 'floLive', 'orangeBusiness'] },
	},
	{
		'bill: getAll': {
			'gives every bill of all providers, newest first': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true, filters: { billDateFrom: halfAYearAgo() } });
				const truth = await allBills(sandbox, halfAYearAgo());
				expect(billRows(json)).toEqual(billRows(truth));
				const newestFirst = truth
					.map(({ billDate }) => billDate)
					.sort()
					.reverse();
				expect(json.map(({ billDate }) => billDate)).toEqual(newestFirst);
			},
			'gives the newest of all, up to a limit': async ({ run, sandbox }) => {
				const { json } = await run({ limit: 10 });
				const dates = (await allBills(sandbox, ''))
					.map(({ billDate }) => billDate)
					.sort()
					.reverse();
				expect(json.map(({ billDate }) => billDate)).toEqual(dates.slice(0, 10));
			},
			'gives all that is known of a bill when Simplify is off': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true, simplify: false, filters: { billDateFrom: halfAYearAgo() } });
				const amounts = (bill: IDataObject): string =>
					JSON.stringify([bill.id, exact(bill.netExact), exact(bill.taxExact), exact(bill.totalExact)]);
				const truth = (await allBills(sandbox, halfAYearAgo())).map(({ id, net, tax, total }) =>
					JSON.stringify([id, exact(net), exact(tax), exact(total)]),
				);
				expect(json.map(amounts).sort()).toEqual(truth.sort());
				const oracle = json.find(({ provider }) => provider === 'ORACLE_BRM')!;
				expect(oracle.availability).toMatchObject({ total: 'PROVIDED', rates: 'NOT_FETCHED' });
			},
			'finds credit notes and amounts across providers': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true, filters: { types: ['CREDIT_NOTE'], totalTo: '-100' } });
				const truth = (await allBills(sandbox, '')).filter(
					({ type, total }) => type === 'creditNote' && Number(total) <= -100,
				);
				const rows = billRows(json);
				expect(rows.length).toBeGreaterThan(0);
				expect(rows.filter((row) => !billRows(truth).includes(row))).toEqual([]);
			},
			'stops when a provider fails, or goes on and reports it': async ({ attempt, run, sandbox }) => {
				const faults = { provider: 'lumen', path: '/Billing/', effect: 'answer', with: { status: 403 } };
				await addFault(sandbox, faults);
				const parameters = { returnAll: true, filters: { billDateFrom: halfAYearAgo() } };
				const { status, error, items } = await attempt(parameters);
				expect({ status, items }).toEqual({ status: 'error', items: [] });
				expect(error?.message).toMatch(/^Lumen: /);
				const { json } = await run({ ...parameters, options: { ifProviderFails: 'report' } });
				await clearFaults(sandbox);
				expect(new Set(json.map(({ provider }) => provider))).toEqual(new Set(Object.values(PROVIDERS)));
				expect(json.filter(({ provider }) => provider === 'LUMEN')).toMatchObject([
					{ providerName: 'Lumen', error: { kind: 'FORBIDDEN', httpStatus: 403 } },
				]);
			},
			'gives sample bills without any credential': async ({ run }) => {
				const { json } = await run({ providers: ['sample'], returnAll: true }, { credentials: [] });
				expect(new Set(json.map(({ provider }) => provider))).toEqual(new Set(Object.values(PROVIDERS)));
			},
		},
		'bill: get': {
			'gives the newest bill of each provider by its key': async ({ run, sandbox }) => {
				const bills = await newestBills(sandbox, NAMES);
				const { items } = await run(
					{ bill: { __rl: true, mode: 'key', value: '={{ $json.key }}' } },
					{ input: bills.map(({ key }) => ({ key: key.value as string })) },
				);
				expect(items.map(({ json }) => billRow(json))).toEqual(bills.map(({ bill }) => billRow(bill)));
				expect(items.map(({ json }) => json.key)).toEqual(bills.map(({ key }) => key.value));
			},
		},
		'bill: download': {
			'gives the document of each provider': async ({ n8n, run, sandbox }) => {
				for (const { provider, key, bill } of await newestBills(sandbox, NAMES)) {
					const { items } = await run({ bill: key });
					const { mimeType, bytes } = await checkedFile(n8n, items[0]);
					expect(mimeType).toBe('application/pdf');
					expect(bytes.equals(await truePdf(sandbox, provider, bill.id))).toBe(true);
					expect(items[0]?.json).toMatchObject({ key: key.value, billId: bill.id, billDate: bill.billDate });
				}
			},
		},
		'bill: reconcile': {
			'finds that each bill adds up, exactly': async ({ run, sandbox }) => {
				for (const { key, bill } of await newestBills(sandbox, RATED)) {
					const { json } = await run({ bill: key });
					expect(json).toMatchObject([
						{
							key: key.value,
							status: 'MATCHES',
							differenceExact: '0',
							rates: bill.lines.count,
							currency: bill.currency,
						},
					]);
				}
			},
			'says what it could not check where a provider gives no rates': async ({ run, sandbox }) => {
				const [{ key }] = (await newestBills(sandbox, ['floLive'])) as [KeyedBill];
				const { json } = await run({ bill: key });
				expect(json).toMatchObject([{ status: 'PARTLY_CHECKED', differenceExact: null, rates: 0 }]);
			},
			'finds that a bill differs whose header and lines do not agree': async ({ run, sandbox }) => {
				const [{ key, bill }] = (await newestBills(sandbox, ['orange'])) as [KeyedBill];
				const listed = await run({
					operation: 'getAll',
					providers: ['orangeBusiness'],
					simplify: false,
					filters: { numbers: bill.number },
					options: { includeRaw: true },
				});
				const wrong = { ...(listed.json[0]?.raw as IDataObject), taxIncludedAmount: Number(bill.total) + 250 };
				await addFault(sandbox, {
					provider: 'orange',
					path: `/bills/${bill.id}`,
					times: 1,
					effect: 'answer',
					with: { status: 200, body: wrong },
				});
				const { json } = await run({ bill: key });
				await clearFaults(sandbox);
				const [reconciled] = json as [IDataObject & { checks: IDataObject[] }];
				expect(reconciled.status).toBe('DIFFERS');
				const failed = reconciled.checks.filter(({ ok }) => ok === false);
				expect(failed.map(({ name, difference }) => [name, difference])).toEqual([
					['NET_PLUS_TAX', '-250'],
					['RATES_TOTAL', '-250'],
				]);
			},
		},
		'billingRate: getAll': {
			'gives every rate of one bill of each provider that has rates': async ({ run, sandbox }) => {
				for (const { key, bill } of await newestBills(sandbox, RATED)) {
					const { json } = await run({ ratesOf: 'bill', bill: key, returnAll: true });
					expect(rateSums(json)).toEqual(trueRateSums([bill]));
				}
			},
			'gives the rates of all bills of some days': async ({ run, sandbox }) => {
				const from = halfAYearAgo();
				const { json } = await run({ ratesOf: 'days', ...daysFrom(from), returnAll: true });
				for (const provider of RATED) {
					const bills = (await trueAccounts(sandbox, provider))
						.flatMap(({ bills: all }) => all)
						.filter(({ billDate }) => billDate >= from);
					const rates = json.filter((rate) => rate.provider === PROVIDERS[provider]);
					expect({ provider, ...rateSums(rates) }).toEqual({ provider, ...trueRateSums(bills) });
				}
			},
		},
		'billingRate: summarize': {
			'adds up by account, providers and currencies apart': async ({ run, sandbox }) => {
				const from = halfAYearAgo();
				const { json } = await run({ ratesOf: 'days', ...daysFrom(from), groupBy: 'account' });
				for (const provider of RATED) {
					const rows = json.filter((row) => row.provider === PROVIDERS[provider]);
					const ids = (await trueAccounts(sandbox, provider)).flatMap(({ bills }) =>
						bills.filter(({ billDate }) => billDate >= from).map(({ id }) => id),
					);
					const truth = trueSummaryRows(sandbox, provider, ids, ({ bill }) => bill.account.id);
					expect({ provider, rows: summaryRows(rows, 'key') }).toEqual({ provider, rows: truth });
				}
			},
			'adds up to the bill, whatever it is grouped by': async ({ run, sandbox }) => {
				const [{ key, bill }] = (await newestBills(sandbox, ['oracleBrm'])) as [KeyedBill];
				for (const groupBy of ['account', 'period', 'product', 'type']) {
					const { json } = await run({ ratesOf: 'bill', bill: key, groupBy });
					const net = exactSum(json.map(({ netExact }) => netExact));
					expect({ groupBy, net }).toEqual({ groupBy, net: exact(bill.net) });
				}
			},
		},
		'billingAccount: getAll': {
			'lists the accounts of all providers': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true });
				const truth = await Promise.all(
					NAMES.map(async (provider) =>
						(await trueAccounts(sandbox, provider)).map(({ id }) => `${PROVIDERS[provider]} ${id}`),
					),
				);
				expect(json.map(({ provider, id }) => `${provider as string} ${id as string}`).sort()).toEqual(
					truth.flat().sort(),
				);
			},
		},
	},
);
