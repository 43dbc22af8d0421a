/** Every quirk of the providers' documents has a test named after it, by the number it has in the provider facts. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { ORANGE_CAPABILITIES } from '../../providers/orangeBusiness/capabilities';

/** What a test's name must speak of, so that no number is given to something else. */
const QUIRKS: Readonly<Record<string, RegExp>> = {
	// Lumen
	'1.8.1': /404 means three things/,
	'1.8.2': /host families.*token path/,
	'1.8.3': /account numbers are opaque/,
	'1.8.4': /invoice number is the Customer Bill ID/,
	'1.8.5': /Date must be in format/,
	'1.8.6': /500.*error in the data/,
	'1.8.7': /401.*whatever the words/,
	'1.8.8': /customerBill, not CustomerBill/,
	// Oracle BRM
	'2.7.1': /on hold/,
	'2.7.2': /lastUpdate\.gte/,
	'2.7.3': /remainingAmount\.value\.gt.*\.like/,
	'2.7.4': /documented as positive/,
	'2.7.5': /an end alone/,
	'2.7.6': /plus signs of ids/,
	'2.7.7': /no default host/,
	'2.7.8': /@type/,
	'2.7.9': /content or a link/,
	'2.7.10': /full path.*both families of pages/,
	// floLIVE
	'3.7.1': /both spellings/,
	'3.7.2': /a date or a date-time, and optional/,
	'3.7.3': /bulk/,
	'3.7.4': /do not fit each other/,
	'3.7.5': /invoice number is text/,
	'3.7.6': /direct sub-customers/,
	'3.7.7': /sends no body/,
	'3.7.8': /is an empty list/,
	'3.7.9': /two ids in the path/,
	// Orange Business
	'4.9.1': /Authorization/,
	'4.9.2': /another id/,
	'4.9.3': /encoded/,
	'4.9.4': /counters keep their dynamic keys/,
	'4.9.5': /X-Api-Key/,
	'4.9.6': /one API, whatever it is called/,
	'4.9.7': /terms/,
	// The TMF678 specifications
	'5.3.1': /2020-01-00/,
	'5.3.2': /status rather than state/,
	'5.3.3': /base path/,
	'5.3.4': /list items hold no more/,
	'5.3.5': /do not add up/,
	'5.3.6': /patch formats/,
};

const TESTS = join(__dirname, '..');
/** A text that starts with one number, or with several joined by "and": a test's name, or a part of one. */
const NAMED = /['"`](\d\.\d\.\d+(?: and \d\.\d\.\d+)*) (.*)/g;

interface Named {
	readonly quirk: string;
	readonly name: string;
}

/** Names of tests that start with the number of a quirk. */
function namedTests(): readonly Named[] {
	const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.test.ts'));
	return files.flatMap((path) =>
		[...readFileSync(join(TESTS, path), 'utf8').matchAll(NAMED)].flatMap(([, numbers = '', name = '']) =>
			numbers.split(' and ').map((quirk) => ({ quirk, name })),
		),
	);
}

it('every quirk has a test named after it, and no test names a quirk that is none', () => {
	const found = namedTests();
	const held = Object.entries(QUIRKS).filter(([quirk, words]) =>
		found.some((test) => test.quirk === quirk && words.test(test.name)),
	);
	expect(held.map(([quirk]) => quirk)).toEqual(Object.keys(QUIRKS));
	expect(found.map(({ quirk }) => quirk).filter((quirk) => !(quirk in QUIRKS))).toEqual([]);
});

describe('quirks that are a matter of words', () => {
	const guide = readFileSync(join(__dirname, '../../docs/providers/orange-business.md'), 'utf8');

	it('4.9.6 Billing M2M 1.0, Billing for Business and BillingManagement 2.4.0 are one API, whatever it is called', () => {
		for (const name of ['Billing M2M 1.0', 'Billing for Business', 'BillingManagement 2.4.0']) {
			expect(guide).toContain(name);
		}
		const requests = ORANGE_CAPABILITIES.operations.map(({ request }) => request);
		expect(requests.filter((request) => /v\d|b2b/.test(request))).toEqual([]);
		expect(guide).toContain('`https://api.orange.com/billing/b2b/v1`');
	});

	it('4.9.7 the terms are told: notice of changes and of the end, and what the data may be used for', () => {
		expect(guide).toMatch(/30 days.*60 days.*internal use/s);
	});
});
