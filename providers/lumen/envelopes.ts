/** Finds the records in an answer by its shape: a list, a single record, or either inside an envelope. */
import { contentHash } from '../model/contentHash';
import { type JsonObject, type JsonValue, arrayOf, isJsonObject } from '../model/json';
import { protocolError } from '../transport/errors';
import type { NestedRows } from './nestedPages';
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
/** Deeper than any envelope; a bound on what a hostile answer can make us do. */
const DEEPEST = 6;

/** @throws BillingError PROTOCOL for an answer that holds no list of bills, not even an empty one */
export function billRowsIn(answer: JsonValue): readonly BillRow[] {
	return recordsIn(answer, BILLS).flatMap(rowsOfRecord);
}

/** @throws BillingError PROTOCOL */
export function ratesIn(answer: JsonValue): readonly JsonObject[] {
	return recordsIn(answer, RATES);
}

/** Charges of API v2, each alone in the detail that it came in. @throws BillingError PROTOCOL */
export function chargesIn(answer: JsonValue): NestedRows<JsonObject> {
	const details = recordsIn(answer, CHARGE_DETAILS);
	return {
		outer: details.length,
		rows: details.flatMap(({ serviceLevelCharge, ...detail }) =>
			objectsOf(serviceLevelCharge, 'serviceLevelCharge').map((charge) => ({ ...detail, serviceLevelCharge: charge })),
		),
	};
}

function recordsIn(answer: JsonValue, shape: Shape, depth = 0): readonly JsonObject[] {
	if (depth > DEEPEST) throw notAList(shape);
	const list = arrayOf(answer);
	if (list !== null) return list.flatMap((item) => recordsIn(item, shape, depth + 1));
	if (!isJsonObject(answer)) throw notAList(shape);

	const inside = envelopeOf(answer, shape.envelopes);
	if (inside !== undefined) return inside === null ? [] : recordsIn(inside, shape, depth + 1);
	if (shape.members.some((name) => Object.hasOwn(answer, name))) return [answer];
	const general = envelopeOf(answer, GENERAL_ENVELOPES);
	if (general !== undefined) return general === null ? [] : recordsIn(general, shape, depth + 1);
	throw notAList(shape);
}

/** What the envelope holds: records, or null for "none"; undefined where the object is no such envelope. */
function envelopeOf(answer: JsonObject, names: readonly string[]): JsonValue | undefined {
	const found = Object.entries(answer).find(
		([name, value]) => names.includes(name.toLowerCase()) && (value === null || typeof value === 'object'),
	);
	return found?.[1];
}

function rowsOfRecord(record: JsonObject): readonly BillRow[] {
	if (!Object.hasOwn(record, 'documentSummaryDetails')) return [{ kind: 'CUSTOMER_BILL', record }];
	const { documentSummaryDetails, ...invoice } = record;
	const documents = objectsOf(documentSummaryDetails, 'documentSummaryDetails');
	// An invoice that lists no document is a bill all the same: one of which only the number is known.
	const seen = new Set<string>();
	return (documents.length === 0 ? [{}] : documents).map((document) => ({
		kind: 'STATEMENT',
		invoiceNumber: invoice['invoiceNumber'] ?? null,
		record: { ...invoice, documentSummaryDetails: document },
		isCopy: seen.size === seen.add(contentHash(document)).size,
	}));
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
