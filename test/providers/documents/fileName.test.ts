import * as fc from 'fast-check';

import {
	type DocumentName,
	documentFileName,
	extensionFor,
	safeName,
	withExtension,
} from '../../../providers/documents/fileName';

const BILL: DocumentName = {
	provider: 'ORACLE_BRM',
	account: '5-ABCD5678',
	number: 'B1-28',
	date: '2026-01-31',
	extension: 'pdf',
};
const anyText = fc.string({ unit: 'binary', maxLength: 400 });

/** Holds for every name that leaves this file. */
function expectSafe(name: string): void {
	expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}\p{Cs}]/u);
	expect(name).not.toMatch(/^[.\s]|[.\s]$/);
	expect(name.length).toBeGreaterThan(0);
	expect(name.length).toBeLessThanOrEqual(150);
	expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
}

describe('documentFileName', () => {
	it('is provider, account, number and date', () => {
		expect(documentFileName(BILL)).toBe('ORACLE-BRM_5-ABCD5678_B1-28_2026-01-31.pdf');
	});

	it('leaves out what is not known', () => {
		expect(documentFileName({ ...BILL, account: null, date: null })).toBe('ORACLE-BRM_B1-28.pdf');
		expect(documentFileName({ ...BILL, account: '', number: null, date: null })).toBe('ORACLE-BRM.pdf');
	});

	it.each([
		['R189-Charges+9300856-x.csv', 'R189-Charges+9300856-x'],
		['../../etc/passwd', 'etc-passwd'],
		['a/b\\c:d', 'a-b-c-d'],
		['Zürich Café', 'Zurich-Cafe'],
		['.hidden', 'hidden'],
		['0.0.0.1+-bill+106861', '0.0.0.1+-bill+106861'],
		['a_b', 'a-b'],
		['請求書', ''],
	])('the number %p becomes %p', (number, expected) => {
		const name = documentFileName({ ...BILL, number, account: null, date: null });
		expect(name).toBe(expected === '' ? 'ORACLE-BRM.pdf' : `ORACLE-BRM_${expected}.pdf`);
	});

	it('is safe, keeps its date and its ending, and is the same every time, whatever the parts', () => {
		fc.assert(
			fc.property(anyText, anyText, anyText, (account, number, extension) => {
				const name = documentFileName({ ...BILL, account, number, extension });
				expectSafe(name);
				expect(name).toMatch(/^ORACLE-BRM(?:_[A-Za-z0-9.+-]+){0,2}_2026-01-31\.[a-z0-9]{1,10}$/);
				expect(documentFileName({ ...BILL, account, number, extension })).toBe(name);
			}),
		);
	});
});

describe('withExtension', () => {
	it.each([
		['bill.pdf', 'zip', 'bill.zip'],
		['bill.PDF', 'pdf', 'bill.pdf'],
		['bill', 'pdf', 'bill.pdf'],
		['LUMEN_2026.01', 'pdf', 'LUMEN_2026.01.pdf'],
		['.pdf', 'xml', '.pdf.xml'],
		['bill.pdf', '..', 'bill.bin'],
	])('%s as %s is %s', (name, extension, expected) => {
		expect(withExtension(name, extension)).toBe(expected);
	});

	it.each([
		['application/pdf', 'pdf'],
		['text/xml', 'xml'],
		['text/csv', 'csv'],
		['image/png', 'bin'],
		['constructor', 'bin'],
	])('%s files end in %s', (mediaType, extension) => {
		expect(extensionFor(mediaType)).toBe(extension);
	});
});

describe('safeName', () => {
	it.each([
		['', null],
		['...', null],
		['bill 1.pdf', 'bill 1.pdf'],
		['a "quoted" name.pdf', 'a -quoted- name.pdf'],
		['Résumé.pdf', 'Résumé.pdf'],
		['../../etc/passwd', 'passwd'],
		['C:\\Windows\\x.pdf', 'x.pdf'],
		['../../x\u0000y.pdf', 'xy.pdf'],
		['nul.pdf', 'file-nul.pdf'],
		['CON', 'file-CON'],
		['console.pdf', 'console.pdf'],
		['fdp.\u202eexe.pdf', 'fdp.exe.pdf'],
	])('%j gives %j', (given, expected) => {
		expect(safeName(given)).toBe(expected);
	});

	it('shortens a long name, not its ending', () => {
		expect(safeName(`${'x'.repeat(300)}.pdf`)).toBe(`${'x'.repeat(146)}.pdf`);
		expect(safeName('x'.repeat(300))).toBe('x'.repeat(150));
	});

	it('is safe or null, whatever is given', () => {
		fc.assert(
			fc.property(anyText, (given) => {
				const name = safeName(given);
				if (name !== null) expectSafe(name);
			}),
			{ numRuns: 500 },
		);
	});
});
