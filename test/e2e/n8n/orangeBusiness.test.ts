// Every operation of the Orange Business node in a real n8n, against the sandbox's truth.
import { MAX_PDF_LINES } from '../../../sandbox/documents/pdf';
import { reportFile, reportsOf } from '../../../sandbox/orange/reports';
import { checkedFile, truePdf } from './files';
import { type Bench, byId, describeOperations } from './operations';
import { type TrueBill, billRow, billRows, exactSum, rateSums, trueAccounts, trueBills, trueRateSums } from './truth';

async function newestBill(sandbox: Bench['sandbox']): Promise<TrueBill> {
	return (await trueAccounts(sandbox, 'orange'))[0]!.bills.at(-1)!;
}

async function creditNote(sandbox: Bench['sandbox']): Promise<TrueBill> {
	return (await trueBills(sandbox, 'orange')).find(({ type }) => type === 'creditNote')!;
}

/** A report's file as the sandbox makes it. */
function trueReport({ ledger }: Bench['sandbox'], reportId: string): Buffer {
	const report = reportsOf(ledger).find(({ id }) => id === reportId);
	if (report === undefined) throw new Error(`there is no report ${reportId}`);
	return Buffer.from(reportFile(ledger, report));
}

/** The charge report of a bill. */
async function chargeReports(sandbox: Bench['sandbox']): Promise<readonly { id: string; bill: TrueBill }[]> {
	const accounts = await trueAccounts(sandbox, 'orange');
	return accounts.flatMap(({ number, bills }) =>
		bills.map((bill) => ({ id: `R189-Charges+${number}-${bill.number ?? ''}.csv`, bill })),
	);
}

/** Whether the report writes 31/01/2026. */
function dayFirst(reportId: string, sandbox: Bench['sandbox']): boolean {
	const bill = reportsOf(sandbox.ledger).find(({ id }) => id === reportId)?.bills[0];
	const [year, month, day] = (bill?.billDate ?? '').split('-');
	return trueReport(sandbox, reportId)
		.toString('latin1')
		.includes(`;${day ?? ''}/${month ?? ''}/${year ?? ''};`);
}

describeOperations(
	{
		node: 'orangeBusiness',
		credentials: ['orangeBusinessOAuth2Api'],
		common: { authentication: 'apiKey' },
		sandbox: { today: '2026-11-23' },
	},
	{
		'bill: getAll': {
			'gives every bill, credit notes as what is owed less': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true });
				expect(billRows(json)).toEqual(billRows(await trueBills(sandbox, 'orange')));
			},
			'filters by a customer whose name careless encoding spoils, type and days': async ({ run, sandbox }) => {
				const { json } = await run({
					returnAll: true,
					filters: {
						customerName: 'Dupont & Fils + Söhne',
						type: 'invoice',
						issuedAt: { span: { when: 'between', from: '2026-01-01', to: '2026-06-30' } },
					},
				});
				const accounts = await trueAccounts(sandbox, 'orange');
				const wanted = accounts
					.filter(({ number }) => Number(number) % 2 === 1)
					.flatMap(({ bills }) => bills)
					.filter(({ type, billDate }) => type === 'invoice' && billDate >= '2026-01-01' && billDate <= '2026-06-30');
				expect(wanted.length).toBeGreaterThan(0);
				expect(billRows(json)).toEqual(billRows(wanted));
			},
			'searches by conditions and by JSON, with the same outcome': async ({ run, sandbox }) => {
				const byForm = await run({
					returnAll: true,
					findBy: 'conditions',
					combine: 'all',
					conditions: {
						conditions: [
							{ attribute: 'type', comparison: '$eq', value: 'creditNote', valueType: 'text' },
							{ attribute: 'issuedAt', comparison: '$gte', value: '2026-01-01', valueType: 'text' },
						],
					},
				});
				const searchJson = JSON.stringify({ $and: [{ type: 'creditNote' }, { issuedAt: { $gte: '2026-01-01' } }] });
				const byJson = await run({ returnAll: true, findBy: 'json', searchJson });
				const wanted = (await trueBills(sandbox, 'orange')).filter(
					({ type, billDate }) => type === 'creditNote' && billDate >= '2026-01-01',
				);
				expect([billRows(byForm.json), billRows(byJson.json)]).toEqual([billRows(wanted), billRows(wanted)]);
			},
			'sorts as asked, up to a limit': async ({ run, sandbox }) => {
				const sort = { rules: [{ attribute: 'issuedAt', direction: 'desc' }] };
				const { json } = await run({ limit: 7, sort });
				const dates = (await trueBills(sandbox, 'orange'))
					.map(({ billDate }) => billDate)
					.sort()
					.reverse();
				expect(json.map(({ billDate }) => billDate)).toEqual(dates.slice(0, 7));
			},
			'gives the records as Orange writes them when Simplify is off': async ({ run, sandbox }) => {
				const bill = await newestBill(sandbox);
				const filters = { attributes: { attributes: [{ attribute: 'number', value: bill.number }] } };
				const { json } = await run({ returnAll: true, simplify: false, filters });
				expect(json).toMatchObject([{ id: bill.id, number: bill.number, taxIncludedAmount: Number(bill.total) }]);
			},
		},
		'bill: get': {
			'gives one bill, directly or by a job': async ({ run, sandbox }) => {
				const bill = await newestBill(sandbox);
				const direct = await run({ bill: byId(bill.id) });
				const byJob = await run({ bill: byId(bill.id), options: { asynchronous: true } });
				expect([...direct.json, ...byJob.json].map(billRow)).toEqual([billRow(bill), billRow(bill)]);
			},
		},
		'bill: download': {
			'gives the PDF byte for byte': async ({ n8n, run, sandbox }) => {
				const bill = await newestBill(sandbox);
				const { items } = await run({ bill: byId(bill.id) });
				const { fileName, bytes } = await checkedFile(n8n, items[0]);
				expect(fileName).toBe(`ORANGE-BUSINESS_${bill.id}.pdf`);
				expect(bill.lines.count).toBeLessThanOrEqual(MAX_PDF_LINES);
				expect(bytes.equals(await truePdf(sandbox, 'orange', bill.id))).toBe(true);
			},
		},
		'billItem: getAll': {
			'gives every item of a bill, signed as the bill': async ({ run, sandbox }) => {
				for (const bill of [await newestBill(sandbox), await creditNote(sandbox)]) {
					const { json } = await run({ bill: byId(bill.id), returnAll: true });
					expect(rateSums(json)).toEqual(trueRateSums([bill]));
				}
			},
		},
		'billingAccount: getAll': {
			'lists the accounts': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true });
				const accounts = await trueAccounts(sandbox, 'orange');
				const rows = accounts.map(({ id, number, name }) => ({ provider: 'ORANGE_BUSINESS', id, number, name }));
				expect(json).toEqual(rows);
			},
		},
		'billingAccount: get': {
			'gives one account': async ({ run, sandbox }) => {
				const [account] = await trueAccounts(sandbox, 'orange');
				const { json } = await run({ billingAccount: byId(account!.id) });
				expect(json).toMatchObject([{ id: account!.id, number: account!.number, name: account!.name }]);
			},
		},
		'counter: getAll': {
			'counts bills by type, the most first': async ({ run, sandbox }) => {
				const sort = { rule: { by: 'value', direction: 'desc' } };
				const { json } = await run({ groupBy: 'type', returnAll: true, sort });
				const bills = await trueBills(sandbox, 'orange');
				const count = (wanted: TrueBill['type']): number => bills.filter(({ type }) => type === wanted).length;
				expect(json).toEqual([
					{ groupBy: 'type', value: 'invoice', bills: count('invoice') },
					{ groupBy: 'type', value: 'creditNote', bills: count('creditNote') },
				]);
			},
		},
		'installedOffer: getAll': {
			'lists the services that are charged': async ({ run, sandbox }) => {
				const { json } = await run({ returnAll: true });
				const { ledger } = sandbox;
				const offers = ledger.accounts('orange').flatMap(({ id }) => {
					const newest = ledger.bills('orange', id).at(-1)!;
					return [...new Set(ledger.lines(newest).map(({ serviceId }) => serviceId))];
				});
				expect(json.map(({ id }) => id).sort()).toEqual(offers.sort());
			},
		},
		'report: getAll': {
			'lists the standard reports': async ({ run, sandbox }) => {
				const { json } = await run({ reportKind: 'standard', returnAll: true });
				expect(json.map(({ id }) => id)).toEqual(
					expect.arrayContaining((await chargeReports(sandbox)).map(({ id }) => id)),
				);
			},
			'says that Orange does not list customer-specific reports': async ({ attempt }) => {
				const { status, error } = await attempt({ reportKind: 'customerSpecific', returnAll: true });
				expect({ status, name: error?.name, httpCode: error?.httpCode }).toEqual({
					status: 'error',
					name: 'NodeApiError',
					httpCode: '404',
				});
			},
		},
		'report: download': {
			'gives the file byte for byte, plus sign in its id and all': async ({ n8n, run, sandbox }) => {
				const { id } = (await chargeReports(sandbox))[0]!;
				const { items } = await run({ reportKind: 'standard', output: 'file', report: byId(id) });
				const { fileName, mimeType, bytes } = await checkedFile(n8n, items[0]);
				expect({ fileName, mimeType }).toEqual({ fileName: `ORANGE-BUSINESS_${id}`, mimeType: 'text/csv' });
				expect(bytes.equals(trueReport(sandbox, id))).toBe(true);
			},
			'gives rows that add up to the bill, in each way that reports are written': async ({ run, sandbox }) => {
				const [account] = await trueAccounts(sandbox, 'orange');
				const reports = (await chargeReports(sandbox)).filter(({ id }) => id.includes(account!.number)).slice(-4);
				const { items } = await run(
					{ reportKind: 'standard', output: 'rows', report: byId('={{ $json.report }}') },
					{ input: reports.map(({ id }) => ({ report: id })) },
				);
				for (const { id, bill } of reports) {
					const rows = items.map(({ json }) => json).filter(({ reportId }) => reportId === id);
					const sum = exactSum(rows.map((row) => row['Invoicing Amount Exact']));
					const sign = bill.type === 'creditNote' ? '-' : '';
					expect({ id, rows: rows.length, sum: `${sign}${sum}` }).toEqual({
						id,
						rows: bill.lines.count,
						sum: trueRateSums([bill]).net,
					});
					expect(new Set(rows.map((row) => row['Invoice number']))).toEqual(new Set([bill.number]));
					expect(new Set(rows.map((row) => row['Invoice Date']))).toEqual(new Set([bill.billDate]));
					expect(rows[0]!['Customer Number']).toMatch(/^0000\d+$/);
					expect(rows[0]!['Invoice Contact']).toBe('Zoë Müller');
				}
			},
			'asks for the order of dates that can be read in two ways, and reads them as told': async ({
				run,
				attempt,
				sandbox,
			}) => {
				const { id, bill } = (await chargeReports(sandbox)).find(
					({ id: reportId, bill: { billDate } }) => dayFirst(reportId, sandbox) && Number(billDate.slice(8)) <= 12,
				)!;
				const parameters = { reportKind: 'standard', output: 'rows', report: byId(id) };
				const { error } = await attempt(parameters);
				expect(`${error?.message ?? ''} ${error?.description ?? ''}`).toContain('Date Order');
				const { json } = await run({ ...parameters, options: { dateOrder: 'DAY_FIRST' } });
				expect(new Set(json.map((row) => row['Invoice Date']))).toEqual(new Set([bill.billDate]));
			},
			'gives the rows of a customer-specific report': async ({ run, sandbox }) => {
				const [account] = await trueAccounts(sandbox, 'orange');
				const report = byId(`C001-Summary+${account!.number}.csv`);
				const { json } = await run({ reportKind: 'customerSpecific', output: 'rows', report });
				expect(json.map((row) => row['Invoice number'])).toEqual(account!.bills.map(({ number }) => number));
			},
			'gives a file of more than 5 MB by a job, and says so without': async ({ n8n, run, attempt, sandbox }) => {
				const [account] = await trueAccounts(sandbox, 'orange');
				const id = `R190-Details+${account!.number}.csv`;
				const parameters = { reportKind: 'standard', output: 'file', report: byId(id) };
				expect((await attempt(parameters)).error).toMatchObject({ httpCode: '413' });
				const { items } = await run({ ...parameters, options: { asynchronous: true } });
				const { bytes } = await checkedFile(n8n, items[0]);
				expect(bytes.length).toBeGreaterThan(5_000_000);
				expect(bytes.equals(trueReport(sandbox, id))).toBe(true);
			},
		},
		'status: get': {
			'gives the components of Orange’s API': async ({ run }) => {
				const { json } = await run({});
				expect(json).toContainEqual({ id: 'bills', status: 'up' });
			},
		},
		'asyncJob: get': {
			'gives the state of a job': async ({ run, sandbox }) => {
				const { id } = await newestBill(sandbox);
				await run({ resource: 'bill', operation: 'get', bill: byId(id), options: { asynchronous: true } });
				const { json } = await run({ job: byId('7001') });
				expect(json).toMatchObject([{ id: '7001', status: 'done' }]);
			},
		},
	},
);
