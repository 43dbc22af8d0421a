/** The JSON schema of a node's output, drawn from real output: what n8n's editor and AI builder are shown. */

export interface JsonSchema {
	readonly type?: string | readonly string[];
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly items?: JsonSchema;
	readonly version?: number;
}

/** Of items that all have the same columns; a column that is null everywhere is taken for text. */
export function schemaOf(items: readonly unknown[]): JsonSchema {
	return { ...schema(items), version: 1 };
}

function schema(values: readonly unknown[]): JsonSchema {
	const given = values.filter((value) => value !== null && value !== undefined);
	const types = [...new Set(given.map(typeOf))].sort();
	if (types.includes('object')) {
		const objects = given.map((value) => value as Readonly<Record<string, unknown>>);
		const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
		return {
			type: 'object',
			properties: Object.fromEntries(names.map((name) => [name, schema(objects.map((object) => object[name]))])),
		};
	}
	if (types.includes('array')) return { type: 'array', items: schema(given.flat()) };
	const [only = 'string', ...more] = types;
	return { type: more.length === 0 ? only : types };
}

function typeOf(value: unknown): string {
	return Array.isArray(value) ? 'array' : typeof value;
}
