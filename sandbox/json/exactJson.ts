/** Writes JSON with numbers of any length digit by digit: a float would lose the end of an 18-digit amount. */

/** A number that is written as this text, for instance `123456789012345.678` or `25.90`. */
export class ExactNumber {
	constructor(readonly text: string) {}
}

export type ExactJson =
	| string
	| number
	| boolean
	| null
	| undefined
	| ExactNumber
	| readonly ExactJson[]
	| { readonly [member: string]: ExactJson };

/** The JSON text of a value; members that are undefined are left out, as `JSON.stringify` does. */
export function writeJson(value: ExactJson): string {
	if (value instanceof ExactNumber) return value.text;
	if (typeof value === 'string') return JSON.stringify(value);
	if (value === null || value === undefined) return 'null';
	if (typeof value !== 'object') return String(value);
	if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
	let text = '';
	for (const [name, member] of Object.entries(value)) {
		if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${writeJson(member)}`;
	}
	return `{${text}}`;
}

function isList(value: readonly ExactJson[] | { readonly [member: string]: ExactJson }): value is readonly ExactJson[] {
	return Array.isArray(value);
}
