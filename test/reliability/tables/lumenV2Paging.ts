/** Lists of Lumen's API v2, which announces no total and documents no largest page. */
import { AMPLE_MS, type FaultRow, type FaultTable, type Outcome } from '../support/matrix';
import { both, always, onPage, status } from '../support/rules';
import { LUMEN_V2 } from '../support/targets';

const limited = (rows: number): FaultRow['faults'] => always({ effect: 'limitNotHonoured', with: { rows } });

/** Of a server that gives 25 bills at a time. */
function row(what: string, faults: FaultRow['faults'], all: Outcome): FaultRow {
	return { what, faults: both(limited(25), faults), outcomes: { all } };
}

const ADDED = { kind: 'new', provider: 'lumen', accountId: '5-ABCD5678', net: '10', tax: '1', billDate: '2020-03-01' };

export const lumenV2Paging: FaultTable = {
	title: 'Paging of Lumen API v2',
	intro:
		'The server gives 25 bills at a time, or as many as the row says, whatever is asked for; it never says how many there are.',
	requestTimeoutMs: AMPLE_MS,
	variant: {
		provider: 'LUMEN',
		head: 'Lumen API v2',
		target: LUMEN_V2,
		lumenApiVersion: 'v2',
		books: { accounts: 1, billsPerAccount: 70 },
	},
	rows: [
		...[3, 10, 20, 25, 30].map((rows) => row(`Never more than ${String(rows)} rows`, limited(rows), 'ALL_ROWS')),
		row('The offset is ignored', always({ effect: 'offsetIgnored' }), 'INCOMPLETE'),
		row('The first page again and again', always({ effect: 'samePage' }), 'INCOMPLETE'),
		row('One row twice, and another missing', always({ effect: 'duplicateIds' }), 'INCOMPLETE'),
		row('404 on the second page', onPage(2, status(404)), 'INCOMPLETE'),
		row('500 on the second page', onPage(2, status(500)), 'UNAVAILABLE'),
		row(
			'A bill is added in front before the second page',
			onPage(2, { times: 1, effect: 'change', with: { changes: ADDED } }),
			'INCOMPLETE',
		),
	],
};
