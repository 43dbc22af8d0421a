/** Lists that do not keep to their own paging, and bills that come and go while they are read. */
import { AMPLE_MS, type FaultRow, type FaultTable, type NotTried, type Outcome } from '../support/matrix';
import { always, both, onPage, status } from '../support/rules';

/** Lumen and floLIVE give an account's bills in one answer. */
const UNPAGED: NotTried = { why: 'gives an account’s bills in one answer' };
const PAGED_ONLY = { LUMEN: UNPAGED, FLOLIVE: UNPAGED } as const;

const total = (is: string) => always({ effect: 'total', with: { is } });
const limited = (rows: number) => always({ effect: 'limitNotHonoured', with: { rows } });

function paged(what: string, faults: FaultRow['faults'], all: Outcome): FaultRow {
	return { what, faults, outcomes: { all, except: PAGED_ONLY } };
}

const numbers: readonly FaultRow[] = [
	paged('Total missing', total('missing'), 'ALL_ROWS'),
	paged('Total too large by seven', total('wrong'), 'INCOMPLETE'),
	paged('Total too small by seven', total('short'), 'INCOMPLETE'),
	paged('Total changes from page to page', total('changing'), 'INCOMPLETE'),
	paged('Offset ignored', always({ effect: 'offsetIgnored' }), 'INCOMPLETE'),
	paged('Offset ignored, total missing', both(always({ effect: 'offsetIgnored' }), total('missing')), 'INCOMPLETE'),
	{ what: 'The same answer for ever', faults: always({ effect: 'samePage' }), outcomes: { all: 'INCOMPLETE' } },
	paged('Three rows whatever the limit', limited(3), 'ALL_ROWS'),
	paged('Three rows whatever the limit, total missing', both(limited(3), total('missing')), 'ALL_ROWS'),
	{
		what: 'A row twice, and another missing',
		faults: always({ effect: 'duplicateIds' }),
		outcomes: { all: 'INCOMPLETE' },
	},
	{
		what: 'A row twice, and none missing',
		faults: always({ effect: 'rowTwice' }),
		outcomes: { all: 'INCOMPLETE' },
	},
	paged('Total missing, 404 on the middle page', both(total('missing'), onPage(2, status(404))), 'INCOMPLETE'),
];

/** What happens to the books when the middle page is asked for. */
export type Meanwhile = 'ADDED' | 'REMOVED' | 'MOVED';

export interface PagingRow extends FaultRow {
	readonly meanwhile?: Meanwhile;
}

function changed(what: string, meanwhile: Meanwhile): PagingRow {
	const unpaged = { LUMEN: 'ALL_ROWS', FLOLIVE: 'ALL_ROWS' } as const;
	const outcomes = { all: 'INCOMPLETE', except: unpaged } as const;
	return { what, meanwhile, faults: () => [], outcomes };
}

const changes: readonly PagingRow[] = [
	changed('A bill is added before the middle page', 'ADDED'),
	changed('A bill is taken away before the middle page', 'REMOVED'),
	{
		what: 'Bills change places before the middle page',
		meanwhile: 'MOVED',
		faults: () => [],
		outcomes: { all: 'INCOMPLETE', except: PAGED_ONLY },
	},
];

export const pagingFaults: FaultTable<PagingRow> = {
	title: 'Paging',
	intro: 'The servers cap a page at 25 rows, whatever is asked for.',
	requestTimeoutMs: AMPLE_MS,
	rows: [...numbers, ...changes],
};
