/** An applied billing rate: one charge line of a bill (TMF678 `AppliedCustomerBillingRate`, Orange bill item). */
import type { FieldNotes } from './availability';
import type { CalendarDate } from './dates';
import type { Decimal } from './decimal';
import type { Identity, LocalId } from './identity';
import type { JsonObject, JsonValue } from './json';
import type { Money } from './money';
import type { Period } from './period';
import type { TaxItem } from './tax';

export const RATE_TYPES = ['RECURRING', 'ONE_TIME', 'USAGE', 'CREDIT', 'PENALTY', 'OTHER', 'UNKNOWN'] as const;
export type RateType = (typeof RATE_TYPES)[number];

export const RATE_FIELDS = [
	'name',
	'description',
	'type',
	'date',
	'period',
	'product',
	'net',
	'tax',
	'gross',
	'taxItems',
	'quantity',
	'unitPrice',
	'isBilled',
	'bill',
	'billingAccount',
] as const;
export type RateField = (typeof RATE_FIELDS)[number];

export interface Product {
	readonly id: string | null;
	readonly name: string | null;
}

/** A provider's own name and value; `value` keeps its JSON type. */
export interface Characteristic {
	readonly name: string;
	readonly value: JsonValue;
}

/** Amounts in major units, exact, signed by their effect on what is owed. */
export interface Rate {
	readonly identity: Identity;
	/** Null while the rate is not billed yet, or when the provider does not say. */
	readonly bill: LocalId | null;
	readonly billingAccountId: string | null;
	readonly name: string | null;
	readonly description: string | null;
	readonly type: RateType;
	readonly typeRaw: string | null;
	readonly date: CalendarDate | null;
	readonly period: Period | null;
	readonly product: Product | null;
	readonly net: Money | null;
	readonly tax: Money | null;
	readonly gross: Money | null;
	readonly taxItems: readonly TaxItem[] | null;
	readonly quantity: Decimal | null;
	readonly unitPrice: Money | null;
	readonly isBilled: boolean | null;
	readonly characteristics: readonly Characteristic[];
	readonly notes: FieldNotes<RateField>;
	readonly notices: readonly string[];
	readonly raw: JsonObject;
}
