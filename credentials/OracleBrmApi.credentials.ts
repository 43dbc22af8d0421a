/** Oracle BRM (and any TMF678 v4 server) without identity cloud: Oracle Access Management, a bearer token, or none for test systems. */
import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { baseUrlField, billTest, serverFields } from '../nodes/OracleBrm/credentialFields';
import { fetchToken } from '../nodes/shared/bearerToken';
import { textOf } from '../nodes/shared/credentialText';

export class OracleBrmApi implements ICredentialType {
	name = 'oracleBrmApi';

	displayName = 'Oracle BRM API';

	icon: Icon = { light: 'file:../nodes/OracleBrm/oracleBrm.svg', dark: 'file:../nodes/OracleBrm/oracleBrm.dark.svg' };

	documentationUrl =
		'https://github.com/telecom-billing/n8n-nodes-telecom-billing/blob/main/docs/credentials.md#oracle-brm';

	properties: INodeProperties[] = [
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		baseUrlField,
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Bearer Token', value: 'bearer' },
				{ name: 'None (Test System)', value: 'none', description: 'BRM test systems take requests without a token' },
				{ name: 'Oracle Access Management', value: 'oam', description: 'Client credentials in an identity domain' },
			],
			default: 'oam',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['bearer'] } },
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://oam.example.com/oauth2/rest/token',
			displayOptions: { show: { authentication: ['oam'] } },
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['oam'] } },
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['oam'] } },
		},
		{
			displayName: 'Identity Domain',
			name: 'identityDomain',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['oam'] } },
			description: 'Sent as X-OAUTH-IDENTITY-DOMAIN-NAME with the token request',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: '',
			placeholder: 'e.g. BillingResource.Read',
			displayOptions: { show: { authentication: ['oam'] } },
		},
		...serverFields,
	];

	/** Called by n8n while there is no session token, and again after a 401; only Access Management has one to fetch. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		if (credentials.authentication !== 'oam') return {};
		const form = new URLSearchParams({ grant_type: 'client_credentials' });
		const scope = textOf(credentials, 'scope');
		if (scope !== '') form.set('scope', scope);
		const client = `${textOf(credentials, 'clientId')}:${textOf(credentials, 'clientSecret')}`;
		const domain = textOf(credentials, 'identityDomain');
		const sessionToken = await fetchToken(this, {
			options: {
				url: textOf(credentials, 'tokenUrl'),
				headers: {
					accept: 'application/json',
					'content-type': 'application/x-www-form-urlencoded',
					authorization: `Basic ${Buffer.from(client).toString('base64')}`,
					...(domain === '' ? {} : { 'X-OAUTH-IDENTITY-DOMAIN-NAME': domain }),
				},
				body: form.toString(),
			},
			pathToToken: ['access_token'],
			endpoint: 'token URL',
			hintWhenRefused: 'Check the client ID and secret, the identity domain and the scope.',
		});
		return { sessionToken };
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		if (credentials.authentication === 'none') return requestOptions;
		const token = textOf(credentials, credentials.authentication === 'bearer' ? 'token' : 'sessionToken');
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, Authorization: `Bearer ${token}` },
		};
	};

	test = billTest(
		'BRM does not accept the token, or wants one where none is sent. A token may have ended, or be meant for another system: check it, or the identity domain and the scope.',
	);
}
