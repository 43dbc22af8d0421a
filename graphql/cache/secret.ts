/** What the cache's key is good for: names of entries that tell nothing, and values that nobody else can read or change. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export class CacheSecret {
	private readonly naming: Buffer;
	private readonly sealing: Buffer;

	/** @param key shared by the instances that share a cache */
	constructor(key: string | Uint8Array) {
		this.naming = derived(key, 'names of cache entries');
		this.sealing = derived(key, 'values of cache entries');
	}

	/** The same text for the same parts, and only whoever holds the key can tell which. Absent members do not count. */
	fingerprint(...parts: readonly unknown[]): string {
		return createHmac('sha256', this.naming).update(JSON.stringify(parts)).digest('base64url');
	}

	/** Encrypted and authenticated with AES-256-GCM; base64. */
	seal(text: string): string {
		const nonce = randomBytes(NONCE_BYTES);
		const cipher = createCipheriv(CIPHER, this.sealing, nonce);
		const body = [cipher.update(text, 'utf8'), cipher.final()];
		return Buffer.concat([nonce, cipher.getAuthTag(), ...body]).toString('base64');
	}

	/** @throws Error for what was not sealed with this key, or was changed since */
	open(sealed: string): string {
		const bytes = Buffer.from(sealed, 'base64');
		const bodyAt = NONCE_BYTES + TAG_BYTES;
		const decipher = createDecipheriv(CIPHER, this.sealing, bytes.subarray(0, NONCE_BYTES), {
			authTagLength: TAG_BYTES,
		});
		decipher.setAuthTag(bytes.subarray(NONCE_BYTES, bodyAt));
		return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString('utf8');
	}
}

function derived(key: string | Uint8Array, use: string): Buffer {
	return Buffer.from(hkdfSync('sha256', key, '', use, 32));
}
