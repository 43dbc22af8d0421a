// Files that nodes put out, checked against what the node says of them and against the sandbox's own bytes.
import { createHash } from 'node:crypto';

import type { INodeExecutionData } from 'n8n-workflow';

import type { SandboxProvider } from '../../../sandbox/data/ledger';
import { MAX_PDF_LINES, pdfOfBill } from '../../../sandbox/documents/pdf';
import { xmlOfBill } from '../../../sandbox/documents/xml';
import type { RunningSandbox } from '../../../sandbox/server';
import type { Download, N8n } from './n8n';

const FIRST_BYTES: Readonly<Record<string, string>> = {
	'application/pdf': '%PDF-',
	'application/xml': '<?xml',
	'application/zip': 'PK\u0003\u0004',
};

/**
 * The file of an item, once the item's JSON and the file have been found to agree: name, type, size, checksum and, where
 * the type has some, its first bytes.
 */
export async function checkedFile(n8n: N8n, item: INodeExecutionData | undefined): Promise<Download> {
	if (item === undefined) throw new Error('there is no item to have a file');
	const file = await n8n.binary(item);
	const { fileName, mimeType, size, sha256, binaryField } = item.json;
	expect({ fileName, mimeType, size, sha256, binaryField }).toEqual({
		fileName: file.fileName,
		mimeType: file.mimeType,
		size: file.bytes.length,
		sha256: createHash('sha256').update(file.bytes).digest('hex'),
		binaryField: 'data',
	});
	const start = FIRST_BYTES[file.mimeType] ?? '';
	expect(file.bytes.subarray(0, start.length).toString('latin1')).toBe(start);
	return file;
}

/** What the sandbox gives as the PDF of a bill: the same bytes every time. */
export async function truePdf(
	{ ledger }: Pick<RunningSandbox, 'ledger'>,
	provider: SandboxProvider,
	billId: string,
): Promise<Buffer> {
	const bill = ledgerBill(ledger, provider, billId);
	return Buffer.from(await pdfOfBill(bill, ledger.lines(bill, 0, MAX_PDF_LINES)));
}

export function trueXml({ ledger }: Pick<RunningSandbox, 'ledger'>, provider: SandboxProvider, billId: string): Buffer {
	const bill = ledgerBill(ledger, provider, billId);
	return Buffer.from(xmlOfBill(bill, ledger.lines(bill)));
}

function ledgerBill(ledger: RunningSandbox['ledger'], provider: SandboxProvider, billId: string) {
	const bill = ledger.bill(provider, billId);
	if (bill === undefined) throw new Error(`the books have no bill ${billId}`);
	return bill;
}
