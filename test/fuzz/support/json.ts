/** JSON that nobody would expect: as values, and as text that no value writes. */
import fc from 'fast-check';

import type { JsonValue } from '../../../providers/model/json';

const WORDS = [
	'', ' ', '0', '-0', '-0.00', '1e400', '12.50', '1.234,56', 'EUR', 'eur', 'creditNote', 'settled', 'null', '..', '%2f', '@',
	'2026-01-00', '2026-02-31', '2026-01-31T00:00:00Z', '0000-00-00T99:99:99+99:99', '+275760-09-13T00:00:00Z', '\u0000', '\ud800',
	'__proto__', 'constructor', 'data:text/html,x', 'https://[::1', 'http://169.254.169.254/latest', 'A'.repeat(300),
]; // prettier-ignore

/** With members of these names. */
export function jsonOf(members: readonly string[]): fc.Arbitrary<JsonValue> {
	return fc.letrec<{ value: JsonValue }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			fc.constantFrom<JsonValue>(null, true, false, ...WORDS),
			fc.double({ noNaN: true, noDefaultInfinity: true }),
			fc.integer(),
			fc.string(),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom(...members), tie('value'), { maxKeys: 8 }),
		),
	})).value;
}

/** Deeper than any parser or walker should follow by calling itself. */
const DEEP = 20_000;
const DEEP_TEXTS: ReadonlyMap<string, string> = new Map([
	['a deep list', '['.repeat(DEEP) + ']'.repeat(DEEP)],
	['a deep record', '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)],
]);

/** What is named rather than written out, so that reports of failures stay short. */
export function writtenOut(text: string): string {
	return DEEP_TEXTS.get(text) ?? text;
}

/** JSON text of one value, some of which no JavaScript value holds or writes; to be `writtenOut`. */
export const jsonText: fc.Arbitrary<string> = fc.oneof(
	{
		weight: 10,
		arbitrary: jsonOf(['id', 'value', 'unit', 'amount', 'name', '__proto__']).map((it) => JSON.stringify(it)),
	},
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			'-0',
			'1e400',
			'-1e-400',
			'123456789012345678.901',
			'0.1000000000000000055511151231257827',
			'9'.repeat(400),
			'{"id":"a","id":"b"}',
			'{"__proto__":{"id":"p"},"constructor":{"prototype":{}}}',
			'{"toString":1,"valueOf":null,"length":-1,"then":"x"}',
		),
	},
	{ weight: 1, arbitrary: fc.constantFrom(...DEEP_TEXTS.keys()) },
);
