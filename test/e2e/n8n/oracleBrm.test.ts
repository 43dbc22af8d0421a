// Every operation of the Oracle BRM node in a real n8n, against the sandbox's truth; a plain TMF678 server at the end.
import type { IDataObject } from 'n8n-workflow';

import type { LedgerLine } from '../../../sandbox/data/ledger';
import { demoCredentials } from './demoCredentials';
import { checkedFile, truePdf } from './files';
import { type Bench, byId, describeOperations } from './operations';
import { requestsTo } from './sandboxControl';
import {
	type TrueBill,
	billRow,
	billRows,
	exact,
	rateSums,
	summaryRows,
	trueAccounts,
	trueBills,
	trueRateSums,
	trueSummaryRows,
} from './truth';

const TYPES: Readonly<Record<LedgerLine['kind'], string>> = {
	recurring: 'RECURRING',
	oneTime: 'ONE_TIME',
	usage: 'USAGE',
	credit: 'CREDIT',
};

async function issuedBills(sandbox: Bench['sandbox']): Promise<readonly TrueBill[]> {
	return (await trueBills(sandbox, 'oracleBrm')).filter(({ standing }) => standing !== 'inProgress');
}

async function newestIssued(sandbox: Bench['sandbox']): Promise<TrueBill> {
	return (await issuedBills(sandbox)).at(-1)!;
}

async function accountId(sandbox: Bench['sandbox']): Promise<string> {
	return (await trueAccounts(sandbox, 'oracleBrm'))[0]!.id;
}

/** The requests that create something. */
async function creations(sandbox: Bench['sandbox']): Promise<number> {
	return (await requestsTo(sandbox)).filter(({ method, path }) => method === 'POST' && path.includes('OnDemand'))
		.length;
}

describeOperations(
	{
		node: 'oracleBrm',
		credentials: ['oracleBrmOAuth2Api', 'oracleBrmApi'],
		common: { authentication: 'oAuth2' },
		sandbox: { today: '2026-11-23' },
	},
	{
		'bill: getAll': {
			'gives every bill to the last decimal, one of dinars that no float holds among them': async ({
				run,
				sandbox,
			}) => {
				const { json } = await run({ returnAll: true });
				const truth = await trueBills(sandbox, 'oracleBrm');
				expect(billRows(json)).toEqual(billRows(truth));
				expect(truth.map(({ total }) => exact(total))).toContain('123456789012345.678');
			},
			'meets conditions on dates and amounts': async ({ run, sandbox }) => {
				const { json } = await run({
					returnAll: true,
					conditions: {
						condition: [
							{ field: 'billDate', comparison: 'gte', value: '2026-01-01T00:00:00Z' },
							{ field: 'amountDue.value', comparison: 'gt', value: '5000' },
						],
					},
				});
				const wanted = (await trueBills(sandbox, 'oracleBrm')).filter(
					({ billDate, total, type }) => billDate >= '2026-01-01' && type === 'invoice' && Number(total) > 5_000,
				);
				expect(wanted.length).toBeGreaterThan(0);
				expect(billRows(json.filter(({ type }) => type === 'INVOICE'))).toEqual(billRows(wanted));
			},
			'gives the newest first, up to a limit': async ({ run, sandbox }) => {
				const { json } = await run({ limit: 5, sort: { rule: { field: 'BILL_DATE', direction: 'DESC' } } });
				const dates = (await trueBills(sandbox, 'oracleBrm'))
					.map(({ billDate }) => billDate)
					.sort()
					.reverse();
				expect(json.map(({ billDate }) => billDate)).toEqual(dates.slice(0, 5));
			},
			'gives raw records with the members asked for': async ({ run }) => {
				const { json } = await run({ limit: 1, simplify: false, options: { fields: 'billNo,amountDue' } });
				expect(Object.keys(json[0]!).sort()).toEqual(['amountDue', 'billNo', 'href', 'id']);
			},
			'reads a TMF678 server of another make': async ({ n8n, run, sandbox }) => {
				const credential = await n8n.credential('oracleBrmApi', {
					...demoCredentials(sandbox).oracleBrmApi.data,
					authentication: 'none',
					baseUrl: `${sandbox.url}/tmf-api/customerBillManagement/v4`,
					dialect: 'TMF678',
				});
				const { json } = await run({ authentication: 'token', returnAll: true }, { credentials: [credential] });
				expect(billRows(json)).toEqual(billRows(await trueBills(sandbox, 'oracleBrm')));
			},
			'reads through Oracle Access Management, too': async ({ run, sandbox }) => {
				const { json } = await run({ authentication: 'token', returnAll: true });
				expect(billRows(json)).toEqual(billRows(await trueBills(sandbox, 'oracleBrm')));
			},
		},
		'bill: get': {
			'gives one bill by its id, with its plus signs, and by its number': async ({ run, sandbox }) => {
				const bill = await newestIssued(sandbox);
				const found = await run({ billId: byId(bill.id) });
				const byNumber = await run({ billId: { __rl: true, mode: 'number', value: bill.number } });
				expect([...found.json, ...byNumber.json].map(billRow)).toEqual([billRow(bill), billRow(bill)]);
			},
			'gives a credit note as what is owed less': async ({ run, sandbox }) => {
				const note = (await trueBills(sandbox, 'oracleBrm')).find(({ type }) => type === 'creditNote')!;
				const { json } = await run({ billId: byId(note.id) });
				expect(note.total.startsWith('-')).toBe(true);
				expect(json.map(billRow)).toEqual([billRow(note)]);
			},
		},
		'bill: download': {
			'gives a linked PDF byte for byte': async ({ n8n, run, sandbox }) => {
				const bill = await newestIssued(sandbox);
				const { items } = await run({ billId: byId(bill.id) });
				const { fileName, bytes } = await checkedFile(n8n, items[0]);
				expect(fileName).toContain(`${bill.number ?? ''}_${bill.billDate}.pdf`);
				expect(bytes.equals(await truePdf(sandbox, 'oracleBrm', bill.id))).toBe(true);
			},
			'gives a file for each of many bills, some attached as XML': async ({ n8n, run, sandbox }) => {
				const bills = (await issuedBills(sandbox)).slice(-6);
				const { items } = await run(
					{ billId: byId('={{ $json.bill }}') },
					{ input: bills.map(({ id }) => ({ bill: id })), settings: { onError: 'continueRegularOutput' } },
				);
				expect(items.map(({ json }) => json.error ?? null)).toEqual(bills.map(() => null));
				const files = await Promise.all(items.map((item) => checkedFile(n8n, item)));
				expect(new Set(files.map(({ mimeType }) => mimeType))).toEqual(new Set(['application/pdf', 'application/xml']));
			},
		},
		'billingRate: getAll': {
			'gives every rate of a bill, signed as the bill': async ({ run, sandbox }) => {
				const bills = await trueBills(sandbox, 'oracleBrm');
				for (const bill of [await newestIssued(sandbox), bills.find(({ type }) => type === 'creditNote')!]) {
					const { json } = await run({ returnAll: true, filters: { billId: byId(bill.id) } });
					expect(rateSums(json)).toEqual(trueRateSums([bill]));
				}
			},
			'gives every rate of an account': async ({ run, sandbox }) => {
				const [account] = await trueAccounts(sandbox, 'oracleBrm');
				const filters = { accountId: byId(account!.id), billed: 'billed' };
				const { json } = await run({ returnAll: true, filters });
				const billed = account!.bills.filter(({ standing }) => standing !== 'inProgress');
				expect(rateSums(json)).toEqual(trueRateSums(billed));
			},
		},
		'billingRate: get': {
			'gives one rate': async ({ run, sandbox }) => {
				const { id } = await newestIssued(sandbox);
				const line = sandbox.ledger.lines(sandbox.ledger.bill('oracleBrm', id)!)[3]!;
				const { json } = await run({ rateId: line.id });
				expect(json).toMatchObject([{ id: line.id, billId: id, type: TYPES[line.kind], product: line.productName }]);
			},
		},
		'billingRate: summarize': {
			'adds up by type, exactly': async ({ run, sandbox }) => {
				const account = (await trueAccounts(sandbox, 'oracleBrm')).find(({ currency }) => currency === 'KWD')!;
				const { json } = await run({ groupBy: 'type', filters: { accountId: byId(account.id), billed: 'billed' } });
				const ids = account.bills.filter(({ standing }) => standing !== 'inProgress').map(({ id }) => id);
				expect(summaryRows(json)).toEqual(trueSummaryRows(sandbox, 'oracleBrm', ids, ({ kind }) => TYPES[kind]));
			},
		},
		'onDemandBill: create': {
			'creates one bill for each input item, and no more': async ({ run, sandbox }) => {
				const before = (await trueBills(sandbox, 'oracleBrm')).length;
				const { json } = await run(
					{ accountId: byId(await accountId(sandbox)), additionalFields: { name: '={{ $json.name }}' } },
					{ input: [{ name: 'one' }, { name: 'two' }] },
				);
				expect(json).toMatchObject([{ name: 'one' }, { name: 'two' }]);
				expect(await creations(sandbox)).toBe(2);
				const bills = await trueBills(sandbox, 'oracleBrm');
				expect(bills).toHaveLength(before + 2);
				expect(bills.map(({ id }) => id)).toEqual(expect.arrayContaining(json.map(({ billId }) => billId)));
			},
			'creates nothing while Retry On Fail is on': async ({ attempt, sandbox }) => {
				const before = await creations(sandbox);
				const { status, error } = await attempt(
					{ accountId: byId(await accountId(sandbox)) },
					{ settings: { retryOnFail: true } },
				);
				expect(status).toBe('error');
				expect(error?.message).toBe("No bill is created while 'Retry On Fail' is on");
				expect(await creations(sandbox)).toBe(before);
			},
		},
		'onDemandBill: get': {
			'gives what became of a request': async ({ run, sandbox }) => {
				const created = await create(run, sandbox, 'looked at');
				const { json } = await run({ onDemandBillId: created.id as string });
				expect(json).toMatchObject([{ id: created.id, billId: created.billId, name: 'looked at', state: 'done' }]);
			},
		},
		'onDemandBill: getAll': {
			'lists the requests of an account': async ({ run, sandbox }) => {
				const created = await create(run, sandbox, 'listed');
				const { json } = await run({ returnAll: true, filters: { accountId: byId(await accountId(sandbox)) } });
				expect(json.map(({ id }) => id)).toContain(created.id);
				const none = await run({ returnAll: true, filters: { accountId: byId('0.0.0.1+-account+1') } });
				expect(none.json).toEqual([]);
			},
		},
	},
);

async function create(run: Bench['run'], sandbox: Bench['sandbox'], name: string): Promise<IDataObject> {
	const { json } = await run({
		operation: 'create',
		accountId: byId(await accountId(sandbox)),
		additionalFields: { name },
	});
	return json[0]!;
}
