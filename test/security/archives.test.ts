/** Zips that are not what they say: bombs, paths, names that hide or replace each other, and files that never end. */
import { deflateSync } from 'fflate';

import { MAX_ENTRIES, MAX_UNPACKED_BYTES, unpackZip } from '../../providers/documents/unzip';
import { sniffMediaType } from '../../providers/documents/sniff';
import { billingError } from '../providers/support/errors';

interface Entry {
	readonly name: string | Buffer;
	readonly content?: Uint8Array;
	/** As announced; the true size where absent. */
	readonly announced?: number;
	/** Points at the content of the entry before instead of having its own. */
	readonly shared?: boolean;
	readonly packed?: boolean;
}

/** A zip as an attacker writes it: the directory may say anything of what is stored. */
function zipOf(entries: readonly Entry[]): Uint8Array {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	let at = 0;
	let stored: Uint8Array = new Uint8Array();
	for (const { name, content = Buffer.from('%PDF-1.7'), announced, shared = false, packed = false } of entries) {
		if (!shared) {
			stored = packed ? deflateSync(content) : content;
			const local = Buffer.alloc(30);
			local.writeUInt32LE(0x04034b50, 0);
			at = offset;
			parts.push(local, Buffer.from(stored));
			offset += local.length + stored.length;
		}
		const bytes = Buffer.from(name);
		const head = Buffer.alloc(46);
		head.writeUInt32LE(0x02014b50, 0);
		head.writeUInt16LE(2048, 8);
		head.writeUInt16LE(packed ? 8 : 0, 10);
		head.writeUInt32LE(stored.length, 20);
		head.writeUInt32LE(announced ?? content.length, 24);
		head.writeUInt16LE(bytes.length, 28);
		head.writeUInt32LE(at, 42);
		directory.push(head, bytes);
	}
	const end = Buffer.alloc(22);
	const size = directory.reduce((sum, part) => sum + part.length, 0);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, ...directory, end]);
}

const named = (...names: readonly string[]): readonly string[] =>
	unpackZip(zipOf(names.map((name) => ({ name })))).map(({ name }) => name);

const MEGABYTE = new Uint8Array(1024 * 1024);

describe('a bomb', () => {
	it('of one file that announces its size is refused before it is unpacked', async () => {
		const bomb = zipOf([{ name: 'a', content: MEGABYTE, packed: true, announced: MAX_UNPACKED_BYTES + 1 }]);
		expect(await billingError(() => unpackZip(bomb))).toMatchObject({ kind: 'TOO_LARGE' });
	});

	it('of many files, each small enough, is refused by their sum', async () => {
		const half = MAX_UNPACKED_BYTES / 2;
		const bomb = zipOf(['a', 'b', 'c'].map((name) => ({ name, content: MEGABYTE, packed: true, announced: half })));
		expect(await billingError(() => unpackZip(bomb))).toMatchObject({ kind: 'TOO_LARGE' });
	});

	it('that lies about its size costs no more than it says', () => {
		const bomb = zipOf([{ name: 'a', content: MEGABYTE, packed: true, announced: 1_000 }]);
		expect(unpackZip(bomb).map(({ bytes }) => bytes.length)).toEqual([1_000]);
	});

	it('of stored files that are all the same bytes is refused by what comes out', async () => {
		const entries = Array.from({ length: 300 }, (_, index) => ({
			name: `f${index}`,
			content: MEGABYTE,
			announced: 1,
			shared: index > 0,
		}));
		expect(await billingError(() => unpackZip(zipOf(entries)))).toMatchObject({ kind: 'TOO_LARGE' });
	});

	it('of entries is refused', async () => {
		const entries = Array.from({ length: MAX_ENTRIES + 1 }, (_, index) => ({ name: `f${index}`, shared: index > 0 }));
		expect(await billingError(() => unpackZip(zipOf(entries)))).toMatchObject({ kind: 'TOO_LARGE' });
	});

	it('inside a zip stays a file: what is inside is not unpacked', () => {
		const inner = zipOf([{ name: 'bomb', content: MEGABYTE, packed: true }]);
		const [file, ...others] = unpackZip(zipOf([{ name: 'inner.zip', content: inner }]));
		expect(others).toEqual([]);
		expect(file).toMatchObject({ name: 'inner.zip', mediaType: 'application/zip' });
		expect(file?.bytes.length).toBe(inner.length);
	});

	it('that announces more entries than it has ends', async () => {
		const zip = Buffer.from(zipOf([{ name: 'a' }]));
		zip.writeUInt16LE(0xffff, zip.length - 14);
		await billingError(() => unpackZip(zip));
	});
});

describe('a name', () => {
	it.each([
		['../../etc/passwd', 'passwd'],
		['..\\..\\windows\\system.ini', 'system.ini'],
		['/etc/passwd', 'passwd'],
		['C:\\bills\\a.pdf', 'a.pdf'],
		['C:a.pdf', 'C-a.pdf'],
		['\\\\host\\share\\a.pdf', 'a.pdf'],
		['a/../b.pdf', 'b.pdf'],
		['.bashrc', 'bashrc'],
		['..', 'invoice'],
		['a\r\nb.pdf', 'ab.pdf'],
		['a\u0000.exe', 'a.exe'],
		['invoice\u202efdp.exe', 'invoicefdp.exe'],
		['CON', 'file-CON'],
		['nul.pdf', 'file-nul.pdf'],
		['a.pdf:stream', 'a.pdf-stream'],
	])('%j becomes %j', (name, safe) => {
		expect(named(name)).toEqual([safe]);
	});

	it('as long as a zip allows is cut, in no time', () => {
		const [name = ''] = named(`${'. '.repeat(30_000)}a.pdf`);
		expect(name.length).toBeLessThanOrEqual(150);
		expect(name).toMatch(/\.pdf$/);
	});

	it('that another file has, in these or other letters, is numbered', () => {
		expect(named('2025/a.pdf', '2026/a.pdf', '2026/A.PDF')).toEqual(['a.pdf', 'a (2).pdf', 'A (3).PDF']);
	});

	it.each([
		['a.pdf', 'a.pdf'],
		['__proto__', 'a.pdf'],
	])('that would make one of %j and %j vanish fails the zip', async (...names) => {
		const error = await billingError(() => named(...names));
		expect(error).toMatchObject({ kind: 'PROTOCOL' });
		expect(error.message).toContain('cannot be told apart');
	});

	it('of an object’s own makes no difference to any object', () => {
		expect(named('constructor', 'toString', 'hasOwnProperty')).toHaveLength(3);
		expect(Object.keys(Object.prototype)).toEqual([]);
	});
});

it('XML is handed on as it came: nothing here expands an entity', () => {
	const xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
	const [file] = unpackZip(zipOf([{ name: 'a.xml', content: Buffer.from(xml) }]));
	expect(Buffer.from(file?.bytes ?? []).toString()).toBe(xml);
	expect(sniffMediaType(Buffer.from(xml))).toBe('application/xml');
});
