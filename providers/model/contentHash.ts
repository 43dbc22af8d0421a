/** A fingerprint of what a bill says, equal while nothing that matters has changed. */
import { createHash } from 'node:crypto';

import { isJsonObject } from './json';

/** Members that change without the bill changing: update stamps and (possibly signed) links. */
const VOLATILE = new Set(['lastUpdate', 'updatedAt', 'href', 'url', '@schemaLocation']);

/** SHA-256, hex, of the record as canonical JSON: members sorted, volatile ones and nulls left out. */
export function contentHash(record: unknown): string {
	return createHash('sha256').update(canonicalJson(record)).digest('hex');
}

function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (!isJsonObject(value)) return value === undefined ? 'null' : JSON.stringify(value);
	let members = '';
	for (const name of Object.keys(value).sort()) {
		const member = value[name];
		if (member === null || member === undefined || VOLATILE.has(name)) continue;
		members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
	}
	return `{${members}}`;
}
