/** Lists in lists, read from servers that count the one or the other. */
import fc from 'fast-check';

import { CountedUnit, type NestedEntry, NestedPages } from '../../../providers/lumen/nestedPages';
import { walkByOffset } from '../../../providers/transport/pageWalk';

type Unit = 'OUTER' | 'INNER';
type Invoices = readonly (readonly string[])[];
type Server = (offset: number, limit: number) => readonly NestedEntry<string>[];

/** Gives at most so many of what it counts, whatever is asked for. Counted by documents, invoices without one never come. */
function server(invoices: Invoices, unit: Unit, most: number): Server {
	return (offset, limit) => {
		const range = [offset, offset + Math.min(limit, most)] as const;
		if (unit === 'OUTER') return invoices.slice(...range).map(entry);
		const given = invoices.flatMap((rows, nth) => rows.map((row) => ({ nth, row }))).slice(...range);
		return [...new Set(given.map(({ nth }) => nth))].map((nth) =>
			entry(given.filter((one) => one.nth === nth).map(({ row }) => row)),
		);
	};
}

function entry(rows: readonly string[]): NestedEntry<string> {
	return { rows, size: rows.length };
}

interface Reading {
	readonly unit?: CountedUnit;
	readonly pageSize?: number;
}

/** Equal rows are rows of their own, as the lines of a walk are. */
async function readAll(give: Server, { unit = new CountedUnit(), pageSize = 1_000 }: Reading = {}) {
	const asked: string[] = [];
	const ask = async (offset: number, limit: number) => {
		asked.push(`${offset}+${limit}`);
		return give(offset, limit);
	};
	const pages = new NestedPages<string>(unit, ask, (row) => row);
	const rows: string[] = [];
	let requests = 0;
	let nth = 0;
	const fetch = async (_: number, limit: number) => {
		const page = await pages.next(limit);
		return { ...page, rows: page.rows.map((row) => ({ row, id: (nth += 1) })) };
	};
	for await (const page of walkByOffset({ pageSize, fetch, idOf: ({ id }) => String(id), shortPageEnds: false })) {
		rows.push(...page.rows.map(({ row }) => row));
		requests += page.requests;
		if (page.end !== null) return { rows, asked, requests, ...page.end };
	}
	throw new Error('No end');
}

const few = fc.integer({ min: 1, max: 40 });
const units = fc.constantFrom<Unit>('OUTER', 'INNER');
/** Some of the rows are alike, in one invoice or in several. */
const history = fc.array(fc.array(fc.integer({ min: 0, max: 60 }).map(String), { minLength: 1, maxLength: 4 }), {
	maxLength: 30,
});

it('gives every row once and calls the list whole, whatever a server counts and however few it gives', async () => {
	await fc.assert(
		fc.asyncProperty(history, units, few, few, async (invoices, unit, most, pageSize) => {
			expect(await readAll(server(invoices, unit, most), { pageSize })).toMatchObject({
				rows: invoices.flat(),
				complete: true,
				reasons: [],
			});
		}),
		{ numRuns: 500 },
	);
});

it('with invoices that hold nothing too: every row once, or the list is not called whole', async () => {
	const withEmpty = fc.array(fc.array(fc.integer().map(String), { maxLength: 3 }), { maxLength: 30 });
	await fc.assert(
		fc.asyncProperty(withEmpty, units, few, few, async (invoices, unit, most, pageSize) => {
			const { rows, complete } = await readAll(server(invoices, unit, most), { pageSize });
			expect(complete ? rows : invoices.flat()).toEqual(invoices.flat());
		}),
		{ numRuns: 500 },
	);
});

it('28 invoices, the first five of two documents, from a server that gives 25 at a time, are 33 bills', async () => {
	const invoices = Array.from({ length: 28 }, (_, nth) => (nth < 5 ? [`${nth}a`, `${nth}b`] : [`${nth}`]));
	expect((await readAll(server(invoices, 'OUTER', 25))).rows).toHaveLength(33);
});

it('the same fee in several services is charged to each of them', async () => {
	const details = [['A', 'late fee'], ['B'], ['late fee'], ['C'], ['D', 'E'], ['F'], ['G'], ['H']];
	expect(await readAll(server(details, 'OUTER', 2))).toMatchObject({ rows: details.flat(), complete: true });
});

it('is found out by one request, for all lists, and only where another page is read', async () => {
	const unit = new CountedUnit();
	const give = server([['a'], ['b', 'c'], ['d']], 'INNER', 3);
	const first = await readAll(give, { unit });
	expect([first.asked, first.requests]).toEqual([['0+1000', '1+1', '3+1000', '4+1000'], 4]);
	expect((await readAll(give, { unit })).asked).toEqual(['0+1000', '3+1000', '4+1000']);
	const alone = new NestedPages<string>(new CountedUnit(), async () => give(0, 10), String);
	expect((await alone.next(10)).requests).toBe(1);
});

it('walks at the same time find it out together', async () => {
	const unit = new CountedUnit();
	const give = server([['a'], ['b', 'c'], ['d']], 'OUTER', 2);
	const walks = await Promise.all([readAll(give, { unit }), readAll(give, { unit })]);
	expect(walks.flatMap(({ asked }) => asked).filter((one) => one === '1+1')).toHaveLength(1);
	expect(walks.map(({ rows }) => rows.join(''))).toEqual(['abcd', 'abcd']);
});

it('an invoice that is inserted meanwhile does not pass for what is counted', async () => {
	const invoices = Array.from({ length: 60 }, (_, nth) =>
		[3, 30, 33].includes(nth) ? [`${nth}a`, `${nth}b`] : [`${nth}`],
	);
	let asked = 0;
	const give: Server = (offset, limit) => {
		asked += 1;
		return server(asked === 1 ? invoices : [['new'], ...invoices], 'OUTER', 25)(offset, limit);
	};
	const { rows, complete, reasons } = await readAll(give);
	expect(invoices.flat().filter((row) => !rows.includes(row))).toEqual([]);
	expect([complete, reasons]).toEqual([false, [expect.stringContaining('could not be told')]]);
});
