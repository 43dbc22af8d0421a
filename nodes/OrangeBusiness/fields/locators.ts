/** What an operation is about: one bill, billing account, report or job, chosen from a list or named by its ID. */
import { locatorField } from '../../shared/locators';

export const billField = locatorField({
	displayName: 'Bill',
	name: 'bill',
	searchListMethod: 'searchBills',
	placeholder: 'e.g. 1013390',
	required: true,
	description: 'The bill, by the ID that Orange gives it. The list holds the newest bills first.',
});

export const billingAccountField = locatorField({
	displayName: 'Billing Account',
	name: 'billingAccount',
	searchListMethod: 'searchBillingAccounts',
	placeholder: 'e.g. 5004722',
	required: true,
	description: 'The billing account, by the ID that Orange gives it',
});

export const reportField = locatorField({
	displayName: 'Report',
	name: 'report',
	searchListMethod: 'searchReports',
	placeholder: 'e.g. R189-Charges+9300856-2026-01.csv',
	required: true,
	description: 'The report, by the ID that Orange gives it. The list holds the reports of the chosen kind.',
});

export const jobField = locatorField({
	displayName: 'Job',
	name: 'job',
	searchListMethod: 'searchJobs',
	placeholder: 'e.g. 7001',
	required: true,
	description: 'The asynchronous job, by its ID; a run that waited in vain for a job names it',
});
