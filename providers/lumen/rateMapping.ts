/** Lumen's charge lines to the model: API v1 applied billing rates as TMF678 records, API v2 service level charges. */
import type { Rate, RateField } from '../model/rate';
import { type JsonObject, objectOf, textOf } from '../model/json';
import type { SignPolicy } from '../model/sign';
import { toRate } from '../tmf678/rateMapping';
import { RecordReader } from '../model/recordReader';
import type { WireRate } from '../tmf678/wire';
import { CURRENCY_MEMBERS, lumenContext } from './billMapping';
import type { IdentifiedLine } from './lineIds';

export interface LineOwner {
	readonly connection: string;
	readonly account: string;
	/** The bill that was asked about, where only one was: that of lines which name none. */
	readonly bill: string | null;
	/** What was done to the amounts of the bill of that name, so that it and its lines add up. */
	readonly signPolicyOf?: (bill: string) => SignPolicy;
}

export interface InvoiceOwner extends Omit<LineOwner, 'signPolicyOf'> {
	readonly bill: string;
}

/** API v1. A line that names no bill belongs to the one that was asked about, where only one was. */
export function toAppliedRate(
	{ id, record }: IdentifiedLine,
	{ connection, account, bill, signPolicyOf = asReported }: LineOwner,
): Rate {
	const context = lumenContext(connection, account);
	const named = billNamedBy(record);
	const wire: WireRate = { ...record, id, bill: named === null ? null : { id: named } };
	const remoteId = named ?? bill;
	const rate = toRate(wire, context, remoteId === null ? 'AS_REPORTED' : signPolicyOf(remoteId));
	const derived: RateField[] = [...rate.notes.derived];
	if (named === null && bill !== null) derived.push('bill');
	// A line on a bill is billed.
	const isBilled = rate.isBilled ?? (remoteId === null ? null : true);
	if (rate.isBilled === null && isBilled !== null) derived.push('isBilled');
	return {
		...rate,
		bill: remoteId === null ? null : { scope: account, remoteId },
		isBilled,
		notes: { ...rate.notes, derived },
		raw: record,
	};
}

/** Lumen documents no credit notes; only a bill that was seen to be one tells otherwise. */
function asReported(): SignPolicy {
	return 'AS_REPORTED';
}

/** By reference, by number, or as a plain member. */
function billNamedBy(record: JsonObject): string | null {
	const reference = record['bill'] ?? null;
	const { id, billNo } = objectOf(reference);
	return (
		[id, billNo, reference, record['invoiceNumber'], record['billNo']].map(textOf).find((text) => text !== null) ?? null
	);
}

/** API v2. `netAmount` is what counts; `chargeAmount` stands in where it is missing, and is kept beside it otherwise. */
export function toServiceCharge({ id, record }: IdentifiedLine, { connection, account, bill }: InvoiceOwner): Rate {
	const context = lumenContext(connection, account);
	const currencyMembers = ['serviceLevelCharge.currencyCode', ...CURRENCY_MEMBERS];
	const charge = RecordReader.of(record, { currencyMembers }).child('serviceLevelCharge');
	const amounts = charge.child('charge');
	const [net, charged] = [amounts.money('netAmount'), amounts.money('chargeAmount')];
	const service = charge.text('billingServiceId');
	const derived: RateField[] = ['billingAccount', 'bill', 'isBilled'];
	if (net === null && charged !== null) derived.push('net');
	return {
		identity: { ...context.owner, remoteId: id },
		bill: { scope: account, remoteId: bill },
		billingAccountId: account,
		name: charge.text('chargeDescription1'),
		description: charge.text('chargeDescription2'),
		type: 'UNKNOWN',
		typeRaw: null,
		date: null,
		period: charge.span(['chargeFromDate'], ['chargeToDate'], context.periodEndCounts),
		product: service === null ? null : { id: service, name: null },
		net: net ?? charged,
		tax: null,
		gross: null,
		taxItems: null,
		quantity: null,
		unitPrice: null,
		isBilled: true,
		characteristics: net === null || charged === null ? [] : [{ name: 'chargeAmount', value: charged.amount }],
		notes: { derived, notFetched: [] },
		notices: charge.notices,
		raw: record,
	};
}
