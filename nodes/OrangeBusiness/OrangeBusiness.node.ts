/** Orange Business: bills, bill items, billing accounts, reports and counters of Billing for Business. */
import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { propertiesOf, runOperations } from '../shared/operations';
import { accessOrange } from './access';
import { ORANGE_OPERATIONS } from './actions';
import { searchBillingAccounts, searchBills, searchJobs, searchReports } from './methods/listSearch';

export class OrangeBusiness implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Orange Business',
		name: 'orangeBusiness',
		icon: { light: 'file:orangeBusiness.svg', dark: 'file:orangeBusiness.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: "Read bills, bill items, billing accounts and reports from Orange's Billing for Business API",
		defaults: { name: 'Orange Business' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'orangeBusinessOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'orangeBusinessUserOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['user'] } },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Application and API Key',
						value: 'apiKey',
						description: 'Client ID and secret of an application, with the API key of your Orange representative',
					},
					{
						name: 'User Sign-In',
						value: 'user',
						description: 'A user signs in at Orange; documented by Orange, but not known to be open yet',
					},
				],
				default: 'apiKey',
			},
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Async Job', value: 'asyncJob' },
					{ name: 'Bill', value: 'bill' },
					{ name: 'Bill Item', value: 'billItem' },
					{ name: 'Billing Account', value: 'billingAccount' },
					{ name: 'Counter', value: 'counter' },
					{ name: 'Installed Offer', value: 'installedOffer' },
					{ name: 'Report', value: 'report' },
					{ name: 'Status', value: 'status' },
				],
				default: 'bill',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['asyncJob'] } },
				options: [
					{
						name: 'Get',
						value: 'get',
						action: 'Get async job',
						description:
							'Get the state of one asynchronous job by its ID. Use it after a run that waited too long for a job; gives what Orange says of it, and where its result is. Read-only.',
					},
				],
				default: 'get',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['bill'] } },
				options: [
					{
						name: 'Download',
						value: 'download',
						action: 'Download bill',
						description:
							'Download one bill as a PDF file, by its ID. Use it to archive or send a bill; gives the file and its name, size and checksum. Read-only.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get bill',
						description:
							'Get one bill by its ID. Gives its number, type, account, dates, total and currency. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many bills',
						description:
							'List invoices and credit notes by customer, type, currency, date issued or any condition. Use it to find bills; gives one item a bill with number, dates, total and currency. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['billItem'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many bill items',
						description:
							'List the charge lines of one bill, by the ID of the bill. Gives one item a line with product, period and net amount, signed as the bill is. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['billingAccount'] } },
				options: [
					{
						name: 'Get',
						value: 'get',
						action: 'Get billing account',
						description: 'Get one billing account by its ID. Gives its number and name. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many billing accounts',
						description:
							'List the billing accounts that the credential may read. Use it to find the ID of an account; gives one item an account with number and name. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['counter'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many counters',
						description:
							'Count bills by the values of an attribute, for instance by type. Use it instead of listing bills only to count them; gives one item a value with the number of bills. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['installedOffer'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many installed offers',
						description:
							'List the IDs of the installed offers that charges are for. Use it to match report lines with services; gives one item an offer. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['report'] } },
				options: [
					{
						name: 'Download',
						value: 'download',
						action: 'Download report',
						description:
							'Download one charge, usage or customer-specific report by its ID. Gives the file, or one item a line with dates, amounts and currencies read exactly. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many reports',
						description:
							'List the reports that can be downloaded. Use it to find the ID of a report; gives one item a report as Orange describes it. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['status'] } },
				options: [
					{
						name: 'Get',
						value: 'get',
						action: 'Get status',
						description:
							"Get the state of the components of Orange's billing API. Use it to see whether Orange is up; gives one item a component. Read-only.",
					},
				],
				default: 'get',
			},
			...propertiesOf(ORANGE_OPERATIONS),
		],
	};

	methods = { listSearch: { searchBillingAccounts, searchBills, searchJobs, searchReports } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return runOperations(this, ORANGE_OPERATIONS, accessOrange);
	}
}
