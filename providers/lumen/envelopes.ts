/** Finds the records in an answer by its shape: a list, a single record, or either inside an envelope. */
import { contentHash } from '../model/contentHash';
import { type JsonObject, type JsonValue, arrayOf, isJsonObject, textOf } from '../model/json';
import { protocolError } from '../transport/errors';
import type { NestedEntry } from './nestedPages';
import { isNoDataText } from './refusal';
import type { BillRow } from './wire';

interface Shape {
	readonly what: string;
	/** Members that hold the records, in lower case. */
	readonly envelopes: readonly string[];
	/** Members of which a record has at least one. */
	readonly members: readonly string[];
}

const BILLS: Shape = {
	what: 'bills',
	envelopes: ['customerbill', 'customerbills', 'customerbilldetail', 'customerbilldetails'],
	members: ['id', 'billNo', 'invoiceNumber', 'documentSummaryDetails'],
};
const RATES: Shape = {
	what: 'applied billing rates',
	envelopes: ['appliedcustomerbillingrate', 'appliedcustomerbillingrates'],
	members: ['id', 'product', 'taxExcludedAmount', 'taxIncludedAmount'],
};
const CHARGE_DETAILS: Shape = {
	what: 'service level charges',
	envelopes: ['servicelevelchargedetail', 'servicelevelchargedetails'],
	members: ['serviceLevelCharge'],
};

const GENERAL_ENVELOPES = ['data', 'content', 'items', 'results'];
const FAILURE_MEMBERS = ['error', 'errors', 'errormessage', 'fault'];
const GOOD_CODE = /^(?:0|2\d\d|ok|success)$/i;
/** Deeper than any envelope; a bound on what a hostile answer can make us do. */
const DEEPEST = 6;

/** @throws BillingError PROTOCOL for an answer that holds no list of bills, not even an empty one */
export function billsIn(answer: JsonValue): readonly NestedEntry<BillRow>[] {
	return recordsIn(answer, BILLS).map(entryOfRecord);
}

/** @throws BillingError PROTOCOL */
export function ratesIn(answer: JsonValue): readonly JsonObject[] {
	return recordsIn(answer, RATES);
}

/** Charges of API v2, each alone in the detail that it came in. @throws BillingError PROTOCOL */
export function chargesIn(answer: JsonValue): readonly NestedEntry<JsonObject>[] {
	return recordsIn(answer, CHARGE_DETAILS).map(({ serviceLevelCharge, ...detail }) => {
		const charges = objectsOf(serviceLevelCharge, 'serviceLevelCharge');
		return { size: charges.length, rows: charges.map((charge) => ({ ...detail, serviceLevelCharge: charge })) };
	});
}

function recordsIn(answer: JsonValue, shape: Shape, depth = 0): readonly JsonObject[] {
	if (depth > DEEPEST) throw notAList(shape);
	const list = arrayOf(answer);
	if (list !== null) return list.flatMap((item) => recordsIn(item, shape, depth + 1));
	if (!isJsonObject(answer)) throw notAList(shape);

	const inside = envelopeOf(answer, shape.envelopes);
	if (inside !== undefined) return recordsInside(inside, answer, shape, depth);
	if (shape.members.some((name) => Object.hasOwn(answer, name))) return [answer];
	const general = envelopeOf(answer, GENERAL_ENVELOPES);
	if (general !== undefined) return recordsInside(general, answer, shape, depth);
	throw notAList(shape);
}

function recordsInside(inside: JsonValue, answer: JsonObject, shape: Shape, depth: number): readonly JsonObject[] {
	const records = inside === null ? [] : recordsIn(inside, shape, depth + 1);
	if (records.length === 0 && tellsOfFailure(answer)) throw notAList(shape);
	return records;
}

/** What the envelope holds: records, or null for "none"; undefined where the object is no such envelope. */
function envelopeOf(answer: JsonObject, names: readonly string[]): JsonValue | undefined {
	const found = Object.entries(answer).find(
		([name, value]) => names.includes(name.toLowerCase()) && (value === null || typeof value === 'object'),
	);
	return found?.[1];
}

/** Told in an answer with status 200, beside a list with nothing in it. */
function tellsOfFailure(answer: JsonObject): boolean {
	if (isNoDataText(JSON.stringify(answer))) return false;
	return Object.entries(answer).some(([name, value]) => {
		const said = textOf(value) ?? '';
		if (name.toLowerCase() === 'code') return said !== '' && !GOOD_CODE.test(said);
		return FAILURE_MEMBERS.includes(name.toLowerCase()) && (said !== '' || isFilled(value));
	});
}

function isFilled(value: JsonValue | undefined): boolean {
	return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function entryOfRecord(record: JsonObject): NestedEntry<BillRow> {
	if (!Object.hasOwn(record, 'documentSummaryDetails')) return { size: 1, rows: [{ kind: 'CUSTOMER_BILL', record }] };
	const { documentSummaryDetails, ...invoice } = record;
	const documents = objectsOf(documentSummaryDetails, 'documentSummaryDetails');
	// An invoice that lists no document is a bill all the same: one of which only the number is known.
	const seen = new Set<string>();
	const rows = (documents.length === 0 ? [{}] : documents).map((document): BillRow => ({
		kind: 'STATEMENT',
		invoiceNumber: invoice['invoiceNumber'] ?? null,
		record: { ...invoice, documentSummaryDetails: document },
		isCopy: seen.size === seen.add(contentHash(document)).size,
	}));
	return { size: documents.length, rows };
}

function objectsOf(value: JsonValue | undefined, name: string): readonly JsonObject[] {
	if (value === undefined || value === null) return [];
	return (arrayOf(value) ?? [value]).map((item) => {
		if (!isJsonObject(item)) throw protocolError(`Lumen's ${name} holds something that is not an object`);
		return item;
	});
}

function notAList(shape: Shape): Error {
	return protocolError(`Lumen's answer is not a list of ${shape.what}`);
}
