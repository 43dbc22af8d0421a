/** Lists in lists, read from servers that count the one or the other. */
import fc from 'fast-check';

import { NestedPages } from '../../../providers/lumen/nestedPages';
import { walkByOffset } from '../../../providers/transport/pageWalk';

type Unit = 'OUTER' | 'INNER';

/** Gives at most so many of what it counts, whatever is asked for. */
function server(invoices: readonly (readonly string[])[], unit: Unit, most: number, regroups = false) {
	return (offset: number, limit: number) => {
		const count = Math.min(limit, most);
		if (unit === 'OUTER') {
			const given = invoices.slice(offset, offset + count);
			return { outer: given.length, rows: given.flat() };
		}
		const given = invoices
			.flatMap((invoice, nth) => invoice.map((row) => ({ nth, row })))
			.slice(offset, offset + count);
		const rows = given.map(({ row }) => row);
		return { outer: new Set(given.map(({ nth }) => nth)).size, rows: regroups ? rows.reverse() : rows };
	};
}

async function readAll(give: ReturnType<typeof server>, pageSize: number) {
	const pages = new NestedPages<string>((row) => row);
	const rows: string[] = [];
	const fetch = async (offset: number, limit: number) => ({ ...pages.next(give(offset, limit), limit), total: null });
	for await (const page of walkByOffset({ pageSize, fetch, idOf: (row) => row, shortPageEnds: false })) {
		rows.push(...page.rows);
		if (page.end !== null) return { rows, ...page.end };
	}
	throw new Error('No end');
}

const history = fc
	.array(fc.integer({ min: 1, max: 4 }), { maxLength: 30 })
	.map((documents) => documents.map((count, nth) => Array.from({ length: count }, (_, one) => `${nth}.${one}`)));

const few = fc.integer({ min: 1, max: 40 });

it('gives every row once and calls the list whole, whatever a server counts and however few it gives', async () => {
	await fc.assert(
		fc.asyncProperty(
			history,
			fc.constantFrom<Unit>('OUTER', 'INNER'),
			few,
			few,
			async (invoices, unit, most, pageSize) => {
				expect(await readAll(server(invoices, unit, most), pageSize)).toEqual({
					rows: invoices.flat(),
					complete: true,
					reasons: [],
				});
			},
		),
		{ numRuns: 500 },
	);
});

it('so it does where every page is grouped anew', async () => {
	await fc.assert(
		fc.asyncProperty(history, few, few, async (invoices, most, pageSize) => {
			const { rows, complete } = await readAll(server(invoices, 'INNER', most, true), pageSize);
			expect([[...rows].sort(), complete]).toEqual([invoices.flat().sort(), true]);
		}),
	);
});

it('28 invoices, the first five of two documents, from a server that gives 25 at a time, are 33 bills', async () => {
	const invoices = Array.from({ length: 28 }, (_, nth) => (nth < 5 ? [`${nth}a`, `${nth}b`] : [`${nth}`]));
	expect((await readAll(server(invoices, 'OUTER', 25), 1_000)).rows).toHaveLength(33);
});

it.each([
	['alike', ['fee', 'fee', 'x'], ['x', 'y']],
	['partly those of the page before', ['a', 'b', 'c', 'd'], ['d', 'e']],
])('rows that are %s cannot tell what is counted: that is said', (_what, first, second) => {
	const pages = new NestedPages<string>((row) => row);
	pages.next({ outer: 2, rows: first }, 10);
	expect(pages.next({ outer: 1, rows: second }, 10).doubts).toEqual([expect.stringContaining('could not be told')]);
});

it('a page that comes again whole is no sign of what is counted', async () => {
	const page = { outer: 2, rows: ['a', 'b', 'c'] };
	expect(await readAll(() => page, 10)).toMatchObject({ rows: ['a', 'b', 'c'], complete: false });
});
