/**
 * Lumen's JSON. Neither version's bodies are documented in public.
 *
 * API v1 names its resources after TMF678, so its records are read as those of `tmf678/`, with what Lumen's own words
 * (error texts) name besides. API v2 is known from its field names only. Every member is read as if it could be anything.
 */
import type { JsonObject, JsonValue } from '../model/json';
import type { WireBill, WireRate } from '../tmf678/wire';

type Optional<T> = T | null | undefined;
type Amount = number | string;

/** Members that Lumen's error texts name: the currency in which the account is rated, and that of the invoice. */
interface LumenCurrencies {
	readonly CurrencyCode?: Optional<string>;
	readonly invoiceCurrencyCode?: Optional<string>;
}

/** API v1 `customerBill`; `id` is the invoice number. */
export type WireCustomerBill = Partial<WireBill> & LumenCurrencies;

/** API v1 `appliedCustomerBillingRate`. */
export type WireAppliedRate = Partial<WireRate> & LumenCurrencies;

/** API v2 `customerBill`: one object, or an array of them. */
export interface WireBillDetailsAnswer extends JsonObject {
	readonly CustomerBillDetails?: Optional<readonly WireInvoice[]>;
	readonly customerBillDetails?: Optional<readonly WireInvoice[]>;
}

export interface WireInvoice extends JsonObject {
	readonly invoiceNumber?: Optional<string>;
	readonly documentSummaryDetails?: Optional<readonly WireStatement[]>;
}

/** One document of an invoice. */
export interface WireStatement extends JsonObject {
	readonly billCharges?: Optional<{
		/** What this statement adds. */
		readonly currentCharges?: Optional<Amount>;
		/** What is to be paid, with what was carried over. */
		readonly totalAmountDue?: Optional<Amount>;
	}>;
	readonly currencyCode?: Optional<string>;
	readonly fromDate?: Optional<string>;
	readonly toDate?: Optional<string>;
	readonly statementDate?: Optional<string>;
}

/** API v2 `serviceLevelChargeDetails`: one object, or an array of them. */
export interface WireChargeDetailsAnswer extends JsonObject {
	readonly serviceLevelChargeDetail?: Optional<readonly WireChargeDetail[]>;
}

export interface WireChargeDetail extends JsonObject {
	readonly serviceLevelCharge?: Optional<readonly WireServiceCharge[]>;
}

export interface WireServiceCharge extends JsonObject {
	readonly billingServiceId?: Optional<string>;
	readonly chargeDescription1?: Optional<string>;
	readonly chargeDescription2?: Optional<string>;
	readonly charge?: Optional<{ readonly netAmount?: Optional<Amount>; readonly chargeAmount?: Optional<Amount> }>;
	readonly chargeFromDate?: Optional<string>;
	readonly chargeToDate?: Optional<string>;
}

/** A row of a bill list, told by its shape whichever version was asked. */
export type BillRow =
	| { readonly kind: 'CUSTOMER_BILL'; readonly record: JsonObject }
	/** One document of an API v2 invoice, alone in the invoice that it came in. */
	| {
			readonly kind: 'STATEMENT';
			readonly invoiceNumber: JsonValue;
			readonly record: JsonObject;
			/** Says the same as a document before it in the same invoice. */
			readonly isCopy: boolean;
	  };
