/** Structured logs: one JSON object a line on standard error, with secrets taken out whatever line they got into. */
import pino, { type DestinationStream, type Logger } from 'pino';

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Members that hold secrets, wherever in a logged object within two levels. */
const SECRET_MEMBERS = [
	'authorization',
	'cookie',
	'password',
	'token',
	'clientSecret',
	'refreshToken',
	'apiKey',
	'["x-api-key"]',
	'["set-cookie"]',
];

const HIDDEN = '(hidden)';
/** What is shorter would tear words apart, and is no secret to speak of. */
const SHORTEST_SECRET = 6;

/** @param secrets those of the configuration as it is now */
export function createLog(
	level: LogLevel,
	secrets: () => readonly string[],
	destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
	return pino(
		{
			level,
			base: { service: 'telecom-billing-graphql' },
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			redact: { paths: SECRET_MEMBERS.flatMap(anywhere), censor: HIDDEN },
			hooks: { streamWrite: (line) => without(line, secrets()) },
		},
		destination,
	);
}

function anywhere(member: string): string[] {
	const joined = member.startsWith('[') ? `*${member}` : `*.${member}`;
	return [member, joined, `*.${joined}`];
}

/** Providers and token servers are known to quote what they were sent. */
function without(line: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.reduce((rest, secret) => rest.replaceAll(JSON.stringify(secret).slice(1, -1), HIDDEN), line);
}
