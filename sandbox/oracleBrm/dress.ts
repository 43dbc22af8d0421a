/** Oracle's dialect of TMF678 bodies: null members are written, and the extended objects have members of their own. */
import type { LedgerBill, LedgerLine } from '../data/ledger';
import { type TmfBody, type TmfDress, appliedCustomerBillingRate, customerBill } from '../tmf678/bodies';
import { oracleState } from '../tmf678/wireValues';

const RATE_TYPES: Readonly<Record<LedgerLine['kind'], string>> = {
	recurring: 'recurringCharge',
	oneTime: 'oneTimeCharge',
	usage: 'usageCharge',
	credit: 'appliedBillingCredit',
};

/**
 * @param base of the API, for instance `http://127.0.0.1:4010/brm/customerBillManagement/v4`; images stand beside it
 * @param type what the request gave as `@type`, which is told back
 */
export function oracleDress(base: string, type: string | undefined): TmfDress {
	return {
		base,
		documents: `${base.replace(/\/customerBillManagement\/v4$/, '')}/documents`,
		absent: null,
		state: oracleState,
		rateType: (line) => RATE_TYPES[line.kind],
		billType: type ?? null,
		rateTypeName: type ?? null,
	};
}

export function oracleBill(bill: LedgerBill, dress: TmfDress, isExtended: boolean): TmfBody {
	const body = customerBill(bill, dress);
	return isExtended
		? { ...body, billingCycleSpecification: { id: billingCycleOf(bill), href: null, name: 'Monthly' } }
		: body;
}

export function oracleRate(line: LedgerLine, dress: TmfDress, isExtended: boolean): TmfBody {
	const body = appliedCustomerBillingRate(line, dress);
	return isExtended ? { ...body, serviceId: line.serviceId } : body;
}

/** Each account has one billing cycle, named by a POID. */
export function billingCycleOf({ account }: LedgerBill): string {
	return account.id.replace('-account+', '-billinfo+');
}
