/** Numbers as reports write them: which sign is the decimal one is found out per column, or it is not guessed. */
import { type Decimal, toDecimal } from '../model/decimal';

export const DECIMAL_SIGNS = [',', '.'] as const;
export type DecimalSign = (typeof DECIMAL_SIGNS)[number];

export type SignFound =
	| { readonly kind: 'FOUND'; readonly sign: DecimalSign }
	/** No value has a sign that could be either: all are read alike. */
	| { readonly kind: 'NOT_NEEDED' }
	/** `sample` is one number or another, depending on the sign. */
	| { readonly kind: 'AMBIGUOUS'; readonly sample: string }
	/** The column writes numbers both ways. */
	| { readonly kind: 'CONTRADICTORY'; readonly samples: readonly [string, string] };

/** The decimal sign that all values of a column agree on. */
export function findDecimalSign(values: readonly string[]): SignFound {
	const evidence = new Map<DecimalSign, string>();
	let ambiguous: string | null = null;
	for (const value of values) {
		const { digits } = bare(value);
		const sign = signShownBy(digits);
		if (sign === 'EITHER') ambiguous ??= value.trim();
		else if (sign !== null && !evidence.has(sign)) evidence.set(sign, value.trim());
	}
	const [first, second] = [...evidence];
	if (first !== undefined && second !== undefined) return { kind: 'CONTRADICTORY', samples: [first[1], second[1]] };
	if (first !== undefined) return { kind: 'FOUND', sign: first[0] };
	return ambiguous === null ? { kind: 'NOT_NEEDED' } : { kind: 'AMBIGUOUS', sample: ambiguous };
}

/** Null for what is no number in this format. */
export function readNumber(value: string, sign: DecimalSign): Decimal | null {
	const { digits, isNegative } = bare(value);
	const [whole = '', fraction, ...more] = digits.split(sign);
	if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return null;
	const groups = whole.split(sign === ',' ? '.' : ',');
	const [head = '', ...rest] = groups;
	if (!/^\d*$/.test(head) || rest.some((group) => !/^\d{3}$/.test(group))) return null;
	if (rest.length > 0 && (head === '' || head.length > 3)) return null;
	const plain = `${isNegative ? '-' : ''}${groups.join('')}${fraction === undefined ? '' : `.${fraction}`}`;
	return toDecimal(plain);
}

/** Spaces of every kind and apostrophes part thousands and mean nothing else; the minus may stand on either side, or be brackets. */
function bare(value: string): { readonly digits: string; readonly isNegative: boolean } {
	const text = value.replace(/[\s'\u2019%\u00a0\u202f]/g, '').replace(/\u2212/g, '-');
	const negative = /^(?:-(.+)|(.+)-|\((.+)\))$/.exec(text);
	const digits = negative === null ? text : (negative[1] ?? negative[2] ?? negative[3] ?? '');
	return { digits: digits.replace(/^\+/, ''), isNegative: negative !== null };
}

/** The decimal sign that a number itself proves; EITHER where it could be read both ways, null where it has no such sign. */
function signShownBy(digits: string): DecimalSign | 'EITHER' | null {
	if (!/^[\d.,]+$/.test(digits)) return null;
	const [commas, points] = [digits.split(',').length - 1, digits.split('.').length - 1];
	if (commas === 0 && points === 0) return null;
	if (commas > 0 && points > 0) return digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
	const [shown, other] = commas > 0 ? ([',', '.'] as const) : (['.', ','] as const);
	const [head = '', group = '', ...more] = digits.split(shown);
	// Twice or more: it parts thousands.
	if (more.length > 0) return other;
	// 1,234 is one thing or the other; 1,23 and 1,2345 and 0,123 and 1234,567 can only be decimals.
	return group.length === 3 && /^[1-9]\d{0,2}$/.test(head) ? 'EITHER' : shown;
}
