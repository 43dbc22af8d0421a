/** Oracle BRM, and any other server that speaks TMF678 v4: bills, billing rates and on-demand bills. */
import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { propertiesOf, runOperations } from '../shared/operations';
import { OPERATIONS } from './actions';
import { connectItem } from './connect';
import { searchAccounts, searchBills } from './methods/listSearch';

export class OracleBrm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Oracle BRM (and TMF678 v4)',
		name: 'oracleBrm',
		icon: { light: 'file:oracleBrm.svg', dark: 'file:oracleBrm.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read customer bills and billing rates, and have bills made, with Oracle BRM or another TMF678 server',
		defaults: { name: 'Oracle BRM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'oracleBrmOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'oracleBrmApi',
				required: true,
				displayOptions: { show: { authentication: ['token'] } },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{
						name: 'OAuth2 (Identity Cloud Service)',
						value: 'oAuth2',
						description: 'Client credentials of an identity domain',
					},
					{
						name: 'Token or None',
						value: 'token',
						description: 'Oracle Access Management, a bearer token, or a test system without tokens',
					},
				],
				default: 'oAuth2',
			},
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Bill', value: 'bill' },
					{ name: 'Billing Rate', value: 'billingRate' },
					{ name: 'On-Demand Bill', value: 'onDemandBill' },
				],
				default: 'bill',
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
						action: 'Download bill documents',
						description:
							'Download the documents of one customer bill, usually its PDF: a binary file with its name, type, size and checksum as JSON. Read-only.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get bill',
						description:
							'Read one customer bill by its ID or bill number: dates, payment status and total, a credit note negative. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many bills',
						description:
							'List customer bills by account, bill date, state and any filter of the API, one item a bill with its dates, payment status and total. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['billingRate'] } },
				options: [
					{
						name: 'Get',
						value: 'get',
						action: 'Get billing rate',
						description:
							'Read one billing rate (charge line of a bill) by its ID: product, period and amount. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many billing rates',
						description:
							'List billing rates, the charge lines of bills, by bill, account, service, bill date or type, one item a line. Read-only.',
					},
					{
						name: 'Summarize',
						value: 'summarize',
						action: 'Summarize billing rates',
						description:
							'Add up billing rates by product, account, type or month, one item a group and currency. Use it rather than Get Many when only sums are wanted. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['onDemandBill'] } },
				options: [
					{
						name: 'Create',
						value: 'create',
						action: 'Create on demand bill',
						description:
							'Have a bill made now for a billing account, outside its billing cycle. Money is owed by it: use only when a person asked for exactly this. Gives the ID of the request and its state.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get on demand bill',
						description:
							'Read one request for an on-demand bill by its ID: its state, and the ID of the bill once it is made. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many on demand bills',
						description: 'List the requests for on-demand bills, of one account where that is wanted. Read-only.',
					},
				],
				default: 'getAll',
			},
			...propertiesOf(OPERATIONS),
		],
	};

	methods = { listSearch: { searchAccounts, searchBills } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return runOperations(this, OPERATIONS, connectItem);
	}
}
