/** Orange Business "Billing for Business" as JSON. Beyond the members named here the document gives no names: see `fieldAliases.ts`. */
import type { JsonObject } from '../model/json';

type Optional<T> = T | null | undefined;

/** Every resource has an id; a request for one id may answer with another. */
export interface WireResource extends JsonObject {
	readonly id: string | number;
}

export interface WireBill extends WireResource {
	/** invoice, creditNote. */
	readonly type?: Optional<string>;
	/** paper, eInvoicing. */
	readonly sendingFormat?: Optional<string>;
	readonly customer?: Optional<{
		readonly id?: Optional<string | number>;
		readonly name?: Optional<string>;
		readonly segment?: Optional<string>;
	}>;
	/** Known from a search example. */
	readonly currency?: Optional<{ readonly id?: Optional<string> }>;
	/** Known as the name of a date filter. */
	readonly issuedAt?: Optional<string>;
	/** When the record was made, which is not when the bill was issued. */
	readonly createdAt?: Optional<string>;
	readonly updatedAt?: Optional<string>;
}

/** One charge line of a bill (`bills/{billId}/items`). */
export type WireItem = WireResource;
export type WireBillingAccount = WireResource;

/** How many bills have one value of the attribute that was grouped by. */
export interface SnapshotCount {
	readonly value: string;
	readonly bills: number;
}
