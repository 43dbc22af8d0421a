/** Orange Business, Billing for Business: two-legged OAuth2 with the API key that travels beside every token. */
import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { bearerInHeader } from '../nodes/shared/bearerToken';
import { documentHostsField } from '../nodes/shared/documentHosts';

export class OrangeBusinessOAuth2Api implements ICredentialType {
	name = 'orangeBusinessOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Orange Business OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/OrangeBusiness/orangeBusiness.svg',
		dark: 'file:../nodes/OrangeBusiness/orangeBusiness.dark.svg',
	};

	documentationUrl =
		'https://github.com/telecom-billing/n8n-nodes-telecom-billing/blob/main/docs/credentials.md#orange-business';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key that your Orange Business representative gave you; it is sent as X-Api-Key with every call',
		},
		{
			displayName: 'API Key Issued On',
			name: 'keyIssuedOn',
			type: 'dateTime',
			default: '',
			description: 'The key ends after 2 years. With its date, runs warn you from 60 days before.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.orange.com/billing/b2b/v1',
			required: true,
		},
		documentHostsField,
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'string',
			default: 'https://api.orange.com/oauth/v3/token',
			required: true,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
	];

	preAuthentication = bearerInHeader;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/bills',
			disableFollowRedirect: true,
			headers: { accept: 'application/json', 'X-Api-Key': '={{$credentials.apiKey}}' },
			qs: { limit: 1 },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Orange does not accept the API key with this application. Keys end after 2 years: ask your Orange representative for a new one if yours is older.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Orange knows the application, but it is not subscribed to Billing for Business, or it is blocked. Look under My Apps in the Orange developer portal.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no billing API under this base URL. Orange documents https://api.orange.com/billing/b2b/v1.',
				},
			},
		],
	};
}
