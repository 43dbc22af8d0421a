/** Reading the fields that a user filled in. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A field's text; empty when the user left it so. */
export function textOf(credentials: ICredentialDataDecryptedObject, name: string): string {
	const value = credentials[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
