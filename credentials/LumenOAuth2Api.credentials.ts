/** Lumen Customer Bill: OAuth2 client credentials with the consumer key and secret of a Lumen app. */
import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { bearerInHeader } from '../nodes/shared/bearerToken';
import { documentHostsField } from '../nodes/shared/documentHosts';

/** The hosts that Lumen's guide names; its sandbox is a snapshot of production-like data. */
const HOST =
	'({ production: "https://api.lumen.com", sandbox: "https://api-test.lumen.com", productionCenturyLink: "https://api.centurylink.com", sandboxCenturyLink: "https://api-test.centurylink.com" }[$self["environment"]] || $self["baseUrl"].replace(/\\/+$/, ""))';
const TOKEN_PATH = '({ v2: "/oauth/v2/token", guide: "/oauth/token", v1: "/oauth/v1/token" }[$self["tokenUrlChoice"]])';

export class LumenOAuth2Api implements ICredentialType {
	name = 'lumenOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Lumen OAuth2 API';

	icon: Icon = { light: 'file:../nodes/Lumen/lumen.svg', dark: 'file:../nodes/Lumen/lumen.dark.svg' };

	documentationUrl = 'https://github.com/telecom-billing/n8n-nodes-telecom-billing/blob/main/docs/credentials.md#lumen';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production', description: 'Live bills, https://api.lumen.com' },
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'Test data of June to November 2021, https://api-test.lumen.com',
				},
				{
					name: 'Production (CenturyLink Host)',
					value: 'productionCenturyLink',
					description: 'Live bills, https://api.centurylink.com',
				},
				{
					name: 'Sandbox (CenturyLink Host)',
					value: 'sandboxCenturyLink',
					description: 'Test data, https://api-test.centurylink.com',
				},
				{ name: 'Own Host', value: 'own', description: 'A gateway of your own, or a stand-in for trying things out' },
			],
			default: 'production',
			description:
				'Which of the two apps of My Apps the key belongs to: keys of one environment do not work in the other',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.com',
			displayOptions: { show: { environment: ['own'] } },
			description: 'Address before /Billing',
		},
		{
			displayName: 'Token Endpoint',
			name: 'tokenUrlChoice',
			type: 'options',
			options: [
				{ name: 'Current (/oauth/v2/token)', value: 'v2' },
				{ name: 'As in the Guide (/oauth/token)', value: 'guide' },
				{ name: 'Legacy (/oauth/v1/token)', value: 'v1' },
				{ name: 'Another URL', value: 'other' },
			],
			default: 'v2',
			description: 'Where tokens come from. If the test says that the token URL is not found, choose another one.',
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.com/oauth/v2/token',
			displayOptions: { show: { tokenUrlChoice: ['other'] } },
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{$self["tokenUrlChoice"] === "other" ? $self["tokenUrl"] : ${HOST} + ${TOKEN_PATH}}}`,
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Billing Account Numbers',
			name: 'billingAccounts',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 5-ABCD5678, 5-EFGH9012',
			description:
				'The billing accounts enrolled for this app, separated by commas. Lumen lists bills only account by account.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'V1 (As in the Guide)', value: 'v1' },
				{ name: 'V2 (With Service Level Charges)', value: 'v2' },
			],
			default: 'v1',
			description: 'Which version of the Customer Bill API your app is enrolled for',
		},
		documentHostsField,
	];

	preAuthentication = bearerInHeader;

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{({ production: "https://api.lumen.com", sandbox: "https://api-test.lumen.com", productionCenturyLink: "https://api.centurylink.com", sandboxCenturyLink: "https://api-test.centurylink.com" }[$credentials.environment] || $credentials.baseUrl.replace(/\\/+$/, ""))}}',
			url: '=/Billing/{{$credentials.apiVersion}}/CustomerBillManagement/customerBill',
			disableFollowRedirect: true,
			headers: {
				accept: 'application/json;charset=utf-8',
				'x-billing-account-number': '={{$credentials.billingAccounts.split(",")[0].trim()}}',
			},
			qs: {
				billingAccountNumber: '={{$credentials.billingAccounts.split(",")[0].trim()}}',
				startBillDate: '2020-01-30',
				endBillDate: '={{new Date().toISOString().slice(0, 10)}}',
			},
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Lumen does not accept the key. In My Apps, look whether the app is Approved and whether the environment is the one of this key.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The key works, but the app is not enrolled for the Customer Bill API. Ask your Lumen account team for enrolment.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The key works, but Lumen has no bills for the first billing account number, or this app is not authorised for it. Check the number with your Lumen account team; with a host of your own, check the base URL too.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message: 'The key works, but Lumen does not accept the billing account number. It looks like 5-ABCD5678.',
				},
			},
		],
	};
}
