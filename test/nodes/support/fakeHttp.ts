/** n8n's HTTP helpers by n8n's rules, as far as the nodes rely on them: over real HTTP, which nock answers. */
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { text as readText, buffer as readBuffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';

import {
	type IAdditionalCredentialOptions,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type JsonObject,
	NodeApiError,
} from 'n8n-workflow';

import { FloLiveApi } from '../../../credentials/FloLiveApi.credentials';
import { LumenOAuth2Api } from '../../../credentials/LumenOAuth2Api.credentials';
import { OracleBrmApi } from '../../../credentials/OracleBrmApi.credentials';
import { OracleBrmOAuth2Api } from '../../../credentials/OracleBrmOAuth2Api.credentials';
import { OrangeBusinessOAuth2Api } from '../../../credentials/OrangeBusinessOAuth2Api.credentials';
import { OrangeBusinessUserOAuth2Api } from '../../../credentials/OrangeBusinessUserOAuth2Api.credentials';
import { fetchOAuth2Token, signed } from './oauth2';

const CREDENTIALS = {
	floLiveApi: new FloLiveApi(),
	lumenOAuth2Api: new LumenOAuth2Api(),
	oracleBrmApi: new OracleBrmApi(),
	oracleBrmOAuth2Api: new OracleBrmOAuth2Api(),
	orangeBusinessOAuth2Api: new OrangeBusinessOAuth2Api(),
	orangeBusinessUserOAuth2Api: new OrangeBusinessUserOAuth2Api(),
} satisfies Record<string, ICredentialType>;

export type CredentialType = keyof typeof CREDENTIALS;

type Credentials = Readonly<Partial<Record<CredentialType, ICredentialDataDecryptedObject>>>;

/** Ready to use: each is a new object. The API hosts are the ones that the tests' nock answers for. */
export const CREDENTIAL_FIELDS: Readonly<Record<CredentialType, () => ICredentialDataDecryptedObject>> = {
	lumenOAuth2Api: () => ({ environment: 'production', billingAccounts: '5-AAAA0001, 5-AAAA0002', apiVersion: 'v1' }),
	oracleBrmOAuth2Api: () => ({
		baseUrl: 'https://brm.example.com/brm/customerBillManagement/v4',
		dialect: 'ORACLE_BRM',
		agentsMayCreate: false,
	}),
	oracleBrmApi: () => ({
		baseUrl: 'https://brm.example.com/brm/customerBillManagement/v4',
		authentication: 'bearer',
		token: 'static-token',
		dialect: 'ORACLE_BRM',
		agentsMayCreate: false,
	}),
	floLiveApi: () => ({
		baseUrl: 'https://api.flolive.example.com',
		customerIds: '20100',
		authentication: 'bearer',
		token: 'static-token',
	}),
	orangeBusinessOAuth2Api: () => ({
		baseUrl: 'https://api.orange.com/billing/b2b/v1',
		apiKey: 'the-api-key',
		keyIssuedOn: '',
	}),
	orangeBusinessUserOAuth2Api: () => ({ baseUrl: 'https://api.orange.com/billing/b2b/v1' }),
};

/** How long n8n bears silence where a request says nothing of it. */
const N8N_TIMEOUT_MS = 300_000;

export class FakeHttp {
	/** How often a new OAuth2 token was fetched; the tokens are `token-1`, `token-2` and so on. */
	tokens = 1;
	/** Options of every request, in order. */
	readonly sent: IHttpRequestOptions[] = [];
	/** Requests that say how long they wait, and say longer, do not, so that tests of slow servers are quick; milliseconds. */
	longestWaitMs = 60_000;

	constructor(
		private readonly node: INode,
		private readonly credentials: Credentials,
	) {}

	readonly helpers = {
		httpRequest: (options: IHttpRequestOptions): Promise<unknown> => this.send(options),
		httpRequestWithAuthentication: async (
			type: string,
			options: IHttpRequestOptions,
			more?: IAdditionalCredentialOptions,
		): Promise<unknown> => {
			try {
				// In n8n only what an exchange gives is stored; here nothing else is ever given.
				Object.assign(this.credential(type), more?.credentialsDecrypted?.data);
				return await this.sendWithCredential(type as CredentialType, options, more);
			} catch (error) {
				throw new NodeApiError(this.node, error as JsonObject);
			}
		},
		refreshOAuth2Token: async (type: string): Promise<void> => {
			await this.renewOAuth2Token(this.credential(type));
		},
	};

	credential(type: string): ICredentialDataDecryptedObject {
		const fields = this.credentials[type as CredentialType];
		if (fields === undefined) throw new Error(`Node does not have any credentials set for "${type}"`);
		return fields;
	}

	private async sendWithCredential(
		type: CredentialType,
		options: IHttpRequestOptions,
		more: IAdditionalCredentialOptions | undefined,
	): Promise<unknown> {
		const fields = this.credential(type);
		const credential: ICredentialType = CREDENTIALS[type];
		if (credential.extends?.includes('oAuth2Api') === true) {
			await this.firstOAuth2Token(fields);
			Object.assign(fields, await credential.preAuthentication?.call(this, fields));
			return this.renewing(
				() => this.send(signed(options, fields.oauthTokenData as IDataObject, more?.oauth2?.tokenType)),
				() => this.renewOAuth2Token(fields),
			);
		}
		const authenticate = credential.authenticate as (
			credentials: ICredentialDataDecryptedObject,
			requestOptions: IHttpRequestOptions,
		) => Promise<IHttpRequestOptions>;
		const exchange = async (): Promise<void> => {
			const fetched = await credential.preAuthentication?.call(this, fields);
			Object.assign(fields, fetched);
		};
		if (fields.sessionToken === undefined || fields.sessionToken === '') await exchange();
		return this.renewing(async () => this.send(await authenticate(fields, options)), exchange);
	}

	private async firstOAuth2Token(fields: ICredentialDataDecryptedObject): Promise<void> {
		if (fields.oauthTokenData !== undefined) return;
		try {
			fields.oauthTokenData = await this.oAuth2Token(fields);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			throw new Error(`Failed to acquire OAuth2 access token: ${message}`, { cause: error });
		}
	}

	private async renewOAuth2Token(fields: ICredentialDataDecryptedObject): Promise<void> {
		this.tokens += 1;
		fields.oauthTokenData = { ...(fields.oauthTokenData as IDataObject), ...(await this.oAuth2Token(fields)) };
	}

	/** A made-up one for a credential that does not say where tokens come from. */
	private async oAuth2Token(fields: ICredentialDataDecryptedObject): Promise<IDataObject> {
		if (fields.accessTokenUrl === undefined) return { access_token: `token-${this.tokens}` };
		return fetchOAuth2Token(fields, (options) => this.send(options));
	}

	/** Once more after a 401, with a new token. */
	private async renewing(request: () => Promise<unknown>, renew: () => Promise<void> | void): Promise<unknown> {
		try {
			return await request();
		} catch (error) {
			if ((error as { response?: { status?: number } }).response?.status !== 401) throw error;
			await renew();
			return request();
		}
	}

	private async send(options: IHttpRequestOptions): Promise<unknown> {
		this.sent.push(options);
		const { timeout: asked } = options;
		const timeout = asked === undefined ? N8N_TIMEOUT_MS : Math.min(asked, this.longestWaitMs);
		const fail = (error: unknown): never => failAsLibrary(error, options);
		const message = await followed(options, await exchange({ ...options, timeout }).catch(fail));
		const status = message.statusCode ?? 0;
		const body = await bodyOf(message, options).catch(fail);
		if (status >= 400 && !isIgnored(status, options.ignoreHttpStatusErrors)) {
			throw Object.assign(new Error(`Request failed with status code ${status}`), {
				code: status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE',
				config: { url: options.url },
				response: { status, headers: message.headers, data: body },
			});
		}
		if (options.returnFullResponse !== true) return body;
		return {
			statusCode: status,
			statusMessage: message.statusMessage ?? '',
			headers: message.headers,
			body,
		};
	}
}

/** The HTTP library makes errors of its own of those of sockets and of unpacking, with their codes and what was asked. */
function failAsLibrary(error: unknown, { url }: IHttpRequestOptions): never {
	const { message, code } = error as NodeJS.ErrnoException;
	throw Object.assign(new Error(message), { code, config: { url } });
}

function isIgnored(status: number, rule: IHttpRequestOptions['ignoreHttpStatusErrors']): boolean {
	if (typeof rule === 'object') return !rule.except.includes(status);
	return rule === true;
}

/** n8n follows redirects unless it is told not to; a header that the node itself put there goes along. */
async function followed(options: IHttpRequestOptions, message: http.IncomingMessage): Promise<http.IncomingMessage> {
	const { location } = message.headers;
	const isRedirect = message.statusCode !== undefined && message.statusCode >= 300 && message.statusCode < 400;
	if (!isRedirect || location === undefined || options.disableFollowRedirect === true) return message;
	message.resume();
	return exchange({ ...options, url: new URL(location, options.url).href });
}

async function exchange(options: IHttpRequestOptions): Promise<http.IncomingMessage> {
	const { request } = options.url.startsWith('https:') ? https : http;
	const isJson = typeof options.body === 'object';
	return new Promise((resolve, reject) => {
		const outgoing = request(
			options.url,
			{
				method: options.method ?? 'GET',
				headers: {
					...(isJson ? { 'content-type': 'application/json' } : {}),
					...(options.headers as http.OutgoingHttpHeaders),
				},
				...(options.abortSignal === undefined ? {} : { signal: options.abortSignal as AbortSignal }),
			},
			resolve,
		);
		let answer: http.IncomingMessage | undefined;
		outgoing.on('response', (message) => (answer = message));
		outgoing.on('error', reject);
		// As the HTTP library does without redirects: the time in which nothing at all happens, of a stream up to its head.
		outgoing.setTimeout(options.timeout ?? 0, () => {
			if (answer !== undefined && options.encoding === 'stream') return;
			const tooLate = `timeout of ${options.timeout ?? 0}ms exceeded`;
			(answer ?? outgoing).destroy(Object.assign(new Error(tooLate), { code: 'ECONNABORTED' }));
		});
		if (options.body !== undefined) outgoing.write(isJson ? JSON.stringify(options.body) : (options.body as string));
		outgoing.end();
	});
}

async function bodyOf(message: http.IncomingMessage, options: IHttpRequestOptions): Promise<unknown> {
	const body = unpacked(message);
	if (options.encoding === 'stream') return body;
	if (options.encoding === 'arraybuffer') return readBuffer(body);
	const text = await readText(body);
	if (options.encoding === 'text') return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

function unpacked(message: http.IncomingMessage): Readable {
	if (message.headers['content-encoding'] !== 'gzip') return message;
	const gunzip = createGunzip();
	message.on('error', (error) => gunzip.destroy(error));
	return message.pipe(gunzip);
}
