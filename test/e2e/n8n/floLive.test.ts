// Every operation of the floLIVE node in a real n8n, against the sandbox's truth.
import { strFromU8, unzipSync } from 'fflate';

import { checkedFile, truePdf, trueXml } from './files';
import { type Bench, byId, describeOperations } from './operations';
import { type TrueAccount, type TrueBill, billRow, billRows, trueAccounts } from './truth';

/** floLIVE gives what was issued in the last 12 months. */
async function recentBills(sandbox: Bench['sandbox']): Promise<readonly TrueBill[]> {
	const today = new Date();
	const oldest = new Date(Date.UTC(today.getUTCFullYear() - 1, today.getUTCMonth(), today.getUTCDate()));
	const from = oldest.toISOString().slice(0, 10);
	return (await trueAccounts(sandbox, 'floLive')).flatMap(({ bills }) =>
		bills.filter(({ billDate }) => billDate >= from),
	);
}

/** The first customer's invoices are PDF files, the second's XML. */
async function customers(sandbox: Bench['sandbox']): Promise<readonly [pdf: TrueAccount, xml: TrueAccount]> {
	const [pdf, xml] = await trueAccounts(sandbox, 'floLive');
	return [pdf!, xml!];
}

describeOperations(
	{ node: 'floLive', credentials: ['floLiveApi'] },
	{
		'invoice: getAll': {
			'gives every invoice of the last 12 months, of all customers of the credential': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true });
				expect(billRows(json)).toEqual(billRows(await recentBills(sandbox)));
			},
			'filters by number and currency': async ({ run, sandbox }) => {
				const wanted = (await recentBills(sandbox)).filter(({ currency }) => currency === 'JPY').slice(0, 2);
				const filters = { currency: 'jpy', invoiceNumber: wanted.map(({ number }) => number).join(', ') };
				const { json } = await run({ returnAll: true, filters });
				expect(billRows(json)).toEqual(billRows(wanted));
			},
		},
		'invoice: get': {
			'gives one invoice, with the leading zeros of its number': async ({ run, sandbox }) => {
				const [{ id, bills }] = await customers(sandbox);
				const newest = bills.at(-1)!;
				const { json } = await run({ customer: byId(id), invoice: byId(newest.id) });
				expect(newest.number).toMatch(/^0/);
				expect(json.map(billRow)).toEqual([billRow(newest)]);
			},
			'gives the record as floLIVE writes it when Simplify is off': async ({ run, sandbox }) => {
				const [{ id, bills }] = await customers(sandbox);
				const newest = bills.at(-1)!;
				const { json } = await run({ customer: byId(id), invoice: byId(newest.id), simplify: false });
				expect(json).toMatchObject([{ invoiceNumber: newest.number, totalAmount: Number(newest.total) }]);
			},
		},
		'invoice: download': {
			'gives the file of one invoice byte for byte': async ({ n8n, run, sandbox }) => {
				const [pdf, xml] = await customers(sandbox);
				for (const [{ id, bills }, extension, bytesOf] of [
					[pdf, 'pdf', truePdf],
					[xml, 'xml', trueXml],
				] as const) {
					const invoice = bills.at(-1)!.id;
					const { items } = await run({ customer: byId(id), invoice: byId(invoice) });
					const { fileName, bytes } = await checkedFile(n8n, items[0]);
					expect(fileName).toBe(`FLOLIVE_${id}_${invoice}.${extension}`);
					expect(bytes.equals(await bytesOf(sandbox, 'floLive', invoice))).toBe(true);
				}
			},
			'gives several as one zip that opens': async ({ n8n, run, sandbox }) => {
				const [, { id, bills }] = await customers(sandbox);
				const wanted = bills.slice(-2);
				const { items } = await run({ customer: byId(id), invoice: byId(wanted.map((bill) => bill.id).join(', ')) });
				expect(items).toHaveLength(1);
				const { fileName, bytes } = await checkedFile(n8n, items[0]);
				expect(fileName).toBe(`FLOLIVE_${id}_2-invoices.zip`);
				const files = Object.entries(unzipSync(bytes)).map(([name, file]) => [name, strFromU8(file)]);
				expect(files).toEqual(
					wanted.map((bill) => [`invoice-${bill.number ?? ''}.xml`, trueXml(sandbox, 'floLive', bill.id).toString()]),
				);
			},
			'unpacks the zip when told to': async ({ n8n, run, sandbox }) => {
				const [{ id, bills }] = await customers(sandbox);
				const wanted = bills.slice(-2);
				const { items } = await run({
					customer: byId(id),
					invoice: byId(wanted.map((bill) => bill.id).join(', ')),
					options: { unpack: true },
				});
				const files = await Promise.all(items.map((item) => checkedFile(n8n, item)));
				expect(files.map(({ fileName }) => fileName)).toEqual(
					wanted.map(({ number }) => `invoice-${number ?? ''}.pdf`),
				);
				const trueFiles = await Promise.all(wanted.map((bill) => truePdf(sandbox, 'floLive', bill.id)));
				expect(files.map(({ bytes }, index) => bytes.equals(trueFiles[index]!))).toEqual([true, true]);
			},
		},
	},
);
