/** Any bytes as a report, a zip, a file or a JSON body: read, or refused in one BillingError. */
import fc from 'fast-check';
import { zipSync } from 'fflate';

import { inlineDocument } from '../../providers/documents/open';
import { unpackZip } from '../../providers/documents/unzip';
import { readInvoiceFiles } from '../../providers/floLive/invoiceFiles';
import { readReport } from '../../providers/orangeBusiness/reportRows';
import { readErrorBody } from '../../providers/transport/errorBody';
import { BillingError, type ErrorKind } from '../../providers/transport/errors';
import { parseJson } from '../../providers/transport/json';
import { jsonText, writtenOut } from './support/json';
import { tries } from './support/runs';

/** What it gives, or null where it refuses in one of these ways. */
function readOrRefused<T>(read: () => T, ...kinds: readonly ErrorKind[]): T | null {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof BillingError)) throw error;
		expect(kinds).toContain(error.kind);
		return null;
	}
}

const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'binary' }).map(encoded));

function encoded(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** One or more bytes of a good file replaced, cut or doubled. */
function damaged(good: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
	const damage = fc.record({
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		bytes: fc.uint8Array({ maxLength: 4 }),
		drop: fc.nat(9),
	});
	return fc.tuple(good, fc.array(damage, { minLength: 1, maxLength: 4 })).map(([bytes, damages]) =>
		damages.reduce<Uint8Array>((so, { at, bytes: put, drop }) => {
			const from = Math.floor(so.length * at);
			return Buffer.concat([so.subarray(0, from), put, so.subarray(from + drop)]);
		}, bytes),
	);
}

const cell = fc.oneof(
	fc.constantFrom(
		'', ' ', '"', '""', '"a;b"', '1,5', '1.5', '1.234,56', '1,234.56', '-0', '1e9', '01/02/2026', '31/12/2026', '2026-01-00', 'EUR', 'Total',
		'=cmd|x', '\u0000', '\ufeff', 'é', '9'.repeat(400),
	),
	fc.string(),
); // prettier-ignore
const column = fc.oneof(
	fc.constantFrom(
		'Invoice number', 'Invoice date', 'Charge currency', 'Invoicing currency', 'Exchange rate', 'Taxable amount', 'Invoicing Amount',
		'Tax amount', 'Total including Tax', 'Quantity', '__proto__', 'constructor',
	),
	cell,
); // prettier-ignore
const report = fc
	.tuple(
		fc.array(column, { maxLength: 8 }),
		fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 6 }),
		fc.constantFrom('\n', '\r\n', '\r'),
	)
	.map(([header, rows, end]) => encoded([header, ...rows].map((line) => line.join(';')).join(end)));

it('a report of any bytes is rows with a value in every column, or refused', () => {
	fc.assert(
		fc.property(fc.oneof(anyBytes, report, damaged(report)), (bytes) => {
			const read = readOrRefused(() => readReport(bytes, 'r'), 'PROTOCOL', 'INVALID_REQUEST');
			if (read === null) return;
			expect(new Set(read.rows.map(({ key }) => key)).size).toBe(read.rows.length);
			for (const { values } of read.rows) {
				expect(Object.keys(values).sort()).toEqual([...read.columns].sort());
				for (const value of Object.values(values)) {
					if (value.kind === 'AMOUNT') expect(value.money?.amount ?? '0').toMatch(/^-?\d+(?:\.\d+)?$/);
				}
			}
		}),
		tries(1_500),
	);
});

/** Nine letters each, so that one can stand where another stood; two files may have the same. */
const ENTRY_NAMES = [
	'bill1.pdf',
	'bill2.pdf',
	'__proto__',
	'../../a.b',
	'/etc/pass',
	'C:\\x\\y.gz',
	'.........',
	'a\u0000b/c.pdf',
];
const entries = fc.array(fc.tuple(fc.constantFrom(...ENTRY_NAMES), fc.uint8Array({ maxLength: 60 })), {
	minLength: 1,
	maxLength: 5,
});

function zipOf(files: readonly (readonly [string, Uint8Array])[]): Uint8Array {
	const placeholder = (index: number): string => `entry-${100 + index}`;
	const zip = zipSync(Object.fromEntries(files.map(([, bytes], index) => [placeholder(index), bytes])), { level: 0 });
	const named = files.reduce(
		(text, [name], index) => text.replaceAll(placeholder(index), () => name),
		Buffer.from(zip).toString('latin1'),
	);
	return Buffer.from(named, 'latin1');
}

const zip = entries.map(zipOf);

it('a zip holds as many files as it says, under safe names, each once, or is refused', () => {
	fc.assert(
		fc.property(entries, (files) => {
			const unpacked = readOrRefused(() => unpackZip(zipOf(files)), 'PROTOCOL');
			const ofOneName =
				new Set(files.map(([name]) => name)).size < files.length || files.some(([name]) => name === '__proto__');
			expect(unpacked?.length ?? null).toBe(ofOneName ? null : files.length);
		}),
		tries(500),
	);
	fc.assert(
		fc.property(fc.oneof(anyBytes, zip, damaged(zip)), (bytes) => {
			const files = readOrRefused(() => unpackZip(bytes), 'PROTOCOL', 'TOO_LARGE') ?? [];
			expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
			for (const { name } of files) expect(name).toMatch(/^[^./\\\u0000-\u001f][^/\\\u0000-\u001f]*$/);
		}),
		tries(1_500),
	);
});

it('files inside an answer are bytes, or refused', () => {
	const base64 = fc.oneof(
		fc.base64String(),
		anyBytes.map((bytes) => Buffer.from(bytes).toString('latin1')),
		zip.map((it) => Buffer.from(it).toString('base64')),
	);
	fc.assert(
		fc.property(base64, (text) => {
			const kinds = ['PROTOCOL', 'TOO_LARGE', 'NOT_FOUND'] as const;
			readOrRefused(() => readInvoiceFiles(text), ...kinds);
			readOrRefused(
				() => inlineDocument(text, { mediaTypes: ['application/pdf'], fileName: 'x', maxBytes: 200 }),
				...kinds,
			);
		}),
		tries(1_000),
	);
});

it('a JSON body of any text is a value without foreign prototypes, or refused', () => {
	const text = fc.oneof(
		jsonText.map(writtenOut),
		fc.string({ unit: 'binary' }),
		fc.tuple(jsonText, fc.nat(50)).map(([it, at]) => writtenOut(it).slice(0, at)),
	);
	fc.assert(
		fc.property(text, (body) => {
			const value = readOrRefused(() => parseJson(body), 'PROTOCOL');
			if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
				expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
			}
			expect(({} as { id?: unknown }).id).toBeUndefined();
			readOrRefused(() => readErrorBody(body));
		}),
		tries(1_500),
	);
});
