import { inlineDocument, openDocument } from '../../../providers/documents/open';
import type { WantedDocument } from '../../../providers/documents/kind';
import type { DocumentStream } from '../../../providers/model/document';
import { ProviderClient, type RefusalReader } from '../../../providers/transport/client';
import { BillingError } from '../../../providers/transport/errors';
import type { Transport, TransportRequest, TransportResponse } from '../../../providers/transport/port';
import { NO_RETRY } from '../../../providers/transport/retry';
import { billingError } from '../support/errors';
import {
	type ScriptedAnswer,
	ScriptedTransport,
	bytes,
	fakeClock,
	json,
	stream,
	text,
} from '../support/scriptedTransport';

const REQUEST: TransportRequest = {
	method: 'GET',
	url: 'https://api.example.com/bills/1',
	headers: {},
	expect: 'text',
	credential: 'SEND',
};
const PDF: WantedDocument = { mediaTypes: ['application/pdf'], fileName: 'bill.pdf' };
const CSV: WantedDocument = { mediaTypes: ['text/csv'], fileName: 'report.csv' };

function clientOver(transport: Transport, readRefusal: RefusalReader = () => null): ProviderClient {
	return new ProviderClient({
		provider: 'LUMEN',
		connection: 'lumen-us',
		transport,
		clock: fakeClock(),
		retry: NO_RETRY,
		readRefusal,
	});
}

function open(
	answer: ScriptedAnswer,
	wanted: WantedDocument = PDF,
	{ readRefusal = () => null, signal }: { readRefusal?: RefusalReader; signal?: AbortSignal } = {},
) {
	const transport = new ScriptedTransport([answer]);
	const client = clientOver(transport, readRefusal);
	return { transport, opened: openDocument(client, { ...REQUEST, ...(signal && { signal }) }, wanted) };
}

async function contents({ body }: DocumentStream): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks).toString('latin1');
}

/** A streamed answer that tells whether its stream was let go of. */
function watched(chunks: readonly (string | Error)[], headers: Record<string, string> = {}) {
	const seen = { given: 0, closed: false };
	const body = (async function* () {
		try {
			for (const chunk of chunks) {
				if (chunk instanceof Error) throw chunk;
				seen.given += 1;
				yield Buffer.from(chunk, 'latin1');
			}
		} finally {
			seen.closed = true;
		}
	})();
	const answer: TransportResponse = { status: 200, headers, body: { kind: 'stream', stream: body } };
	return { seen, answer };
}

describe('openDocument', () => {
	it('streams the file, asking for its kind, uncompressed', async () => {
		const { transport, opened } = open(stream(200, ['%P', 'DF-1.7 ', 'rest'], { 'content-length': '13' }));
		const document = await opened;
		expect(document).toMatchObject({ mediaType: 'application/pdf', fileName: 'bill.pdf', size: 13 });
		expect(await contents(document)).toBe('%PDF-1.7 rest');
		expect(transport.only).toMatchObject({
			expect: 'stream',
			headers: { accept: 'application/pdf', 'accept-encoding': 'identity' },
		});
	});

	it('keeps the headers of the request, an accept of its own among them', async () => {
		const transport = new ScriptedTransport([stream(200, ['%PDF'])]);
		await openDocument(clientOver(transport), { ...REQUEST, headers: { accept: '*/*', 'x-account': '1' } }, PDF);
		expect(transport.only.headers).toMatchObject({ accept: '*/*', 'x-account': '1' });
	});

	it('reads no further than the first bytes before the file is consumed', async () => {
		const { seen, answer } = watched(['%PDF'.padEnd(600), 'second', 'third']);
		const document = await open(answer).opened;
		expect(seen.given).toBe(1);
		expect((await contents(document)).length).toBe(611);
		expect(seen.closed).toBe(true);
	});

	it.each([0, 1])('lets go of the stream when the consumer stops after %i more chunks', async (more) => {
		const { seen, answer } = watched(['%PDF'.padEnd(600), 'second', 'third', 'fourth']);
		let left = more;
		for await (const chunk of (await open(answer).opened).body) {
			if (left === 0 || chunk.length === 0) break;
			left -= 1;
		}
		expect(seen).toEqual({ given: 1 + more, closed: true });
	});

	it.each<[string, TransportResponse]>([
		['bytes', bytes(200, Buffer.from('%PDF-1.7'))],
		['text', text(200, '%PDF-1.7')],
	])('takes %s from an adapter that cannot stream', async (_, answer) => {
		const client = clientOver({ request: () => Promise.resolve(answer) });
		expect(await contents(await openDocument(client, REQUEST, PDF))).toBe('%PDF-1.7');
	});

	it('names the file after what came', async () => {
		const wanted = { mediaTypes: ['application/pdf', 'application/zip'], fileName: 'bill.pdf' };
		expect(await open(stream(200, ['PK\x03\x04']), wanted).opened).toMatchObject({
			mediaType: 'application/zip',
			fileName: 'bill.zip',
		});
	});

	it('believes first bytes, not the header', async () => {
		const document = await open(stream(200, ['%PDF'], { 'content-type': 'application/octet-stream' })).opened;
		expect(document.mediaType).toBe('application/pdf');
	});

	it.each([
		['text/csv; charset=windows-1252', 'text/csv'],
		['TEXT/CSV', 'text/csv'],
		['application/octet-stream', 'text/csv'],
		['', 'text/csv'],
	])('takes CSV, which first bytes do not tell, declared as %p', async (contentType, mediaType) => {
		const document = await open(stream(200, ['Bill;Amount\n'], { 'content-type': contentType }), CSV).opened;
		expect(document.mediaType).toBe(mediaType);
	});

	it('takes text/xml and application/xml for the same', async () => {
		const wanted = { mediaTypes: ['text/xml'], fileName: 'bill' };
		expect(await open(stream(200, ['<Invoice/>']), wanted).opened).toMatchObject({
			mediaType: 'application/xml',
			fileName: 'bill.xml',
		});
	});

	it.each<[string, string, WantedDocument, Record<string, string>]>([
		['a web page', '<!DOCTYPE html><html>', PDF, {}],
		['a web page', '<html>', CSV, { 'content-type': 'text/csv' }],
		['JSON', '{"a":1}', PDF, { 'content-type': 'application/pdf' }],
		['JSON', '[]', CSV, { 'content-type': 'text/csv' }],
		['XML', '<Fault/>', PDF, {}],
		['a zip archive', 'PK\x03\x04', PDF, {}],
		['nothing', '', PDF, {}],
		['nothing', '', CSV, {}],
		['an unknown kind of file', 'Bill;Amount', PDF, { 'content-type': 'application/pdf' }],
		['an unknown kind of file', 'Sorry', CSV, { 'content-type': 'text/html' }],
	])('%s (%p) in place of the file is a PROTOCOL error', async (came, body, wanted, headers) => {
		const { seen, answer } = watched(body === '' ? [] : [body], headers);
		const error = await billingError(open(answer, wanted).opened);
		expect(error).toMatchObject({ kind: 'PROTOCOL', provider: 'LUMEN', connection: 'lumen-us' });
		expect(error.message).toBe(`The provider sent ${came}, not ${wanted.mediaTypes[0]}`);
		expect(seen.closed).toBe(true);
	});

	it("a refusal inside a successful answer is the provider's own, read to its end", async () => {
		const readRefusal: RefusalReader = (_, body) =>
			body !== null && (JSON.parse(body) as { errorCode: string }).errorCode === 'CUSTOMER_1040'
				? { kind: 'NOT_FOUND', message: 'Invoice ids are invalid', code: 'CUSTOMER_1040' }
				: null;
		const refused = stream(200, ['{"padding":"', 'x'.repeat(2000), '","errorCode":"CUSTOMER_1040"}']);
		expect(await billingError(open(refused, PDF, { readRefusal }).opened)).toMatchObject({
			kind: 'NOT_FOUND',
			code: 'CUSTOMER_1040',
			status: 200,
			provider: 'LUMEN',
		});
	});

	it('a refusal that breaks off is still a PROTOCOL error', async () => {
		const { answer } = watched(['{"a":'.padEnd(600), new Error('reset')]);
		expect((await billingError(open(answer).opened)).kind).toBe('PROTOCOL');
	});

	it('a reader that cannot cope is not taken for the provider', async () => {
		const readRefusal: RefusalReader = (_, body) => {
			if (body !== null) throw new TypeError('bug');
			return null;
		};
		await expect(open(stream(200, ['{}']), PDF, { readRefusal }).opened).rejects.toThrow(TypeError);
	});

	it('a refusal with an error status is read from the stream', async () => {
		const readRefusal: RefusalReader = ({ status }, body) =>
			status === 404 ? { message: `said: ${body}`, kind: 'NOT_FOUND' } : null;
		const error = await billingError(open(json(404, { code: 60 }), PDF, { readRefusal }).opened);
		expect(error).toMatchObject({ kind: 'NOT_FOUND', message: 'said: {"code":60}' });
	});

	describe('length', () => {
		it.each([
			['cut short', '20'],
			['longer than announced', '5'],
		])('a body %s fails at its end, and may be asked for again', async (_, length) => {
			const { opened } = open(stream(200, ['%PDF', 'rest'], { 'content-length': length }));
			expect(await billingError(opened.then(contents))).toMatchObject({
				kind: 'PROTOCOL',
				retryable: true,
				connection: 'lumen-us',
				message: `The file is not whole: 8 of ${length} bytes arrived`,
			});
		});

		it.each([
			['absent', {}],
			['unreadable', { 'content-length': 'many' }],
			['that of the compressed body', { 'content-length': '5', 'content-encoding': 'gzip' }],
		])('an announced length that is %s counts for nothing', async (_, headers) => {
			const document = await open(stream(200, ['%PDF', 'rest'], headers)).opened;
			expect(document.size).toBeNull();
			expect(await contents(document)).toBe('%PDFrest');
		});

		it('a file announced as too large is refused before it is read, and let go of', async () => {
			const { seen, answer } = watched(['%PDF'.padEnd(600), 'more'], { 'content-length': '604' });
			const error = await billingError(open(answer, { ...PDF, maxBytes: 603 }).opened);
			expect(error).toMatchObject({ kind: 'TOO_LARGE', connection: 'lumen-us' });
			expect(seen).toEqual({ given: 1, closed: true });
		});

		it('a file that turns out too large fails as soon as it is', async () => {
			const { seen, answer } = watched(['%PDF'.padEnd(600), 'more', 'and more']);
			const document = await open(answer, { ...PDF, maxBytes: 603 }).opened;
			expect(await billingError(contents(document))).toMatchObject({ kind: 'TOO_LARGE', connection: 'lumen-us' });
			expect(seen).toEqual({ given: 2, closed: true });
		});

		it('a file of exactly the allowed size is whole', async () => {
			const document = await open(stream(200, ['%PDF'], { 'content-length': '4' }), { ...PDF, maxBytes: 4 }).opened;
			expect(await contents(document)).toBe('%PDF');
		});
	});

	describe('a stream that breaks', () => {
		it.each([
			['at the start', ['%P', new Error('socket hang up')]],
			['later', ['%PDF'.padEnd(600), new Error('socket hang up')]],
		])('%s is UNAVAILABLE', async (_, chunks) => {
			const { opened } = open(stream(200, chunks));
			const error = await billingError(opened.then(contents));
			expect(error).toMatchObject({ kind: 'UNAVAILABLE', retryable: true, connection: 'lumen-us' });
		});

		it("with the adapter's own BillingError keeps it", async () => {
			const timeout = new BillingError({ kind: 'TIMEOUT', message: 'No byte for 30 s' });
			const error = await billingError(open(stream(200, ['%PDF', timeout])).opened.then(contents));
			expect(error).toMatchObject({ kind: 'TIMEOUT', message: 'No byte for 30 s', connection: 'lumen-us' });
		});

		it.each([0, 600])('after %d bytes tells no secret that the host of a link quotes', async (length) => {
			const broken = new BillingError({ kind: 'UNAVAILABLE', message: 'planted-key.x.example broke off' });
			const { opened, transport } = open(stream(200, ['%PDF'.padEnd(length), broken]));
			Object.assign(transport, { secrets: async () => ['planted-key'] });
			const error = await billingError(opened.then(contents));
			expect(error).toMatchObject({ message: '***.x.example broke off', connection: 'lumen-us' });
		});

		it('because the caller gave up fails with the reason of the signal', async () => {
			const controller = new AbortController();
			const { answer } = watched(['%PDF'.padEnd(600), new Error('aborted by adapter')]);
			const document = await open(answer, PDF, { signal: controller.signal }).opened;
			controller.abort(new Error('given up'));
			await expect(contents(document)).rejects.toThrow('given up');
		});
	});
});

describe('inlineDocument', () => {
	const base64 = Buffer.from('%PDF-1.7 inline').toString('base64');

	it('decodes the file and tells its kind and size', async () => {
		const document = inlineDocument(base64, { ...PDF, fileName: 'bill' });
		expect(document).toMatchObject({ mediaType: 'application/pdf', fileName: 'bill.pdf', size: 15 });
		expect(await contents(document)).toBe('%PDF-1.7 inline');
	});

	it('takes CSV, which first bytes do not tell', () => {
		expect(inlineDocument(Buffer.from('Bill;Amount').toString('base64'), CSV).mediaType).toBe('text/csv');
	});

	it('takes base64 in lines, as MIME writes it', async () => {
		const lines = base64.replace(/.{8}/g, '$&\r\n');
		expect(await contents(inlineDocument(lines, PDF))).toBe('%PDF-1.7 inline');
	});

	it.each([
		['a damaged letter', base64.replace('J', '#')],
		['a missing letter', base64.slice(1)],
		['padding in the middle', `${base64.slice(0, 4)}====${base64.slice(4)}`],
		['the alphabet of URLs', 'JVBERi0x_-=='.replace('=', 'A')],
		['a data URI', `data:application/pdf;base64,${base64}`],
	])('refuses %s', async (_, damaged) => {
		expect(await billingError(() => inlineDocument(damaged, PDF))).toMatchObject({
			kind: 'PROTOCOL',
			message: 'The file inside the answer is damaged: it is not base64',
		});
	});

	it('refuses what is not the file, and nothing at all', async () => {
		const page = Buffer.from('<html>').toString('base64');
		expect((await billingError(() => inlineDocument(page, PDF))).message).toContain('a web page');
		expect((await billingError(() => inlineDocument('', PDF))).message).toContain('sent nothing');
	});

	it('refuses what is too large', async () => {
		expect((await billingError(() => inlineDocument(base64, { ...PDF, maxBytes: 14 }))).kind).toBe('TOO_LARGE');
	});
});
