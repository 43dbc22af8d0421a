/** Changes single values in a JSON text. Works on the text, so that no other number, space or letter of it changes. */

/** A member of an object or an item of a list. */
interface Part {
	/** The member's name, or the item's index. */
	readonly name: string;
	/** From the name on, where there is one. */
	readonly start: number;
	readonly valueStart: number;
	readonly end: number;
}

interface Edit {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** Given a value's text, the text to put in its place; null takes the member or item out. */
export type ChangeValue = (value: string) => string | null;

/** Changes the values at a path of member names and item indices; `*` stands for every one. What is not there is passed over. */
export function changedAt(json: string, path: readonly string[], change: ChangeValue): string {
	let changed = json;
	for (const { start, end, text } of editsIn(json, skipSpace(json, 0), path, change).reverse()) {
		changed = changed.slice(0, start) + text + changed.slice(end);
	}
	return changed;
}

/** The last item of the list at the root, or else of the first list inside, becomes its first one again. */
export function withDuplicate(json: string): string {
	const parts = partsOf(json, startOfFirstList(json));
	const [first] = parts;
	const last = parts.at(-1);
	if (first === undefined || last === undefined || first === last) return json;
	return json.slice(0, last.start) + json.slice(first.start, first.end) + json.slice(last.end);
}

/** The first item of that list comes once more behind its last one. */
export function withFirstAgain(json: string): string {
	const parts = partsOf(json, startOfFirstList(json));
	const [first] = parts;
	const last = parts.at(-1);
	if (first === undefined || last === undefined) return json;
	return `${json.slice(0, last.end)},${json.slice(first.start, first.end)}${json.slice(last.end)}`;
}

function editsIn(json: string, at: number, [name, ...rest]: readonly string[], change: ChangeValue): Edit[] {
	const parts = partsOf(json, at);
	const edits: Edit[] = [];
	for (const [index, part] of parts.entries()) {
		if (name !== '*' && name !== part.name) continue;
		if (rest.length > 0) {
			edits.push(...editsIn(json, part.valueStart, rest, change));
			continue;
		}
		const text = change(json.slice(part.valueStart, part.end));
		if (text !== null) edits.push({ start: part.valueStart, end: part.end, text });
		else edits.push(removal(parts, index));
	}
	return edits;
}

/** With the comma after it; the last one leaves with the comma before it. */
function removal(parts: readonly Part[], index: number): Edit {
	const { start, end } = parts[index] as Part;
	const next = parts[index + 1];
	if (next !== undefined) return { start, end: next.start, text: '' };
	return { start: parts[index - 1]?.end ?? start, end, text: '' };
}

/** Of the object or list that starts at `at`; none of anything else. */
function partsOf(json: string, at: number): readonly Part[] {
	const isObject = json.charAt(at) === '{';
	if (!isObject && json.charAt(at) !== '[') return [];
	const parts: Part[] = [];
	let next = skipSpace(json, at + 1);
	while (next < json.length && json.charAt(next) !== '}' && json.charAt(next) !== ']') {
		const start = next;
		const nameEnd = isObject ? endOfValue(json, start) : start;
		const valueStart = isObject ? skipSpace(json, skipSpace(json, nameEnd) + 1) : start;
		const end = endOfValue(json, valueStart);
		parts.push({ name: isObject ? json.slice(start + 1, nameEnd - 1) : String(parts.length), start, valueStart, end });
		next = skipSpace(json, end);
		if (json.charAt(next) === ',') next = skipSpace(json, next + 1);
	}
	return parts;
}

function startOfFirstList(json: string): number {
	let at = 0;
	while (at < json.length && json.charAt(at) !== '[') at = json.charAt(at) === '"' ? endOfText(json, at) : at + 1;
	return at;
}

function endOfValue(json: string, start: number): number {
	if (json.charAt(start) === '"') return endOfText(json, start);
	let depth = 0;
	for (let at = start; at < json.length;) {
		const char = json.charAt(at);
		if (depth === 0 && at > start && /[\s,\]}]/.test(char)) return at;
		if (char === '[' || char === '{') depth += 1;
		if (char === ']' || char === '}') depth -= 1;
		at = char === '"' ? endOfText(json, at) : at + 1;
		if (depth === 0 && (char === ']' || char === '}')) return at;
	}
	return json.length;
}

function endOfText(json: string, start: number): number {
	let at = start + 1;
	while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
	return at + 1;
}

function skipSpace(json: string, at: number): number {
	let next = at;
	while (/\s/.test(json.charAt(next))) next += 1;
	return next;
}
