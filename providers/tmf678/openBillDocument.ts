/** Opens a document of a TMF678 bill: the content inside the record, or what its link leads to. */
import type { WalkOptions } from '../connector';
import { documentFileName, extensionFor } from '../documents/fileName';
import type { WantedDocument } from '../documents/kind';
import { inlineDocument, openLink } from '../documents/open';
import type { Bill } from '../model/bill';
import type { BillDocument, DocumentRef, DocumentStream } from '../model/document';
import type { Tmf678Api } from './api';
import { toBill } from './billMapping';
import type { TmfSettings } from './dialect';
import { readDocuments } from './documentMapping';
import type { MappingContext } from './mappingContext';
import { RecordReader } from '../model/recordReader';

const USUAL_TYPES = ['application/pdf', 'application/zip', 'application/xml'];
/** The document says that a mime type may be "a file extension like jpeg". */
const TYPES_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
	['pdf', 'application/pdf'],
	['zip', 'application/zip'],
	['xml', 'application/xml'],
	['csv', 'text/csv'],
	['txt', 'text/plain'],
	['html', 'text/html'],
	['json', 'application/json'],
	['jpg', 'image/jpeg'],
	['jpeg', 'image/jpeg'],
	['png', 'image/png'],
]);
/** It becomes a header, so nothing else may come along (RFC 9110, 8.3.1, without parameters). */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
const FIELDS = 'billNo,billDate,billingAccount,billDocument';

/**
 * Reads the bill again, since links may be signed for a short time only.
 * @throws BillingError NOT_FOUND where the bill has no such document; see `openLink`
 */
export async function openBillDocument(
	{ billId, documentId }: DocumentRef,
	{ api, context, settings }: { api: Tmf678Api; context: MappingContext; settings: TmfSettings },
	{ signal }: WalkOptions = {},
): Promise<DocumentStream> {
	const record = await api.customerBill(billId, { fields: FIELDS }, { signal });
	const bill = toBill(record, context);
	const documents = readDocuments(RecordReader.of(record), bill.identity);
	const document = documents?.find(({ id }) => id === documentId);
	if (document === undefined) {
		throw api.client.error({
			kind: 'NOT_FOUND',
			message: `The bill has no document "${documentId}"`,
			hint: 'Read the bill again: its documents may have changed.',
		});
	}
	const wanted = wantedOf(bill, document, documents?.length === 1);
	if (document.source.kind === 'INLINE') return inlineDocument(document.source.base64, wanted);
	const rules = {
		ownOrigins: [`${api.baseUrl}/`],
		foreignHosts: settings.documentHosts,
		allowHttp: settings.allowHttp,
	};
	return openLink(api.client, document.source.url, rules, { ...wanted, signal });
}

function wantedOf(
	{ identity, number, billDate, billingAccount }: Bill,
	{ id, mediaType }: BillDocument,
	isOnly: boolean,
): WantedDocument {
	const declared = mediaType === null ? '' : (TYPES_BY_EXTENSION.get(mediaType.toLowerCase()) ?? mediaType);
	const mediaTypes = [...new Set([...(MEDIA_TYPE.test(declared) ? [declared] : []), ...USUAL_TYPES])];
	return {
		mediaTypes,
		fileName: documentFileName({
			provider: identity.provider,
			account: billingAccount?.number ?? billingAccount?.id ?? null,
			number: number ?? identity.remoteId,
			date: billDate,
			document: isOnly ? null : id,
			extension: extensionFor(mediaTypes[0] ?? ''),
		}),
	};
}
