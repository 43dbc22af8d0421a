/** The committed page of capabilities is the one that the tables give. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { capabilitiesPage } from '../../docs/generator/capabilitiesPage';

it('docs/capabilities.md is fresh (else run: npx gulp docs)', () => {
	expect(readFileSync(join(__dirname, '../../docs/capabilities.md'), 'utf8')).toBe(capabilitiesPage());
});

it('every provider has a column and a section, and every operation and note is there', () => {
	const page = capabilitiesPage();
	for (const head of ['Lumen v1', 'Lumen v2', 'Oracle BRM', 'TMF678 v4', 'floLIVE', 'Orange Business']) {
		expect(page).toContain(`\n## ${head}\n`);
	}
	expect(page).toMatch(/\| `amountDue` +\| yes +\| yes +\| yes +\| yes +\| - +\| yes +\|/);
	expect(page).toContain('`remainingAmount.value.like`');
	expect(page).toContain('GET api/v2/customer/{id}/eligible-bcd');
	expect(page).not.toContain('undefined');
});
