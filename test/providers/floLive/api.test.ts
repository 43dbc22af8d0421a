/** floLIVE's operations: requests as its documents write them, answers in every form they may take. */
import { zipSync } from 'fflate/browser';

import { apiRoot } from '../../../providers/floLive/api';
import { MAX_ENTRIES, MAX_UNPACKED_BYTES } from '../../../providers/documents/unzip';
import { type WalkedPage } from '../../../providers/transport/pageWalk';
import { json, text } from '../support/scriptedTransport';
import { FIRST, SECOND, envelope, floLive, listOf } from './invoices';

const bytesOf = (words: string) => new TextEncoder().encode(words);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const files = (bytes: Uint8Array) => json(200, envelope({ attachmentData: base64(bytes) }));

async function walked<Row>(walk: AsyncIterable<WalkedPage<Row>>) {
	const pages: WalkedPage<Row>[] = [];
	for await (const page of walk) pages.push(page);
	return {
		rows: pages.flatMap((page) => page.rows),
		end: pages.at(-1)?.end,
		requests: pages.reduce((sum, page) => sum + page.requests, 0),
	};
}

describe('the base URL', () => {
	it.each([
		['https://flolive.example', 'https://flolive.example/api/v2'],
		['https://flolive.example/', 'https://flolive.example/api/v2'],
		['https://flolive.example/api', 'https://flolive.example/api/v2'],
		['https://flolive.example//api/v2/', 'https://flolive.example/api/v2'],
		['https://flolive.example//eu//api//v2', 'https://flolive.example/eu/api/v2'],
		['https://flolive.example/api/v3', 'https://flolive.example/api/v3'],
	])('%s stands for %s', (given, root) => expect(apiRoot(given)).toBe(root));

	it('that is no URL is refused', () => expect(() => apiRoot('flolive')).toThrow("'baseUrl' is not a URL"));
});

describe('Get Customer Invoice List', () => {
	it('3.7.7 sends no body, although the document shows one', async () => {
		const { api, transport } = floLive([listOf(FIRST, SECOND)]);
		const page = await api.invoices('20100');
		expect(page.rows).toEqual([FIRST, SECOND]);
		expect(transport.only).toMatchObject({
			method: 'GET',
			url: 'https://flolive.example/api/v2/customer/20100/invoices',
			headers: { accept: 'application/json' },
			credential: 'SEND',
		});
		expect(transport.only.body).toBeUndefined();
	});

	it('refuses an empty customer id before any request', async () => {
		const { api, transport } = floLive([]);
		await expect(api.invoices(' ')).rejects.toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'customerId' });
		expect(transport.requests).toEqual([]);
	});

	it('keeps a customer id inside its path segment', async () => {
		const { api, transport } = floLive([listOf()]);
		await api.invoices('20/100+a');
		expect(transport.only.url).toBe('https://flolive.example/api/v2/customer/20%2F100%2Ba/invoices');
	});

	it.each([
		['null', null],
		['an empty object', {}],
		['an empty list', []],
	])('3.7.8 content that is %s is an empty list', async (_form, content) => {
		const { api } = floLive([json(200, envelope(content))]);
		expect((await api.invoices('20100')).rows).toEqual([]);
	});

	it.each([
		['text', '{"errorCode":"","content":"none"}'],
		['a number', '{"errorCode":"","content":7}'],
		['true', '{"errorCode":"","content":true}'],
		['absent', '{"errorCode":"","errorMessage":"","pageable":null}'],
		['absent like all else', '{}'],
	])('content that is %s is no list, not even an empty one', async (_form, body) => {
		const { api } = floLive([json(200, body)]);
		await expect(api.invoices('20100')).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});

	it('content that is one object is a list of one', async () => {
		const { api } = floLive([json(200, envelope(FIRST))]);
		expect((await api.invoices('20100')).rows).toEqual([FIRST]);
	});

	it('an answer without the envelope is the list itself where it is an array, and no answer otherwise', async () => {
		const { api } = floLive([
			json(200, [FIRST]),
			json(200, '"hello"'),
			json(200, envelope([7])),
			text(200, '<html>'),
			json(200, { rows: 'none' }),
		]);
		expect((await api.invoices('20100')).rows).toEqual([FIRST]);
		await expect(api.invoices('20100')).rejects.toMatchObject({ kind: 'PROTOCOL' });
		await expect(api.invoices('20100')).rejects.toMatchObject({ kind: 'PROTOCOL' });
		await expect(api.invoices('20100')).rejects.toMatchObject({ kind: 'PROTOCOL' });
		await expect(api.invoices('20100')).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});

	it('hands on the time limit and the signal', async () => {
		const { api, transport } = floLive(listOf(FIRST), { timeoutMs: 1_500 });
		const { signal } = new AbortController();
		await api.invoices('20100', undefined, signal);
		await api.downloadInvoices('20100', ['a'], signal).catch(() => undefined);
		expect(transport.requests).toHaveLength(2);
		for (const request of transport.requests) expect(request).toMatchObject({ timeoutMs: 1_500, signal });
	});

	it('keeps every digit of an amount', async () => {
		const { api } = floLive([json(200, '{"errorCode":"","content":[{"id":"a","totalAmount":12345678901234567.89}]}')]);
		expect((await api.invoices('20100')).rows[0]?.totalAmount).toBe('12345678901234567.89');
	});
});

describe('the walk over a customer’s invoices', () => {
	it('asks once where pageable is null', async () => {
		const { api, transport } = floLive([listOf(FIRST, SECOND)]);
		expect(await walked(api.walkInvoices('20100'))).toEqual({
			rows: [FIRST, SECOND],
			end: { complete: true, reasons: [] },
			requests: 1,
		});
		expect(transport.requests).toHaveLength(1);
	});

	it('asks for page and size only after an answer that announces several pages', async () => {
		const pageable = { page: 0, size: 1, totalPages: 2, totalElements: 2 };
		const { api, transport } = floLive([
			json(200, envelope([FIRST], pageable)),
			json(200, envelope([SECOND], { ...pageable, page: 1 })),
		]);
		const { rows, end } = await walked(api.walkInvoices('20100'));
		expect(rows).toEqual([FIRST, SECOND]);
		expect(end).toEqual({ complete: true, reasons: [] });
		expect(transport.sent[1]).toBe('GET https://flolive.example/api/v2/customer/20100/invoices?page=1&size=1');
	});

	it('reads numbers of pages and elements that are written as text', async () => {
		const pageable = { page: '0', size: '1', totalPages: '2', totalElements: ' 3 ' };
		const { api, transport } = floLive([
			json(200, envelope([FIRST], pageable)),
			json(200, envelope([SECOND], { ...pageable, page: '1' })),
		]);
		const { rows, end } = await walked(api.walkInvoices('20100'));
		expect(rows).toEqual([FIRST, SECOND]);
		expect(end?.reasons).toEqual(['2 rows arrived of 3 announced']);
		expect(transport.sent[1]).toMatch(/\?page=1&size=1$/);
	});

	it('reads as many pages as announced where neither their size nor the elements are', async () => {
		const { api, transport } = floLive([
			json(200, envelope([FIRST], { totalPages: 2 })),
			json(200, envelope([SECOND], { totalPages: 2 })),
		]);
		const { rows, end } = await walked(api.walkInvoices('20100'));
		expect(rows).toHaveLength(2);
		expect(end).toEqual({ complete: true, reasons: [] });
		expect(transport.sent[1]).toMatch(/\?page=1$/);
	});

	it('stops where a page repeats, and says that rows are missing', async () => {
		const answer = json(200, envelope([FIRST], { page: 0, size: 1, totalPages: 5, totalElements: 5 }));
		const { api, transport } = floLive(answer);
		const { rows, end } = await walked(api.walkInvoices('20100'));
		expect(rows).toEqual([FIRST]);
		expect(end?.complete).toBe(false);
		expect(end?.reasons.join()).toContain('1 rows arrived of 5 announced');
		expect(transport.requests).toHaveLength(2);
	});

	it('says so where one page announces more elements than it holds, without asking for pages that are not announced', async () => {
		const { api } = floLive([json(200, envelope([FIRST], { page: 0, size: 10, totalPages: 1, totalElements: 25 }))]);
		const { end, requests } = await walked(api.walkInvoices('20100'));
		expect(end?.complete).toBe(false);
		expect(requests).toBe(1);
	});

	it('a failure on a later page is a failure, not the end', async () => {
		const { api } = floLive([
			json(200, envelope([FIRST], { page: 0, size: 1, totalPages: 2, totalElements: 2 })),
			json(200, { errorCode: 'CUSTOMER_1002', errorMessage: 'Customer does not exist' }),
		]);
		await expect(walked(api.walkInvoices('20100'))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
	});
});

describe('Get Customer Invoice Files', () => {
	it('sends the ids as the document names them, and tells a PDF by its first bytes', async () => {
		const pdf = bytesOf('%PDF-1.7 one');
		const { api, transport } = floLive([files(pdf)]);
		const got = await api.downloadInvoices('20100', ['a', 'b']);
		expect(got).toEqual({ bytes: pdf, mediaType: 'application/pdf', entries: null });
		expect(transport.only).toMatchObject({
			method: 'POST',
			url: 'https://flolive.example/api/v2/customer/20100/download-invoices',
			headers: { accept: 'application/json', 'content-type': 'application/json' },
			body: '{"id":["a","b"]}',
		});
	});

	it('sends a bare array where the settings say so, and no ids where none are given', async () => {
		const bare = floLive(files(bytesOf('%PDF-')), { downloadBody: 'ARRAY' });
		await bare.api.downloadInvoices('20100', ['a']);
		await bare.api.downloadInvoices('20100');
		expect(bare.transport.requests.map(({ body }) => body)).toEqual(['["a"]', '{}']);
	});

	it.each([
		['<?xml version="1.0"?><a/>', 'application/xml'],
		['plain', 'application/octet-stream'],
	])('%s is %s', async (content, mediaType) => {
		const { api } = floLive([files(bytesOf(content))]);
		expect((await api.downloadInvoices('20100')).mediaType).toBe(mediaType);
	});

	it('opens a zip: no folders, no reserved names, no two of a name', async () => {
		const zip = zipSync({
			'2026/a.pdf': bytesOf('%PDF-a'),
			'2025\\a.pdf': bytesOf('%PDF-b'),
			'../../a.pdf': bytesOf('%PDF-c'),
			'..': bytesOf('<x/>'),
			'empty/': new Uint8Array(),
			'no:t*e': bytesOf('?'),
		});
		const { api } = floLive([files(zip)]);
		const { mediaType, entries } = await api.downloadInvoices('20100');
		expect(mediaType).toBe('application/zip');
		expect(entries?.map(({ name, mediaType: type }) => [name, type])).toEqual([
			['a.pdf', 'application/pdf'],
			['a (2).pdf', 'application/pdf'],
			['a (3).pdf', 'application/pdf'],
			['invoice', 'application/xml'],
			['no-t-e', 'application/octet-stream'],
		]);
		expect(entries?.map(({ bytes }) => Buffer.from(bytes).toString())).toContain('%PDF-b');
	});

	it('refuses a zip of too many files, and one that announces too many bytes, before unpacking', async () => {
		const many = Object.fromEntries(Array.from({ length: MAX_ENTRIES + 1 }, (_, n) => [`${n}.xml`, new Uint8Array()]));
		const huge = zipSync({ 'a.xml': bytesOf('<a/>') });
		const central = Buffer.from(huge).indexOf(Buffer.from('PK\u0001\u0002'));
		new DataView(huge.buffer).setUint32(huge.byteOffset + central + 24, MAX_UNPACKED_BYTES + 1, true);
		const { api } = floLive([files(zipSync(many)), files(huge)]);
		await expect(api.downloadInvoices('20100')).rejects.toMatchObject({ kind: 'TOO_LARGE' });
		await expect(api.downloadInvoices('20100')).rejects.toMatchObject({ kind: 'TOO_LARGE' });
	});

	it('takes no damaged zip, no text that is not base64 and no missing file for an invoice', async () => {
		const { api } = floLive([
			files(bytesOf('PK\u0003\u0004 nothing more')),
			json(200, envelope({ attachmentData: 'not base64!' })),
			json(200, envelope({ attachmentData: '' })),
			json(200, envelope(null)),
		]);
		for (let nth = 0; nth < 4; nth += 1) {
			await expect(api.downloadInvoices('20100')).rejects.toMatchObject({ kind: 'PROTOCOL' });
		}
	});

	it('reads the file from the list form of content, and from beside it', async () => {
		const attachmentData = base64(bytesOf('%PDF-'));
		const { api } = floLive([json(200, envelope([{ attachmentData }])), json(200, { attachmentData })]);
		expect((await api.downloadInvoices('20100')).mediaType).toBe('application/pdf');
		expect((await api.downloadInvoices('20100')).mediaType).toBe('application/pdf');
	});

	it('refuses no ids and empty ids before any request', async () => {
		const { api, transport } = floLive([]);
		await expect(api.downloadInvoices('20100', [])).rejects.toMatchObject({ parameter: 'id' });
		await expect(api.downloadInvoices('20100', [''])).rejects.toMatchObject({ parameter: 'id' });
		expect(transport.requests).toEqual([]);
	});
});

describe('the other operations', () => {
	it('asks for the billing cycle definitions', async () => {
		const { api, transport } = floLive([json(200, envelope([{ id: 7, invoiceFormat: 'ALL' }]))]);
		expect((await api.billingCycleDefinitions('20100')).rows).toEqual([{ id: 7, invoiceFormat: 'ALL' }]);
		expect(transport.sent).toEqual(['GET https://flolive.example/api/v2/customer/20100/eligible-bcd']);
	});

	it('3.7.9 the two ids in the path of a user are the customer’s and the user’s', async () => {
		const { api, transport } = floLive([json(200, envelope([{ id: 5 }])), json(200, envelope([{ id: 5 }, { id: 6 }]))]);
		await api.users('20100', '5');
		expect((await walked(api.walkUsers('20100'))).rows).toHaveLength(2);
		expect(transport.sent).toEqual([
			'GET https://flolive.example/api/v2/customer/20100/user/5',
			'GET https://flolive.example/api/v2/customer/20100/user',
		]);
	});
});
