/** Types for JSON as it came from a provider. */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
	readonly [name: string]: JsonValue | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a non-empty string, or of a finite number (ids and numbers arrive as either). Null otherwise. */
export function textOf(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** The object, or an empty one: for reading members of what may be missing, null or of another shape. */
export function objectOf(value: unknown): JsonObject {
	return isJsonObject(value) ? value : {};
}

/** The array, or null where the provider gave none. */
export function arrayOf(value: unknown): readonly JsonValue[] | null {
	return Array.isArray(value) ? (value as readonly JsonValue[]) : null;
}
