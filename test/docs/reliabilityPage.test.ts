/** The committed page of faults is the one that the tables give, and every cell of it is a test. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { cellCount, reliabilityPage } from '../../docs/generator/reliabilityPage';
import { ALL_TABLES } from '../reliability/tables/allTables';
import { OTHER_PROOFS } from '../reliability/tables/otherProofs';

const TESTS = join(__dirname, '../reliability');

it('docs/reliability.md is fresh (else run: npx gulp docs)', () => {
	expect(readFileSync(join(__dirname, '../../docs/reliability.md'), 'utf8')).toBe(reliabilityPage());
});

it('every row is on the page, none twice', () => {
	const rows = Object.values(ALL_TABLES).flatMap((table) => table.rows.map(({ what }) => what));
	expect(new Set(rows).size).toBe(rows.length);
	for (const what of rows) expect(reliabilityPage()).toContain(`\n| ${what} `);
	expect(cellCount()).toBeGreaterThan(500);
});

it.each(Object.keys(ALL_TABLES))('the cells of %s are tried, with the outcomes that the page tells', (name) => {
	const test = readFileSync(join(TESTS, `${name}.test.ts`), 'utf8');
	expect(test).toContain(`from './tables/${name}'`);
	expect(test).toMatch(new RegExp(`^runTable\\(${name}[,)]`, 'm'));
	expect(test).not.toMatch(/\.(?:skip|only|todo)\b/);
});

it.each(OTHER_PROOFS)('"$what" is proven by a test', ({ file, test }) => {
	expect(existsSync(join(TESTS, file))).toBe(true);
	expect(readFileSync(join(TESTS, file), 'utf8')).toContain(test);
});
