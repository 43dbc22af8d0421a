/** The `fields` parameter: the members asked for, and always the id and the href. */
import type { TmfBody } from './bodies';

/** `none` asks for nothing beyond id and href. Names that the resource lacks are passed over. */
export function withFields(body: TmfBody, fields: string | undefined): TmfBody {
	if (fields === undefined) return body;
	const wanted = new Set(['id', 'href', ...fields.split(',').map((field) => field.trim())]);
	return Object.fromEntries(Object.entries(body).filter(([name]) => wanted.has(name)));
}
