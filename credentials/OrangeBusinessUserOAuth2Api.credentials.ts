/** Orange Business, Billing for Business: three-legged OAuth2, a user signs in at Orange; no API key. */
import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { bearerInHeader } from '../nodes/shared/bearerToken';
import { documentHostsField } from '../nodes/shared/documentHosts';

export class OrangeBusinessUserOAuth2Api implements ICredentialType {
	name = 'orangeBusinessUserOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Orange Business User OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/OrangeBusiness/orangeBusiness.svg',
		dark: 'file:../nodes/OrangeBusiness/orangeBusiness.dark.svg',
	};

	documentationUrl =
		'https://github.com/telecom-billing/n8n-nodes-telecom-billing/blob/main/docs/credentials.md#orange-business-user-sign-in';

	properties: INodeProperties[] = [
		{
			displayName:
				'Orange documents this way of signing in, and has not opened it yet on any known version of its guide. Use the Orange Business OAuth2 API credential unless Orange told you otherwise.',
			name: 'notOpenedYet',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
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
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'string',
			default: 'https://api.orange.com/oauth/v3/authorize',
			required: true,
		},
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
			type: 'string',
			default: 'openid offline_access',
			description: 'Scopes to ask for, separated by spaces; offline_access keeps the connection alive',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
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
}
