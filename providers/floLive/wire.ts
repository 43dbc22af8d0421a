/** floLIVE Public API v2 as JSON, from "Get Customer Invoice List" and its neighbours. Only ids are certain. */
import type { JsonObject } from '../model/json';
import type { WirePage } from '../transport/pageWalk';

type Optional<T> = T | null | undefined;

/** Rows of one answer, with what its `pageable` says. */
export interface EnvelopePage<Row> extends WirePage<Row> {
	/** 1 where the list is not paged. */
	readonly totalPages: number;
	/** Rows a page; null where the list is not paged. */
	readonly size: number | null;
}

export interface WireInvoice extends JsonObject {
	/** UUID. */
	readonly id: string;
	/** Text, even where it looks like a number. */
	readonly invoiceNumber?: Optional<string>;
	readonly creationTime?: Optional<string>;
	/** The document's table has the `Time` names, its example the `Date` names. */
	readonly billingCycleStartTime?: Optional<string>;
	readonly billingCycleStartDate?: Optional<string>;
	readonly billingCycleEndTime?: Optional<string>;
	readonly billingCycleEndDate?: Optional<string>;
	readonly currency?: Optional<string>;
	readonly netAmount?: Optional<number | string>;
	readonly taxAmount?: Optional<number | string>;
	readonly totalAmount?: Optional<number | string>;
	/** Typed as a date-time, written as a date in the example. */
	readonly dueDate?: Optional<string>;
}

/** `eligible-bcd`: a billing cycle definition that the customer may use. */
export interface WireBillingCycleDefinition extends JsonObject {
	readonly id: string | number;
	readonly name?: Optional<string>;
	readonly description?: Optional<string>;
	readonly periodType?: Optional<string>;
	readonly startDay?: Optional<number>;
	readonly duration?: Optional<number>;
	/** XML, PDF or ALL. */
	readonly invoiceFormat?: Optional<string>;
	readonly isAutomatic?: Optional<boolean>;
}

export interface WireUser extends JsonObject {
	readonly id: string | number;
	readonly username?: Optional<string>;
	/** PORTAL or PUBLIC_API. */
	readonly usertype?: Optional<string>;
	readonly customerId?: Optional<string | number>;
	readonly customerName?: Optional<string>;
	readonly role?: Optional<string>;
	readonly logoImage?: Optional<string>;
}
