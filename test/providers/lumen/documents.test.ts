// Bill images: opened through the link of the bill, with the token for Lumen's own hosts only.
import { describe, expect, it } from '@jest/globals';

import type { DocumentStream } from '../../../providers/model/document';
import { json, stream } from '../support/scriptedTransport';
import { ACCOUNT, customerBill, lumen, refusal } from './support';

const PDF = '%PDF-1.7 a bill';

async function textOf({ body }: DocumentStream): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}

function withDocument(billDocument: object, settings: Parameters<typeof lumen>[1] = {}, answer = stream(200, [PDF])) {
	return lumen([json(200, customerBill('987', '2024-05-05', { billDocument })), answer], settings);
}

const ref = { scope: ACCOUNT, billId: '987', documentId: 'image' };

describe('a bill image', () => {
	it('streams, under a safe name', async () => {
		const { connector, transport } = withDocument([{ id: 'image', url: '/files/987.pdf?v=1' }]);
		const opened = await connector.document(ref);
		expect(opened).toMatchObject({ mediaType: 'application/pdf', fileName: `LUMEN_${ACCOUNT}_987_2024-05-05.pdf` });
		expect(await textOf(opened)).toBe(PDF);
		expect(transport.requests[1]).toMatchObject({ url: 'https://api.lumen.com/files/987.pdf?v=1', credential: 'SEND' });
	});

	it('has a name of its own where the bill has several', async () => {
		const images = [
			{ id: 'image', url: '/files/987.pdf' },
			{ id: 'calls/1', url: '/files/988.pdf' },
		];
		const names = ['image', 'calls/1'].map(async (documentId) => {
			const { connector } = withDocument(images);
			return (await connector.document({ ...ref, documentId })).fileName;
		});
		expect(await Promise.all(names)).toEqual([
			`LUMEN_${ACCOUNT}_987_2024-05-05_image.pdf`,
			`LUMEN_${ACCOUNT}_987_2024-05-05_calls-1.pdf`,
		]);
	});

	it.each([
		['https://api.lumen.com', 'https://api.centurylink.com/files/1.pdf', 'SEND'],
		['https://api-test.lumen.com', 'https://api-test.centurylink.com/files/1.pdf', 'SEND'],
		['http://127.0.0.1:4010/lumen', 'http://127.0.0.1:4010/lumen/documents/1.pdf', 'SEND'],
		['https://api-test.lumen.com', 'https://api.lumen.com/files/1.pdf', 'WITHHOLD'],
		['http://127.0.0.1:4010/lumen', 'https://api.lumen.com/files/1.pdf', 'WITHHOLD'],
		['https://api.lumen.com', 'https://storage.example.com/signed/1.pdf', 'WITHHOLD'],
		['https://api.lumen.com', 'https://api.lumen.com.evil.example/1.pdf', 'WITHHOLD'],
		['https://api.lumen.com', 'https://api.lumen.com:8443/1.pdf', 'WITHHOLD'],
	] as const)('an API on %s that links to %s: %s the token', async (baseUrl, url, credential) => {
		const { connector, transport } = withDocument({ id: 'image', url }, { baseUrl });
		await connector.document(ref);
		expect(transport.requests[1]).toMatchObject({ url, credential });
	});

	it.each([
		'http://api.lumen.com/1.pdf',
		'http://169.254.169.254/latest',
		'https://user:pw@api.lumen.com/1.pdf',
		'file:///etc/passwd',
	])('does not follow %s', async (url) => {
		const { connector, transport } = withDocument({ id: 'image', url });
		expect(await refusal(connector.document(ref))).toMatchObject({
			kind: expect.stringMatching(/FORBIDDEN|INVALID_REQUEST/),
		});
		expect(transport.requests).toHaveLength(1);
	});

	it('inside the record needs no second request', async () => {
		const { connector, transport } = withDocument({ id: 'image', content: Buffer.from(PDF).toString('base64') });
		expect(await textOf(await connector.document(ref))).toBe(PDF);
		expect(transport.requests).toHaveLength(1);
	});

	it('that is not a PDF is refused', async () => {
		const { connector } = withDocument({ id: 'image', url: '/1.pdf' }, {}, stream(200, ['<html>Sign in</html>']));
		expect(await refusal(connector.document(ref))).toMatchObject({ kind: 'PROTOCOL' });
	});

	it('that the bill does not have is not found', async () => {
		const { connector } = withDocument({ id: 'other', url: '/1.pdf' });
		expect(await refusal(connector.document(ref))).toMatchObject({ kind: 'NOT_FOUND', connection: 'lumen-us' });
		const without = lumen([json(200, customerBill('987', '2024-05-05'))]);
		expect(await refusal(without.connector.document(ref))).toMatchObject({ kind: 'NOT_FOUND' });
	});

	it('passes on the signal', async () => {
		const { connector, transport } = withDocument({ id: 'image', url: '/1.pdf' });
		const { signal } = new AbortController();
		await connector.document(ref, { signal });
		expect(transport.requests.map((request) => request.signal)).toEqual([signal, signal]);
	});
});
