// Every operation of the Lumen node in a real n8n, against the sandbox's truth.
import { checkedFile, truePdf } from './files';
import { type Bench, byId, describeOperations } from './operations';
import {
	type TrueAccount,
	type TrueBill,
	billRow,
	billRows,
	rateSums,
	summaryRows,
	trueAccounts,
	trueBills,
	trueRateSums,
	trueSummaryRows,
} from './truth';

async function firstAccount(sandbox: Bench['sandbox']): Promise<TrueAccount> {
	return (await trueAccounts(sandbox, 'lumen'))[0]!;
}

async function newestBill(sandbox: Bench['sandbox']): Promise<{ account: string; bill: TrueBill }> {
	const { id, bills } = await firstAccount(sandbox);
	return { account: id, bill: bills.at(-1)! };
}

describeOperations(
	{ node: 'lumen', credentials: ['lumenOAuth2Api'], sandbox: { today: '2026-11-23' } },
	{
		'bill: getAll': {
			'gives every bill of every account of the credential': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true });
				expect(billRows(json)).toEqual(billRows(await trueBills(sandbox, 'lumen')));
			},
			'takes a picked day as the day of the workflow’s time zone': async ({ run, sandbox }) => {
				const { id, bills } = await firstAccount(sandbox);
				const january = bills.find(({ billDate }) => billDate.startsWith('2026-01'))!;
				const picked = new Date(`${january.billDate}T00:00:00+13:00`).toISOString();
				expect(picked.slice(0, 10)).not.toBe(january.billDate);
				const filters = { billDateFrom: picked, billDateTo: picked };
				const { json } = await run({ account: byId(id), returnAll: true, filters }, { timezone: 'Pacific/Auckland' });
				expect(billRows(json)).toEqual([billRow(january)]);
			},
			'stops at the limit': async ({ run, sandbox }) => {
				const { json } = await run({ limit: 3 });
				expect(json).toHaveLength(3);
				const known = billRows(await trueBills(sandbox, 'lumen'));
				expect(billRows(json).filter((row) => !known.includes(row))).toEqual([]);
			},
		},
		'bill: get': {
			'gives the bill that each input item names, paired with it': async ({ run, sandbox }) => {
				const { id, bills } = await firstAccount(sandbox);
				const wanted = [bills[5]!, bills[0]!];
				const { items } = await run(
					{ account: byId(id), bill: byId('={{ $json.bill }}') },
					{ input: wanted.map((bill) => ({ bill: bill.id })) },
				);
				expect(items.map(({ json }) => billRow(json))).toEqual(wanted.map(billRow));
				expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
			},
			'gives the record as Lumen writes it when Simplify is off': async ({ run, sandbox }) => {
				const { account, bill } = await newestBill(sandbox);
				const { json } = await run({ account: byId(account), bill: byId(bill.id), simplify: false });
				expect(json).toMatchObject([{ id: bill.id, amountDue: { value: Number(bill.total), unit: 'USD' } }]);
			},
			'says which bill there is not, and goes on when told to': async ({ run, sandbox }) => {
				const { account, bill } = await newestBill(sandbox);
				const { json } = await run(
					{ account: byId(account), bill: byId('={{ $json.bill }}') },
					{ input: [{ bill: '999' }, { bill: bill.id }], settings: { onError: 'continueRegularOutput' } },
				);
				expect(json[0]).toMatchObject({ error: { kind: 'NOT_FOUND', provider: 'LUMEN', httpStatus: 404 } });
				expect(billRow(json[1]!)).toEqual(billRow(bill));
			},
		},
		'bill: download': {
			'gives the image byte for byte, under a name that says what it is': async ({ n8n, run, sandbox }) => {
				const { account, bill } = await newestBill(sandbox);
				const { items } = await run({ account: byId(account), bill: byId(bill.id) });
				const { fileName, bytes } = await checkedFile(n8n, items[0]);
				expect(fileName).toBe(`LUMEN_${account}_${bill.number ?? ''}_${bill.billDate}.pdf`);
				expect(bytes.equals(await truePdf(sandbox, 'lumen', bill.id))).toBe(true);
			},
			'says when Lumen has no image of a bill yet': async ({ attempt, run, sandbox }) => {
				const { id } = await firstAccount(sandbox);
				const bills = (await run({ operation: 'getAll', account: byId(id), returnAll: true, simplify: false })).json;
				const without = bills.find(({ billDocument }) => (billDocument as unknown[] | undefined)?.[0] === undefined);
				const bill = without?.id as string;
				const { status, error } = await attempt({ account: byId(id), bill: byId(bill) });
				expect({ status, message: error?.message }).toEqual({
					status: 'error',
					message: `Lumen gives no image of bill ${bill}`,
				});
			},
		},
		'billingRate: getAll': {
			'gives every rate of a bill': async ({ run, sandbox }) => {
				const { account, bill } = await newestBill(sandbox);
				const { json } = await run({ account: byId(account), returnAll: true, filters: { bill: bill.id } });
				expect(rateSums(json)).toEqual(trueRateSums([bill]));
			},
			'gives every rate of the bills of some days, of all accounts': async ({ run, sandbox }) => {
				const filters = { billDateFrom: '2026-05-01', billDateTo: '2026-07-31' };
				const { json } = await run({ returnAll: true, filters });
				const bills = (await trueBills(sandbox, 'lumen')).filter(
					({ billDate }) => billDate >= '2026-05-01' && billDate <= '2026-07-31',
				);
				expect(rateSums(json)).toEqual(trueRateSums(bills));
			},
		},
		'billingRate: summarize': {
			'adds up by product, exactly': async ({ run, sandbox }) => {
				const { id, bills } = await firstAccount(sandbox);
				const { json } = await run({ account: byId(id), groupBy: 'product' });
				const ids = bills.map((bill) => bill.id);
				expect(summaryRows(json)).toEqual(trueSummaryRows(sandbox, 'lumen', ids, ({ productName }) => productName));
			},
		},
		'serviceCharge: getAll': {
			'gives every charge of a bill by API version 2': async ({ run, sandbox }) => {
				const { account, bill } = await newestBill(sandbox);
				const { json } = await run({ account: byId(account), bill: byId(bill.id), returnAll: true });
				expect(rateSums(json)).toEqual(trueRateSums([bill]));
			},
		},
	},
);
