/** Orange bill item (`bills/{billId}/items`) to the model's rate. */
import type { LocalId } from '../model/identity';
import { type JsonObject } from '../model/json';
import type { Characteristic, Rate, RateType } from '../model/rate';
import { type SignPolicy, signed } from '../model/sign';
import { compact } from '../model/words';
import { RecordReader } from '../model/recordReader';
import { type Owner, identityOf } from './billMapping';
import type { FieldNames } from './fieldAliases';

/** The words of TMF678, and those of the Frequency column of Orange's reports. */
const TYPES: ReadonlyMap<string, RateType> = new Map([
	['recurringcharge', 'RECURRING'],
	['recurring', 'RECURRING'],
	['monthly', 'RECURRING'],
	['onetimecharge', 'ONE_TIME'],
	['onetime', 'ONE_TIME'],
	['oneoff', 'ONE_TIME'],
	['nonrecurring', 'ONE_TIME'],
	['usagecharge', 'USAGE'],
	['usage', 'USAGE'],
	['credit', 'CREDIT'],
	['creditnote', 'CREDIT'],
	['penalty', 'PENALTY'],
]);

export interface ItemContext {
	readonly owner: Owner;
	readonly names: FieldNames;
	/** The bill that was asked about; an item need not name it. Its id is the item's scope, since items are addressed under it. */
	readonly bill: LocalId;
	/** An item is signed as its bill is, so that the two add up. */
	readonly signPolicy: SignPolicy;
	/** Billing account of the bill: an item that names none is charged to it. Null: not known. */
	readonly accountId: string | null;
}

/** @throws BillingError PROTOCOL for an item without a usable id */
export function toRate(record: JsonObject, { owner, names, bill, signPolicy, accountId }: ItemContext): Rate {
	const reader = RecordReader.of(record, { currencyMembers: names.currency });
	const typeRaw = reader.text(...names.itemType);
	const productId = reader.text(...names.itemProductId);
	const productName = reader.text(...names.itemProductName);
	const ownAccountId = reader.text(...names.accountId, ...names.accountNumber);
	return {
		identity: identityOf(record, owner, 'bill item', bill.remoteId),
		bill,
		billingAccountId: ownAccountId ?? accountId,
		name: reader.text(...names.itemName),
		description: reader.text(...names.itemDescription),
		type: typeRaw === null ? 'UNKNOWN' : (TYPES.get(compact(typeRaw)) ?? 'UNKNOWN'),
		typeRaw,
		date: reader.date(...names.itemDate),
		period: reader.span(names.itemPeriodStart, names.itemPeriodEnd, null),
		product: productId === null && productName === null ? null : { id: productId, name: productName },
		net: signed(reader.money(...names.itemNet), signPolicy),
		tax: signed(reader.money(...names.itemTax), signPolicy),
		gross: signed(reader.money(...names.itemGross), signPolicy),
		taxItems: null,
		quantity: reader.decimal(...names.itemQuantity),
		unitPrice: reader.money(...names.itemUnitPrice),
		isBilled: true,
		characteristics: plainMembers(record),
		notes: {
			derived: [
				'isBilled',
				'bill',
				...(ownAccountId === null && accountId !== null ? (['billingAccount'] as const) : []),
			],
			notFetched: [],
		},
		notices: reader.notices,
		raw: record,
	};
}

/** Every member with a plain value, under Orange's own name: site, speed, purchase order and whatever else it gives. */
function plainMembers(record: JsonObject): readonly Characteristic[] {
	return Object.entries(record).flatMap(([name, value]) =>
		name === 'id' || value === null || value === undefined || typeof value === 'object' ? [] : [{ name, value }],
	);
}
