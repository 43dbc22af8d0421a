/** The floLIVE node's downloads: one request for one or several invoices, whole or unpacked. */
import { createHash } from 'node:crypto';

import { zipSync } from 'fflate';
import nock from 'nock';

import { execute } from '../support/fakeContext';
import { expectAllAsked, expectSchema } from '../support/nodeChecks';
import { CUSTOMER, FIRST, HOST, SECOND, SIGNED, byId, envelope, settingsWith } from './records';

const PDF = Buffer.from('%PDF-1.7\nAn invoice\n%%EOF\n');
const XML = Buffer.from('<?xml version="1.0"?><invoice/>');

beforeAll(() => nock.disableNetConnect());
afterEach(expectAllAsked);
afterAll(() => nock.enableNetConnect());

const answer = (ids: readonly string[], file: Uint8Array) =>
	nock(HOST, { reqheaders: { ...SIGNED.reqheaders, 'content-type': 'application/json' } })
		.post(`/api/v2/customer/${CUSTOMER}/download-invoices`, { id: [...ids] })
		.reply(200, envelope({ attachmentData: Buffer.from(file).toString('base64') }));

const download = (invoices: string, more: object = {}) => ({
	resource: 'invoice',
	operation: 'download',
	customer: byId(CUSTOMER),
	invoice: byId(invoices),
	...more,
});
const unpack = { options: { unpack: true } };

describe('Invoice: Download', () => {
	it('gives the file of one invoice, with what is known of it', async () => {
		answer([FIRST], PDF);
		const items = await execute(settingsWith(download(FIRST)));
		const fileName = `FLOLIVE_20100_${FIRST}.pdf`;
		expect(items).toEqual([
			{
				json: {
					customer: CUSTOMER,
					invoiceIds: [FIRST],
					fileName,
					mimeType: 'application/pdf',
					size: PDF.length,
					sha256: createHash('sha256').update(PDF).digest('hex'),
					binaryField: 'data',
				},
				binary: {
					data: expect.objectContaining({ data: PDF.toString('base64'), fileName, mimeType: 'application/pdf' }),
				},
				pairedItem: { item: 0 },
			},
		]);
		expectSchema('FloLive', 'invoice', 'download', items);
	});

	it('gives several invoices as one zip, by one request', async () => {
		answer([FIRST, SECOND], zipSync({ 'a.pdf': PDF, 'b.pdf': PDF }));
		const items = await execute(settingsWith(download(`${FIRST}, ${SECOND}, ${FIRST}`, { binaryPropertyName: 'zip' })));
		expect(items).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					invoiceIds: [FIRST, SECOND],
					fileName: 'FLOLIVE_20100_2-invoices.zip',
					mimeType: 'application/zip',
				}),
				binary: { zip: expect.objectContaining({ mimeType: 'application/zip' }) },
			}),
		]);
	});

	it('gives the files of a zip one by one where it is to unpack', async () => {
		answer([FIRST], zipSync({ 'folder/invoice-1134.pdf': PDF, 'invoice-1134.xml': XML }));
		const items = await execute(settingsWith(download(FIRST, unpack)));
		expect(items.map(({ json }) => [json.fileName, json.mimeType, json.size])).toEqual([
			['invoice-1134.pdf', 'application/pdf', PDF.length],
			['invoice-1134.xml', 'application/xml', XML.length],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		expectSchema('FloLive', 'invoice', 'download', items);
	});

	it('gives a file that is no zip as it is where it is to unpack', async () => {
		answer([FIRST], PDF);
		const items = await execute(settingsWith(download(FIRST, unpack)));
		expect(items.map(({ json }) => json.mimeType)).toEqual(['application/pdf']);
	});

	it.each([
		['a zip with fewer files than invoices', zipSync({ 'a.pdf': PDF })],
		['one file for two invoices', PDF],
	])('refuses %s: an invoice would be missing', async (_, file) => {
		answer([FIRST, SECOND], file);
		await expect(execute(settingsWith(download(`${FIRST},${SECOND}`)))).rejects.toMatchObject({
			message: 'floLIVE gave fewer files (1) than invoices (2)',
			description: expect.stringContaining('one at a time'),
		});
	});

	it('keeps what is no invoice file from being saved as one', async () => {
		answer([FIRST], Buffer.from('<html>Service unavailable</html>'));
		await expect(execute(settingsWith(download(FIRST)))).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it('sends nothing where no invoice is named', async () => {
		await expect(execute(settingsWith(download('')))).rejects.toMatchObject({ message: "'Invoice' is empty" });
	});
});
