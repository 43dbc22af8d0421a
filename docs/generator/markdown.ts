/** Markdown in the form that Prettier gives it. */

export type Row = readonly string[];

/** Columns padded to their widest cell. */
export function table(head: Row, rows: readonly Row[]): string {
	const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)));
	const line = (cells: Row): string =>
		`| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
	return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function bullets(items: readonly string[]): string {
	return items.map((item) => `- ${item}`).join('\n');
}

export function paragraphs(...parts: readonly string[]): string {
	return `${parts.join('\n\n')}\n`;
}
