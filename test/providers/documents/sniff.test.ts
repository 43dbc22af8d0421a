import { sniffMediaType } from '../../../providers/documents/sniff';

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('sniffMediaType', () => {
	it.each<[string, Uint8Array, string | null]>([
		['a PDF', utf8('%PDF-1.7\n'), 'application/pdf'],
		['a PDF after a line break', utf8('\r\n%PDF-1.4'), 'application/pdf'],
		['a zip', utf8('PK\x03\x04rest'), 'application/zip'],
		['an empty zip', utf8('PK\x05\x06rest'), 'application/zip'],
		['XML with a declaration', utf8('<?xml version="1.0"?><Invoice/>'), 'application/xml'],
		['XML without one', utf8('  <Invoice xmlns="urn:x">'), 'application/xml'],
		['XML with a byte order mark', utf8('\ufeff<?xml version="1.0"?>'), 'application/xml'],
		['XML in UTF-16', Buffer.from('\ufeff<?xml version="1.0"?>', 'utf16le'), 'application/xml'],
		['XML whose root only starts like html', utf8('<htmlInvoice/>'), 'application/xml'],
		['XML that mentions html', utf8('<Invoice><html/></Invoice>'), 'application/xml'],
		['a page', utf8('\n<!DOCTYPE html>\n<html>'), 'text/html'],
		['a page without a type', utf8('<HTML lang="en">'), 'text/html'],
		['a page behind a comment', utf8('<!-- proxy --> <html>'), 'text/html'],
		['an XHTML page', utf8('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">'), 'text/html'],
		['a JSON object', utf8('  {"code":60}'), 'application/json'],
		['a JSON list', utf8('[{}]'), 'application/json'],
		['CSV', utf8('\ufeffBill;Amount\n1;2'), null],
		['CSV that starts with PK', utf8('PKZ;1'), null],
		['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47]), null],
		['nothing', utf8(''), null],
		['blanks', utf8('   '), null],
	])('%s', (_, bytes, expected) => {
		expect(sniffMediaType(bytes)).toBe(expected);
	});

	it('looks at the start only', () => {
		expect(sniffMediaType(utf8(' '.repeat(600) + '%PDF'))).toBeNull();
	});
});
