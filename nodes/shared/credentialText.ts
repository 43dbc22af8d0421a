/** Reading the fields of a credential. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A field's text; empty when the user left it so. */
export function textOf(credentials: ICredentialDataDecryptedObject, name: string): string {
	const value = credentials[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The fields of all credentials that are secrets, and the members of what n8n keeps of an OAuth2 token. */
const SECRET_FIELDS = ['clientSecret', 'token', 'sessionToken', 'headerSecret', 'password', 'apiKey'];
const SECRET_TOKENS = ['access_token', 'refresh_token', 'id_token'];

/** Everything in a credential that must not be told, in the forms that it travels in. */
export function secretsIn(credentials: ICredentialDataDecryptedObject): readonly string[] {
	const { oauthTokenData } = credentials;
	const tokens = typeof oauthTokenData === 'object' && !Array.isArray(oauthTokenData) ? oauthTokenData : {};
	const texts = [
		...SECRET_FIELDS.map((name) => textOf(credentials, name)),
		...SECRET_TOKENS.map((name) => textOf(tokens as ICredentialDataDecryptedObject, name)),
		...basicForms(credentials),
	];
	return texts.filter((text) => text !== '');
}

function basicForms(credentials: ICredentialDataDecryptedObject): readonly string[] {
	const pairs = [
		['clientId', 'clientSecret'],
		['username', 'password'],
	] as const;
	return pairs.flatMap(([user, secret]) => {
		const password = textOf(credentials, secret);
		return password === '' ? [] : [Buffer.from(`${textOf(credentials, user)}:${password}`).toString('base64')];
	});
}
