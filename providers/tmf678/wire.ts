/**
 * TMF678 Customer Bill Management as JSON: v4.0.0, with what v2.1 and v5.0.0 name otherwise.
 *
 * The types say what the specification writes. Nothing but the id is certain (list items may hold nothing else, and
 * members may be null), so the mapping reads every member as if it could be anything.
 */
import type { JsonObject, JsonValue } from '../model/json';

type Optional<T> = T | null | undefined;

/** A record with its id: the one thing that the mapping may rely on. */
export interface WireRecord extends JsonObject {
	readonly id: string | number;
	readonly href?: Optional<string>;
	readonly '@type'?: Optional<string>;
	readonly '@baseType'?: Optional<string>;
	readonly '@schemaLocation'?: Optional<string>;
}

export interface WireMoney extends JsonObject {
	/** ISO 4217. */
	readonly unit?: Optional<string>;
	/** Text where the number has more than 15 significant digits. */
	readonly value?: Optional<number | string>;
}

export interface WirePeriod extends JsonObject {
	readonly startDateTime?: Optional<string>;
	readonly endDateTime?: Optional<string>;
}

export interface WireRef extends JsonObject {
	readonly id?: Optional<string>;
	readonly href?: Optional<string>;
	readonly name?: Optional<string>;
	readonly '@referredType'?: Optional<string>;
}

export interface WireAccountRef extends WireRef {
	/** Oracle BRM only. */
	readonly accountNumber?: Optional<string>;
}

export interface WireRelatedParty extends WireRef {
	readonly role?: Optional<string>;
	/** v5: the reference is one level down. */
	readonly partyOrPartyRole?: Optional<WireRef>;
}

export interface WireTaxItem extends JsonObject {
	readonly taxCategory?: Optional<string>;
	readonly taxRate?: Optional<number | string>;
	readonly taxAmount?: Optional<WireMoney>;
}

export interface WirePayment extends JsonObject {
	readonly appliedAmount?: Optional<WireMoney>;
	readonly payment?: Optional<WireRef & { readonly amount?: Optional<WireMoney> }>;
}

export interface WireDocument extends JsonObject {
	readonly id?: Optional<string>;
	readonly href?: Optional<string>;
	readonly attachmentType?: Optional<string>;
	/** Base64. */
	readonly content?: Optional<string>;
	readonly description?: Optional<string>;
	readonly mimeType?: Optional<string>;
	readonly name?: Optional<string>;
	readonly url?: Optional<string>;
	readonly size?: Optional<{ readonly amount?: Optional<number | string>; readonly units?: Optional<string> }>;
	readonly validFor?: Optional<WirePeriod>;
}

/** `CustomerBill`. */
export interface WireBill extends WireRecord {
	readonly billNo?: Optional<string>;
	readonly category?: Optional<string>;
	/** onCycle or offCycle. */
	readonly runType?: Optional<string>;
	/** new, onHold, validated, sent, partiallyPaid, settled; Oracle BRM: new, partiallyPaid, settled, onHold, inProgress. */
	readonly state?: Optional<string>;
	readonly billDate?: Optional<string>;
	readonly nextBillDate?: Optional<string>;
	readonly paymentDueDate?: Optional<string>;
	readonly lastUpdate?: Optional<string>;
	readonly billingPeriod?: Optional<WirePeriod>;
	readonly amountDue?: Optional<WireMoney>;
	readonly remainingAmount?: Optional<WireMoney>;
	readonly taxExcludedAmount?: Optional<WireMoney>;
	readonly taxIncludedAmount?: Optional<WireMoney>;
	readonly billingAccount?: Optional<WireAccountRef>;
	readonly financialAccount?: Optional<WireRef>;
	readonly paymentMethod?: Optional<WireRef>;
	readonly relatedParty?: Optional<readonly WireRelatedParty[]>;
	readonly appliedPayment?: Optional<readonly WirePayment[]>;
	readonly billDocument?: Optional<readonly WireDocument[]>;
	readonly taxItem?: Optional<readonly WireTaxItem[]>;
}

/** `AppliedCustomerBillingRate`. */
export interface WireRate extends WireRecord {
	readonly name?: Optional<string>;
	readonly description?: Optional<string>;
	readonly date?: Optional<string>;
	/** recurringCharge, oneTimeCharge, usageCharge, appliedBillingCredit, appliedPenaltyCharge, appliedBillingCharge. */
	readonly type?: Optional<string>;
	/** v5's name of `type`. */
	readonly appliedBillingRateType?: Optional<string>;
	readonly isBilled?: Optional<boolean>;
	readonly bill?: Optional<WireRef>;
	readonly billingAccount?: Optional<WireAccountRef>;
	readonly product?: Optional<WireRef>;
	readonly periodCoverage?: Optional<WirePeriod>;
	readonly taxExcludedAmount?: Optional<WireMoney>;
	readonly taxIncludedAmount?: Optional<WireMoney>;
	readonly appliedTax?: Optional<readonly WireTaxItem[]>;
	readonly characteristic?: Optional<
		readonly { readonly name?: Optional<string>; readonly value?: JsonValue | undefined }[]
	>;
}

/** `CustomerBillOnDemand`. */
export interface WireBillOnDemand extends WireRecord {
	readonly name?: Optional<string>;
	readonly description?: Optional<string>;
	/** Plain text, not necessarily a date-time. */
	readonly lastUpdate?: Optional<string>;
	readonly billingAccount?: Optional<WireAccountRef>;
	readonly customerBill?: Optional<WireRef>;
	readonly relatedParty?: Optional<WireRelatedParty>;
	/** inProgress, rejected, done, terminatedWithError. */
	readonly state?: Optional<string>;
}
