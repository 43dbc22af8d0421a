/** Orange's counters in place of a list: only where they say exactly what is meant. */
import type { BillQuery } from '../../../providers/connector';
import type { CalendarDate } from '../../../providers/model/dates';
import { json } from '../support/scriptedTransport';
import { billingError } from '../support/errors';
import { BASE, orange } from './orange';

it('asks for counters by type, with the filters that Orange carries out exactly, and gives them in our words', async () => {
	const { connector, transport } = orange([json(200, { invoice: 21, creditNote: 3, 'credit-note': 1, other: 2 })]);
	const counted = await connector.countBills('TYPE', { types: ['INVOICE'] });
	expect(counted).toEqual({
		counts: new Map([
			['INVOICE', 21],
			['CREDIT_NOTE', 4],
			['UNKNOWN', 2],
		]),
		method: 'NATIVE',
		requests: 1,
		end: { complete: true, reasons: [] },
		notices: [],
	});
	expect(transport.requests.map(({ url }) => url)).toEqual([`${BASE}/snapshots?groupBy=type&type=invoice&limit=100`]);
});

it.each<readonly [string, BillQuery]>([
	['dates, which Orange takes more widely', { billDate: { from: '2026-01-01' as CalendarDate } }],
	['accounts, whose attribute is not documented', { accounts: ['1'] }],
	['several values, which take a search', { types: ['INVOICE', 'CREDIT_NOTE'] }],
])('counts nothing natively by %s', async (_name, query) => {
	const { connector, transport } = orange([]);
	expect(await connector.countBills('TYPE', query)).toBeNull();
	expect(transport.requests).toEqual([]);
});

it('counts nothing by state, whose attribute is not documented', async () => {
	const { connector, transport } = orange([]);
	expect(await connector.countBills('STATE', {})).toBeNull();
	expect(transport.requests).toEqual([]);
});

it('leaves it to a list where this version of the API has no counters, or too many of them', async () => {
	const missing = orange([json(404, { code: 60, message: 'Resource not found' })]);
	expect(await missing.connector.countBills('TYPE', {})).toBeNull();
	const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`type${index}`, 1]));
	expect(await orange([json(200, many)]).connector.countBills('TYPE', {})).toBeNull();
});

it('passes on any other trouble', async () => {
	const { connector } = orange(() => json(401, { code: 41, message: 'Invalid credentials' }));
	expect(await billingError(connector.countBills('TYPE', {}))).toMatchObject({ kind: 'AUTH' });
});
