/** floLIVE: its public documents name no authentication scheme, so the usual four can be chosen. */
import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { fetchToken } from '../nodes/shared/bearerToken';
import { textOf } from '../nodes/shared/credentialText';

export class FloLiveApi implements ICredentialType {
	name = 'floLiveApi';

	displayName = 'floLIVE API';

	icon: Icon = { light: 'file:../nodes/FloLive/floLive.svg', dark: 'file:../nodes/FloLive/floLive.dark.svg' };

	documentationUrl =
		'https://github.com/telecom-billing/n8n-nodes-telecom-billing/blob/main/docs/credentials.md#flolive';

	properties: INodeProperties[] = [
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.flolive.net',
			description: 'Address before /api/v2, as floLIVE gave it to you',
		},
		{
			displayName: 'Customer IDs',
			name: 'customerIds',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 20100, 20101',
			description: 'Your own customer ID, then those of the sub-customers whose invoices you want, separated by commas',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Bearer Token', value: 'bearer' },
				{ name: 'Custom Header', value: 'header' },
				{
					name: 'Sign-In Request',
					value: 'login',
					description: 'A request with user name and password that answers with a token',
				},
				{ name: 'User Name and Password (Basic)', value: 'basic' },
			],
			default: 'bearer',
			description: 'How floLIVE set up your API user',
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
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. X-Auth-Token',
			displayOptions: { show: { authentication: ['header'] } },
		},
		{
			displayName: 'Header Value',
			name: 'headerSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['header'] } },
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. billing@example.com',
			displayOptions: { show: { authentication: ['basic', 'login'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['basic', 'login'] } },
		},
		{
			displayName: 'Sign-In URL',
			name: 'loginUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.flolive.net/login',
			displayOptions: { show: { authentication: ['login'] } },
		},
		{
			displayName: 'User Name Field',
			name: 'usernameField',
			type: 'string',
			default: 'username',
			displayOptions: { show: { authentication: ['login'] } },
			description: 'Name of the user name in the sign-in request',
		},
		{
			displayName: 'Password Field',
			name: 'passwordFieldId',
			type: 'string',
			default: 'password',
			displayOptions: { show: { authentication: ['login'] } },
			description: 'Name of the password in the sign-in request',
		},
		{
			displayName: 'Path to the Token',
			name: 'tokenPathId',
			type: 'string',
			default: 'data.token',
			placeholder: 'e.g. data.token',
			displayOptions: { show: { authentication: ['login'] } },
			description: 'Where the answer to the sign-in request holds the token',
		},
	];

	/** Called by n8n while there is no session token, and again after a 401; only a sign-in has one to fetch. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		if (credentials.authentication !== 'login') return {};
		const sessionToken = await fetchToken(this, {
			options: {
				url: textOf(credentials, 'loginUrl'),
				body: {
					[textOf(credentials, 'usernameField')]: textOf(credentials, 'username'),
					[textOf(credentials, 'passwordFieldId')]: textOf(credentials, 'password'),
				},
			},
			pathToToken: textOf(credentials, 'tokenPathId').split('.'),
			endpoint: 'sign-in URL',
			hintWhenRefused: 'Check the user name and password, and that the user is of the kind PUBLIC_API.',
		});
		return { sessionToken };
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		headers: { ...requestOptions.headers, ...authorization(credentials) },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "").replace(/\\/api\\/v2$/, "")}}',
			url: '=/api/v2/customer/{{encodeURIComponent($credentials.customerIds.split(",")[0].trim())}}/invoices',
			headers: { accept: 'application/json' },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'errorCode',
					value: 'CUSTOMER_1002',
					message: 'The sign-in works, but floLIVE knows no customer with the first customer ID.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'errorCode',
					value: 'CUSTOMER_1006',
					message:
						'The sign-in works, but floLIVE could not give the details of this customer. The API user may not be allowed to see it.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'errorCode',
					value: 'GLOBAL_1001',
					message: 'floLIVE says that its service is not available at the moment. Try again later.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'bulk[0].errorCode',
					value: 'GLOBAL_1001',
					message: 'floLIVE says that its service is not available at the moment. Try again later.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'content',
					value: undefined,
					message: 'Something answers at this base URL, but not as floLIVE does. Give the address before /api/v2.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'floLIVE does not accept the token, header or password. Check that the user is of the kind PUBLIC_API.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'floLIVE knows the user, but it may not see invoices. Ask floLIVE for the role.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no floLIVE API under this base URL. Give the address before /api/v2.',
				},
			},
		] as NonNullable<ICredentialTestRequest['rules']>, // n8n takes rules of both kinds together; its type does not say so
	};
}

function authorization(credentials: ICredentialDataDecryptedObject): Record<string, string> {
	const text = (name: string): string => textOf(credentials, name);
	switch (credentials.authentication) {
		case 'header':
			return { [text('headerName')]: text('headerSecret') };
		case 'basic':
			return { Authorization: `Basic ${Buffer.from(`${text('username')}:${text('password')}`).toString('base64')}` };
		case 'login':
			return { Authorization: `Bearer ${text('sessionToken')}` };
		default:
			return { Authorization: `Bearer ${text('token')}` };
	}
}
