/** JSON with exact numbers. */
import { compareDecimals, likePattern } from '../../sandbox/tmf678/comparisons';
import { ExactNumber, writeJson } from '../../sandbox/json/exactJson';

it('writes a number as its text, not as a float', () => {
	expect(writeJson({ value: new ExactNumber('123456789012345.678') })).toBe('{"value":123456789012345.678}');
});

it('writes everything else as JSON.stringify does', () => {
	const value = { a: [1, 'ü"\n', true, null], b: undefined, c: { d: {} }, e: [] };
	expect(writeJson(value)).toBe(JSON.stringify(value));
});

it('compares decimals of any length exactly', () => {
	expect(compareDecimals('123456789012345.678', '123456789012345.679')).toBe(-1);
	expect(compareDecimals('25.90', '25.9')).toBe(0);
	expect(compareDecimals('-1', '-1.5')).toBe(1);
});

it('takes % for any run of characters and nothing else for special', () => {
	expect(likePattern('B1-%').test('B1-28')).toBe(true);
	expect(likePattern('B1-2').test('B1-28')).toBe(false);
	expect(likePattern('B.%').test('B1-28')).toBe(false);
});
