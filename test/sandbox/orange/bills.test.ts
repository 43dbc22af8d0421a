/** Orange bills, items and accounts: lists, filters, paging, single resources and their media types. */
import { majorUnits, type LedgerBill } from '../../../sandbox/data/ledger';
import { addFault } from '../addFault';
import { startOrange, type OrangeApi } from './orangeApi';

let orange: OrangeApi;
let bills: readonly LedgerBill[];

beforeAll(async () => {
	orange = await startOrange();
	bills = orange.sandbox.ledger.bills('orange');
});
afterAll(() => orange.sandbox.close());

const idsOf = (chosen: readonly LedgerBill[]): string[] => chosen.map(({ id }) => id);

describe('list of bills', () => {
	it('gives ten bills without a limit, and counts both the page and the whole', async () => {
		const answer = await orange.get('/bills');
		expect(answer.status).toBe(200);
		expect(orange.ids(answer)).toEqual(idsOf(bills.slice(0, 10)));
		expect(answer.headers.get('x-total-count')).toBe('48');
		expect(answer.headers.get('x-result-count')).toBe('10');
	});

	it('walks to the end by offset and limit, cutting a limit above the greatest', async () => {
		expect(orange.ids(await orange.get('/bills?offset=40&limit=20'))).toEqual(idsOf(bills.slice(40)));
		expect(orange.ids(await orange.get('/bills?limit=500'))).toHaveLength(48);
		expect(orange.ids(await orange.get('/bills?offset=48'))).toEqual([]);
	});

	it('sorts by several fields, from the highest where a minus stands before', async () => {
		const answer = await orange.get('/bills?limit=100&sort=type,-taxIncludedAmount');
		const rows = answer.json as { type: string; taxIncludedAmount: number }[];
		const expected = [...rows].sort(
			(left, right) => left.type.localeCompare(right.type) || right.taxIncludedAmount - left.taxIncludedAmount,
		);
		expect(rows.length).toBe(48);
		expect(rows).toEqual(expected);
	});

	it('writes amounts digit for digit, positive on credit notes', async () => {
		const { text } = await orange.get('/bills?limit=100');
		for (const bill of bills) {
			const sign = bill.type === 'creditNote' ? -1n : 1n;
			expect(text).toContain(`"taxIncludedAmount":${majorUnits(sign * bill.total, bill.account.currency)},`);
		}
		expect(bills.filter(({ type, total }) => type === 'creditNote' && total < 0n).length).toBeGreaterThan(0);
		expect(text).not.toContain('Amount":-');
	});

	it('embeds the name of the billing account unless told not to', async () => {
		const path = `/bills/${bills[0]!.id}`;
		const { id, name } = bills[0]!.account;
		expect((await orange.get(path)).json).toMatchObject({ billingAccount: { id, name } });
		const bare = await startOrange({ orangeEmbedsAccountName: false });
		expect((await bare.get(path)).text).toContain(`"billingAccount":{"id":"${id}"}`);
		await bare.sandbox.close();
	});

	it.each([
		'/bills?limit=0',
		'/bills?limit=ten',
		'/bills?offset=-1',
		'/bills?sort=colour',
		'/bills?sort=period',
		'/bills?colour=red',
		'/bills?toString=red',
		'/bills?taxAmount=much',
		'/bills?issuedAt=last30day',
		'/bills?issuedAt=2026-02-30',
		'/bills?issuedAt=2026-01-01/2026-01-31/2026-02-28',
	])('refuses %s with 400 and code 28', async (path) => {
		const answer = await orange.get(path);
		expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ code: 28 })]);
	});
});

describe('filters of the list of bills', () => {
	const filtered = async (query: string): Promise<string[]> =>
		orange.ids(await orange.get(`/bills?limit=100&${query}`));

	it('combines attributes and attributes of nested objects', async () => {
		const expected = bills.filter(({ type, account }) => type === 'creditNote' && account.currency.code === 'EUR');
		expect(await filtered('type=creditNote&currency.id=EUR')).toEqual(idsOf(expected));
		expect(expected.length).toBeGreaterThan(0);
	});

	it('reads a space written as + or as %20, and a plus written as %2B', async () => {
		const acme = idsOf(bills.filter(({ account }) => account.number === '0045120'));
		const others = idsOf(bills.filter(({ account }) => account.number !== '0045120'));
		expect(await filtered('customer.name=ACME%20Corp')).toEqual(acme);
		expect(await filtered('customer.name=ACME+Corp')).toEqual(acme);
		expect(await filtered(`customer.name=${encodeURIComponent('Dupont & Fils + Söhne')}`)).toEqual(others);
		expect(await filtered('customer.name=Dupont+%26+Fils+++S%C3%B6hne')).toEqual([]);
	});

	it('understands every date word on the day of issue', async () => {
		const day = bills[20]!.billDate;
		const matching = (test: (billDate: string) => boolean) => idsOf(bills.filter(({ billDate }) => test(billDate)));
		expect(await filtered(`issuedAt=${day}`)).toEqual(matching((date) => date === day));
		expect(await filtered(`issuedAt=after${day}`)).toEqual(matching((date) => date > day));
		expect(await filtered(`issuedAt=atOrAfter${day}`)).toEqual(matching((date) => date >= day));
		expect(await filtered(`issuedAt=before${day}`)).toEqual(matching((date) => date < day));
		expect(await filtered(`issuedAt=atOrBefore${day}`)).toEqual(matching((date) => date <= day));
		const range = matching((date) => date >= '2026-01-01' && date <= day);
		expect(await filtered(`issuedAt=2026-01-01/${day}`)).toEqual(range);
		const lately = matching((date) => date >= '2026-08-25');
		expect(lately.length).toBeGreaterThan(0);
		expect(await filtered('issuedAt=last90days')).toEqual(lately);
	});

	it('takes a period as in a range when both its days are', async () => {
		const { periodStart, periodEnd } = bills[20]!;
		const inside = bills.filter((bill) => bill.periodStart >= periodStart && bill.periodEnd <= periodEnd);
		expect(await filtered(`period=${periodStart}/${periodEnd}`)).toEqual(idsOf(inside));
		const later = bills.filter((bill) => bill.periodStart > periodStart);
		expect(await filtered(`period=after${periodStart}`)).toEqual(idsOf(later));
	});
});

describe('one bill', () => {
	it('is JSON by default and a PDF when asked for, by Accept or overrideAccept', async () => {
		const { id } = bills[3]!;
		expect((await orange.get(`/bills/${id}`)).json).toMatchObject({ id, type: bills[3]!.type });
		const pdf = await orange.get(`/bills/${id}`, { accept: 'application/pdf' });
		expect(pdf.headers.get('content-type')).toBe('application/pdf');
		expect(pdf.text.startsWith('%PDF-')).toBe(true);
		const overridden = await orange.get(`/bills/${id}?overrideAccept=application%2Fpdf`, {
			accept: 'application/json',
		});
		expect(overridden.text.startsWith('%PDF-')).toBe(true);
	});

	it('is not acceptable as anything else, and unknown without being there', async () => {
		const csv = await orange.get(`/bills/${bills[0]!.id}`, { accept: 'text/csv' });
		expect([csv.status, csv.json]).toEqual([406, expect.objectContaining({ code: 62 })]);
		const none = await orange.get('/bills/1');
		expect([none.status, none.json]).toEqual([404, expect.objectContaining({ code: 60 })]);
	});

	it('quirk: GET /bills/17006 answers with another id, as the sample of the guide does', async () => {
		expect((await orange.get('/bills/17006')).json).toMatchObject({ id: bills[0]!.id });
		expect(bills[0]!.id).not.toBe('17006');
	});

	it('has items that add up to it', async () => {
		const bill = bills.find(({ type }) => type === 'creditNote')!;
		const answer = await orange.get(`/bills/${bill.id}/items?limit=100`);
		const rows = answer.json as { bill: { id: string }; taxExcludedAmount: number }[];
		expect(answer.headers.get('x-total-count')).toBe('20');
		expect(rows.every((row) => row.bill.id === bill.id)).toBe(true);
		const cents = rows.reduce((sum, row) => sum + Math.round(row.taxExcludedAmount * 100), 0);
		expect(BigInt(cents)).toBe(-bill.net);
		expect(orange.ids(await orange.get(`/bills/${bill.id}/items?offset=18&frequency=Monthly`))).toEqual([]);
		expect(orange.ids(await orange.get(`/bills/${bill.id}/items?offset=18`))).toHaveLength(2);
	});
});

it('lists billing accounts and gives one', async () => {
	const list = await orange.get('/billingAccounts');
	expect(orange.ids(list)).toEqual(['5004711', '5004722']);
	expect((await orange.get('/billingAccounts/5004722')).json).toMatchObject({
		number: '0045121',
		currency: { id: 'USD' },
	});
	expect((await orange.get('/billingAccounts/1')).status).toBe(404);
});

it('lists components and installed offers', async () => {
	expect((await orange.get('/status')).json).toContainEqual({ id: 'bills', status: 'up' });
	const offers = await orange.get('/installedOfferIds?limit=1&billingAccount.id=5004722');
	expect(offers.json).toEqual([{ id: expect.stringMatching(/^SVC-0045121-/), billingAccount: { id: '5004722' } }]);
});

it('shows a bill that is revised while the sandbox runs', async () => {
	const other = await startOrange();
	const { id, updatedAt } = other.sandbox.ledger.bills('orange')[0]!;
	const changed = await fetch(`${other.sandbox.url}/__sandbox/changes`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ kind: 'revised', provider: 'orange', billId: id, net: '100.00', tax: '19.00' }),
	});
	expect(changed.ok).toBe(true);
	const { text, json } = await other.get(`/bills/${id}`);
	expect(text).toContain('"taxIncludedAmount":119.00');
	expect((json as { updatedAt: string }).updatedAt > updatedAt).toBe(true);
	await other.sandbox.close();
});

it('goes wrong as the faults of the sandbox say', async () => {
	const { sandbox, get, ids } = await startOrange();
	await addFault(sandbox, { provider: 'orange', times: 1, effect: 'offsetIgnored' });
	expect(ids(await get('/bills?offset=10'))).toEqual(idsOf(bills.slice(0, 10)));
	await addFault(sandbox, { provider: 'orange', times: 1, effect: 'limitNotHonoured', with: { rows: 3 } });
	expect(ids(await get('/bills?limit=20'))).toHaveLength(3);
	await addFault(sandbox, { provider: 'orange', times: 1, effect: 'expireTokens' });
	expect((await get('/bills')).json).toMatchObject({ code: 42 });
	await sandbox.close();
});
