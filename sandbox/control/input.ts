/** Reads the JSON that control endpoints take, and says in words what is wrong with it. */

/** Answered as 400 with its message. */
export class ControlError extends Error {
	readonly statusCode = 400;
}

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new ControlError('A JSON object is expected');
	}
	return value as Fields;
}

export function optionalText(fields: Fields, name: string): string | undefined {
	const value = fields[name];
	if (value === undefined || typeof value === 'string') return value;
	throw new ControlError(`${name} must be text`);
}

/** One text, or a list of them. */
export function optionalTexts(fields: Fields, name: string): readonly string[] {
	const given = fields[name];
	if (given === undefined) return [];
	const texts: readonly unknown[] = Array.isArray(given) ? given : [given];
	return texts.map((text) => {
		if (typeof text === 'string') return text;
		throw new ControlError(`${name} must be text, or a list of texts`);
	});
}

export function requiredText(fields: Fields, name: string): string {
	const value = optionalText(fields, name);
	if (value === undefined || value === '') throw new ControlError(`${name} is missing`);
	return value;
}

export function optionalChoice<T extends string>(fields: Fields, name: string, choices: readonly T[]): T | undefined {
	const text = optionalText(fields, name);
	const choice = choices.find((candidate) => candidate === text);
	if (text !== undefined && choice === undefined) {
		throw new ControlError(`${name} must be one of ${choices.join(', ')}`);
	}
	return choice;
}

export function requiredChoice<T extends string>(fields: Fields, name: string, choices: readonly T[]): T {
	const choice = optionalChoice(fields, name, choices);
	if (choice === undefined) throw new ControlError(`${name} is missing; it is one of ${choices.join(', ')}`);
	return choice;
}

export function optionalWhole(fields: Fields, name: string, min: number): number | undefined {
	const value = fields[name];
	if (value === undefined) return undefined;
	if (typeof value === 'number' && Number.isInteger(value) && value >= min) return value;
	throw new ControlError(`${name} must be a whole number from ${min} up`);
}
