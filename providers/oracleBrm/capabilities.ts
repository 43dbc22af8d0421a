/** What Oracle BRM offers through customerBillManagement/v4. */
import type { Capabilities } from '../capabilities';
import { TMF_BILL_FIELDS, TMF_NOTES, TMF_RATE_FIELDS, tmfOperations } from '../tmf678/capabilities';
import type { DialectParameters } from '../tmf678/dialect';

/** @param listsRatesByAccount false for releases 15.0 and older, which list rates by bill only */
export function oracleBrmCapabilities(parameters: DialectParameters, listsRatesByAccount: boolean): Capabilities {
	return {
		provider: 'ORACLE_BRM',
		title: 'Oracle BRM',
		operations: tmfOperations(parameters, {
			bills: 'Oracle BRM REST reference, Get Customer Bills',
			rates: 'Oracle BRM REST reference, Get Applied Customer Billing Rates',
			billsOnDemand: 'Oracle BRM REST reference, Customer Bill On Demand',
		}),
		billFields: TMF_BILL_FIELDS,
		rateFields: TMF_RATE_FIELDS,
		accountFields: { name: 'OFFERED', number: 'OFFERED' },
		billFilters: {
			accounts: 'PARTLY_PUSHED_DOWN',
			ids: 'PARTLY_PUSHED_DOWN',
			numbers: 'PARTLY_PUSHED_DOWN',
			numberLike: 'PARTLY_PUSHED_DOWN',
			types: 'APPLIED_HERE',
			states: 'PARTLY_PUSHED_DOWN',
			categories: 'APPLIED_HERE',
			billDate: 'PUSHED_DOWN',
			dueDate: 'PUSHED_DOWN',
			periodStart: 'PUSHED_DOWN',
			periodEnd: 'PUSHED_DOWN',
			lastUpdate: 'PUSHED_DOWN',
			amountDue: 'PARTLY_PUSHED_DOWN',
			remaining: 'PARTLY_PUSHED_DOWN',
			total: 'APPLIED_HERE',
		},
		rateFilters: {
			bill: 'PUSHED_DOWN',
			accounts: listsRatesByAccount ? 'PARTLY_PUSHED_DOWN' : 'APPLIED_HERE',
			ids: 'PUSHED_DOWN',
			billDate: 'APPLIED_HERE',
			isBilled: 'PUSHED_DOWN',
			types: 'APPLIED_HERE',
		},
		ordering: 'WINDOWED',
		announcesTotal: true,
		maxPageSize: null,
		accountRequired: false,
		accounts: 'FROM_BILLS',
		documents: 'LINK_OR_INLINE',
		billHistory: null,
		rateHistory: null,
		notes: [
			...TMF_NOTES,
			'The state filter knows new, partiallyPaid, settled and inProgress; bills on hold are filtered here.',
			'The reference says "less than" for lastUpdate.gte; it is sent as greater than or equal, like its siblings.',
			'Amounts are documented as positive, so an amount filter is sent only where its lower bound is 0 or more.',
			'Ids hold plus signs (0.0.0.1+-bill+1), sent as %2B unless the connection says otherwise.',
			'From 15.2, the bill number "bill in progress" selects bills that are not finished.',
			'Rates cannot be filtered by date: the bills of those days are read first.',
			'Lists of bills on demand announce no total, and are read until an empty page.',
			'Neither a default nor a largest limit is documented: 100 rows are asked for at a time.',
		],
	};
}
