/** Small log-log charts as SVG: panels side by side, in colours that read on light and on dark. */

export interface Line {
	readonly name: string;
	readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
	readonly title: string;
	readonly xLabel: string;
	readonly lines: readonly Line[];
}

export interface Plot {
	readonly title: string;
	readonly yLabel: string;
	readonly panels: readonly Panel[];
}

const COLUMNS = 2;
const PANEL = { width: 430, height: 300, left: 62, right: 24, top: 44, bottom: 52 };
const LEGEND_HEIGHT = 40;
const LEGEND_STEP = 160;
const INK = '#7d8590';
const GRID = '#7d859040';
const COLOURS = ['#2f81f7', '#d9730d', '#1a9c5b', '#a855f7', '#d6336c'];
const DASHES = ['', '', '6 4', '2 3', ''];
const FONT = 'font-family="system-ui, sans-serif" font-size="12"';

/** Every panel has the same y axis, so that they can be held against each other. */
export function svgPlot({ title, yLabel, panels }: Plot): string {
	const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
	const yRange = decades(panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(([, y]) => y))));
	const width = COLUMNS * PANEL.width;
	const height = Math.ceil(panels.length / COLUMNS) * PANEL.height + LEGEND_HEIGHT;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ${FONT} role="img" aria-label="${title}">`,
		`<title>${title}</title>`,
		...names.map((name, index) => legendEntry(name, index)),
		...panels.map((panel, index) => {
			const x = (index % COLUMNS) * PANEL.width;
			const y = LEGEND_HEIGHT + Math.floor(index / COLUMNS) * PANEL.height;
			return `<g transform="translate(${x} ${y})">\n${panelSvg(panel, { names, yRange, yLabel })}\n</g>`;
		}),
		'</svg>',
		'',
	].join('\n');
}

/** From a power of ten to a power of ten. */
type Decades = readonly [from: number, to: number];

function decades(values: readonly number[]): Decades {
	const logs = values.map(Math.log10);
	const from = Math.floor(Math.min(...logs));
	return [from, Math.max(from + 1, Math.ceil(Math.max(...logs)))];
}

function legendEntry(name: string, index: number): string {
	const x = PANEL.left + index * LEGEND_STEP;
	return `${stroke(`M${x} 20h28`, index)}${text(x + 34, 24, name)}`;
}

interface Frame {
	readonly names: readonly string[];
	readonly yRange: Decades;
	readonly yLabel: string;
}

function panelSvg({ title, xLabel, lines }: Panel, { names, yRange, yLabel }: Frame): string {
	const { width, height, left, right, top, bottom } = PANEL;
	const xRange = decades(lines.flatMap(({ points }) => points.map(([x]) => x)));
	const xAt = scale(xRange, left, width - right);
	const yAt = scale(yRange, height - bottom, top);
	const middle = (top + height - bottom) / 2;
	return [
		text(left, 26, title, 'font-weight="600"'),
		...powers(xRange).map((x) => gridLine(`M${xAt(x)} ${top}V${height - bottom}`)),
		...powers(yRange).map((y) => gridLine(`M${left} ${yAt(y)}H${width - right}`)),
		...powers(xRange).map((x) => text(xAt(x), height - bottom + 18, told(x), 'text-anchor="middle"')),
		...powers(yRange).map((y) => text(left - 8, yAt(y) + 4, told(y), 'text-anchor="end"')),
		text((left + width - right) / 2, height - bottom + 38, xLabel, 'text-anchor="middle"'),
		text(14, middle, yLabel, `text-anchor="middle" transform="rotate(-90 14 ${middle})"`),
		...lines.map(({ name, points }) => lineSvg(points, names.indexOf(name), xAt, yAt)),
	].join('\n');
}

type Scale = (value: number) => number;

function scale([from, to]: Decades, start: number, end: number): Scale {
	return (value) => round(start + ((Math.log10(value) - from) / (to - from)) * (end - start));
}

function powers([from, to]: Decades): readonly number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));
}

function lineSvg(points: Line['points'], colour: number, xAt: Scale, yAt: Scale): string {
	const placed = points.toSorted(([left], [right]) => left - right).map(([x, y]) => [xAt(x), yAt(y)] as const);
	const path = placed.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
	const dots = placed.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${COLOURS[colour] ?? INK}"/>`);
	return `${stroke(path, colour)}${dots.join('')}`;
}

function stroke(path: string, colour: number): string {
	const dash = DASHES[colour] ? ` stroke-dasharray="${DASHES[colour]}"` : '';
	return `<path d="${path}" fill="none" stroke="${COLOURS[colour] ?? INK}" stroke-width="2"${dash}/>`;
}

function gridLine(path: string): string {
	return `<path d="${path}" stroke="${GRID}"/>`;
}

function text(x: number, y: number, words: string, attributes = ''): string {
	return `<text x="${x}" y="${y}" fill="${INK}"${attributes === '' ? '' : ` ${attributes}`}>${words}</text>`;
}

/** `10 k`, `1 M`. */
function told(value: number): string {
	if (value >= 1_000_000) return `${value / 1_000_000} M`;
	return value >= 1_000 ? `${value / 1_000} k` : String(value);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
