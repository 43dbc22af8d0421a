// How access tokens travel and are fetched where n8n's own OAuth2 does not serve.
import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { bearerInHeader, fetchToken } from '../../../nodes/shared/bearerToken';

const REQUEST = {
	options: { url: 'https://oam.example.com/token', headers: { accept: 'application/json' }, body: 'grant_type=x' },
	pathToToken: ['data', 'token'],
	endpoint: 'sign-in URL',
	hintWhenRefused: 'Check the password.',
};

function answering(statusCode: number, body: unknown): { http: IHttpRequestHelper; sent: IHttpRequestOptions[] } {
	const sent: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
		sent.push(options);
		return { statusCode, body, headers: {} };
	};
	return { http: { helpers: { httpRequest } }, sent };
}

describe('bearerInHeader', () => {
	const { http } = answering(200, {});

	test('a token of another type is called Bearer, and keeps the rest', async () => {
		const oauthTokenData = { access_token: 'a', token_type: 'BearerToken', expires_in: '1800' };
		expect(await bearerInHeader.call(http, { oauthTokenData })).toEqual({
			oauthTokenData: { ...oauthTokenData, token_type: 'Bearer' },
		});
		expect(oauthTokenData.token_type).toBe('BearerToken');
	});

	test('without a token there is nothing to change', async () => {
		expect(await bearerInHeader.call(http, {})).toEqual({});
	});
});

describe('fetchToken', () => {
	test('gives the token at the path, posts what it was given, follows no redirect and waits for a minute', async () => {
		const { http, sent } = answering(200, { data: { token: 'abc' } });
		expect(await fetchToken(http, REQUEST)).toBe('abc');
		expect(sent).toEqual([
			expect.objectContaining({ ...REQUEST.options, method: 'POST', disableFollowRedirect: true, timeout: 60_000 }),
		]);
	});

	test.each([400, 401, 403])('status %i names what to check', async (status) => {
		const { http } = answering(status, { secret: 'never shown' });
		await expect(fetchToken(http, REQUEST)).rejects.toThrow(
			`No access token: the sign-in URL refused the request (status ${status}). Check the password.`,
		);
	});

	test.each([302, 404, 500])('status %i points at the URL', async (status) => {
		const { http } = answering(status, '');
		await expect(fetchToken(http, REQUEST)).rejects.toThrow(
			`No access token: the sign-in URL answered with status ${status}. Check the sign-in URL.`,
		);
	});

	test.each([
		['ECONNREFUSED', 'nothing answers at its host and port'],
		['ENOTFOUND', 'there is no host of its name'],
		['ECONNRESET', 'the connection broke off, or no answer came in time'],
	])('%s is told in words, with the name of the server', async (code, why) => {
		const httpRequest = async (): Promise<never> => {
			throw Object.assign(new Error(`connect ${code} 127.0.0.1:1`), { code });
		};
		await expect(fetchToken({ helpers: { httpRequest } }, REQUEST)).rejects.toThrow(
			`No access token: the sign-in URL cannot be reached: ${why}. Check the sign-in URL.`,
		);
	});

	test('a certificate that this machine does not trust is told as such', async () => {
		const httpRequest = async (): Promise<never> => {
			throw Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		};
		await expect(fetchToken({ helpers: { httpRequest } }, REQUEST)).rejects.toThrow(
			'No access token: the sign-in URL cannot be reached: n8n does not trust its certificate (see NODE_EXTRA_CA_CERTS). Check the sign-in URL.',
		);
	});

	test.each([
		['is absent', {}],
		['is empty', { data: { token: '' } }],
		['is no text', { data: { token: 5 } }],
		['is in no object', 'token'],
		['is in nothing', null],
	])('a token that %s is said to be missing', async (_what, body) => {
		const { http } = answering(200, body);
		await expect(fetchToken(http, REQUEST)).rejects.toThrow(
			'No access token: the answer of the sign-in URL has none at "data.token".',
		);
	});
});
