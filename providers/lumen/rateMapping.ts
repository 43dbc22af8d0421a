/** Lumen's charge lines to the model: API v1 applied billing rates as TMF678 records, API v2 service level charges. */
import type { Rate, RateField } from '../model/rate';
import { type JsonObject, objectOf, textOf } from '../model/json';
import { toRate } from '../tmf678/rateMapping';
import { RecordReader } from '../tmf678/recordReader';
import type { WireRate } from '../tmf678/wire';
import { lumenContext } from './billMapping';
import type { IdentifiedLine } from './lineIds';

export interface LineOwner {
	readonly connection: string;
	readonly account: string;
	/** The bill that was asked about: known where the line itself names none. */
	readonly bill: string | null;
}

/** API v1. A line that names no bill belongs to the one that was asked about, where only one was. */
export function toAppliedRate({ id, record }: IdentifiedLine, { connection, account, bill }: LineOwner): Rate {
	const context = lumenContext(connection, account);
	const named = billNamedBy(record);
	const wire: WireRate = { ...record, id, bill: named === null ? null : { id: named } };
	// Lumen documents no credit notes, so nothing was negated on its bills.
	const rate = toRate(wire, context, 'AS_REPORTED');
	const remoteId = named ?? bill;
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

/** By reference, by number, or as a plain member. */
function billNamedBy(record: JsonObject): string | null {
	const reference = record['bill'] ?? null;
	const { id, billNo } = objectOf(reference);
	return (
		[id, billNo, reference, record['invoiceNumber'], record['billNo']].map(textOf).find((text) => text !== null) ?? null
	);
}

/** API v2. `netAmount` is what counts; `chargeAmount` stands in where it is missing, and is kept beside it otherwise. */
export function toServiceCharge({ id, record }: IdentifiedLine, { connection, account, bill }: LineOwner): Rate {
	const context = lumenContext(connection, account);
	const reader = RecordReader.of(record, context);
	const amounts = reader.child('charge');
	const [net, charged] = [amounts.money('netAmount'), amounts.money('chargeAmount')];
	const service = reader.text('billingServiceId');
	return {
		identity: { ...context.owner, remoteId: id },
		bill: bill === null ? null : { scope: account, remoteId: bill },
		billingAccountId: account,
		name: reader.text('chargeDescription1'),
		description: reader.text('chargeDescription2'),
		type: 'UNKNOWN',
		typeRaw: null,
		date: null,
		period: reader.span(['chargeFromDate'], ['chargeToDate'], context.periodEndCounts),
		product: service === null ? null : { id: service, name: null },
		net: net ?? charged,
		tax: null,
		gross: null,
		taxItems: null,
		quantity: null,
		unitPrice: null,
		isBilled: bill === null ? null : true,
		characteristics:
			net === null || charged === null
				? []
				: [{ name: 'chargeAmount', value: objectOf(record['charge'])['chargeAmount'] ?? null }],
		notes: {
			derived: ['billingAccount', 'bill', 'isBilled', ...(net === null && charged !== null ? (['net'] as const) : [])],
			notFetched: [],
		},
		notices: reader.notices,
		raw: record,
	};
}
