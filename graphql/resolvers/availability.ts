/** Why each field of a record has the value it has. */
import { type Availability, type FieldNotes, availabilityOf } from '../../providers/model/availability';
import { type BillField, BILL_FIELDS, type Bill } from '../../providers/model/bill';
import { type AccountField, ACCOUNT_FIELDS } from '../../providers/model/account';
import { type Rate, type RateField, RATE_FIELDS } from '../../providers/model/rate';
import type { Capabilities } from '../../providers/capabilities';
import type { KnownAccount } from '../knownAccount';
import type { Mask } from '../masking';

interface FieldAvailability {
	readonly field: string;
	readonly availability: Availability | 'WITHHELD';
}

export function billAvailability(
	bill: Bill,
	{ billFields }: Capabilities,
	masks: ReadonlySet<Mask>,
): readonly FieldAvailability[] {
	return BILL_FIELDS.map((field) => ({
		field,
		availability: field === 'documents' && masks.has('DOCUMENTS') ? 'WITHHELD' : ofBill(bill, field, billFields),
	}));
}

function ofBill(bill: Bill, field: BillField, offers: Capabilities['billFields']): Availability {
	if (field === 'rates') {
		// No part of the record: fetched when they are asked for.
		return offers.rates === 'NOT_OFFERED' ? 'NOT_OFFERED_BY_PROVIDER' : 'NOT_FETCHED';
	}
	// An enum that says "not reported" is no value.
	const value = bill[field] === 'NOT_REPORTED' ? null : bill[field];
	return availabilityOf(field, value, bill.notes, offers);
}

export function rateAvailability(rate: Rate, { rateFields }: Capabilities): readonly FieldAvailability[] {
	if (rateFields === null) return [];
	return RATE_FIELDS.map((field) => ({
		field,
		availability: availabilityOf(field, rateValue(rate, field), rate.notes, rateFields),
	}));
}

function rateValue(rate: Rate, field: RateField): unknown {
	return field === 'billingAccount' ? rate.billingAccountId : rate[field];
}

const NOTHING_NOTED: FieldNotes<never> = { derived: [], notFetched: [] };

export function accountAvailability(
	account: KnownAccount,
	notes: FieldNotes<AccountField> = account.whole?.notes ?? NOTHING_NOTED,
): readonly FieldAvailability[] {
	const offers = account.connection.connector.capabilities.accountFields;
	return ACCOUNT_FIELDS.map((field) => ({ field, availability: availabilityOf(field, account[field], notes, offers) }));
}

/** Of an account that could not be read: what a bill says of it is all that there is. */
export function unreadAccountAvailability(account: KnownAccount): readonly FieldAvailability[] {
	return accountAvailability(account, {
		derived: [],
		notFetched: ACCOUNT_FIELDS.filter((name) => account[name] === null),
	});
}
