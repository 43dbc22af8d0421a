// Tests of a node's operations, by resource and operation, so that one without a test is found out.
import type { INodeParameters } from 'n8n-workflow';

import type { SandboxOptions } from '../../../sandbox/context';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { type CredentialTypeName, demoCredentials } from './demoCredentials';
import type { N8n, NodeRequest, NodeRun } from './n8n';
import { PACKAGE } from './package';
import type { Credential } from './rest';
import { sharedN8n } from './sharedN8n';

/** What a test works with. */
export interface Bench {
	readonly n8n: N8n;
	readonly sandbox: RunningSandbox;
	/** The demo credentials of the node's types, by type. */
	readonly credentials: Readonly<Partial<Record<CredentialTypeName, Credential>>>;
	/**
	 * Runs the operation that the test is listed under.
	 * @throws Error with n8n's words when the run does not succeed
	 */
	run(parameters: INodeParameters, more?: RunSettings): Promise<NodeRun>;
	/** The same, but how it ended is for the test to say. */
	attempt(parameters: INodeParameters, more?: RunSettings): Promise<NodeRun>;
}

type RunSettings = Pick<NodeRequest, 'input' | 'settings' | 'timezone' | 'credentials'>;

/** By `resource: operation`, then by what the operation is expected to do. */
export type OperationTests = Readonly<Record<string, Readonly<Record<string, (bench: Bench) => Promise<void>>>>>;

interface NodeUnderTest {
	/** Name of the type without the package's. */
	readonly node: string;
	readonly credentials: readonly CredentialTypeName[];
	/** Parameters of every run. */
	readonly common?: INodeParameters;
	readonly sandbox?: Partial<SandboxOptions>;
}

/** One sandbox for all of them; every pair of the running n8n must be among the tests. */
export function describeOperations(
	{ node, credentials, common, sandbox: options }: NodeUnderTest,
	tests: OperationTests,
): void {
	let bench: Omit<Bench, 'run' | 'attempt'>;

	beforeAll(async () => {
		const n8n = await sharedN8n();
		const sandbox = await startSandbox(options);
		const forms = demoCredentials(sandbox);
		const saved: Partial<Record<CredentialTypeName, Credential>> = {};
		for (const type of credentials) saved[type] = await n8n.credential(type, forms[type].data);
		bench = { n8n, sandbox, credentials: saved };
	});

	afterAll(async () => bench.sandbox.close());

	test('every operation that n8n offers is executed here', async () => {
		expect(Object.keys(tests).sort()).toEqual((await pairsOf(bench.n8n, node)).sort());
	});

	for (const [pair, byExpectation] of Object.entries(tests)) {
		describe(pair, () => {
			test.each(Object.entries(byExpectation))('%s', async (_expectation, check) => {
				const attempt: Bench['attempt'] = async (parameters, more = {}) =>
					bench.n8n.runNode({
						type: `${PACKAGE}.${node}`,
						parameters: { ...named(pair), ...common, ...parameters },
						credentials: Object.values(bench.credentials),
						...more,
					});
				await check({ ...bench, attempt, run: async (...request) => succeeded(await attempt(...request)) });
			});
		});
	}
}

/** n8n adds it to every node whose credential its HTTP Request node can use; it runs nothing of ours. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

/** The `resource: operation` pairs of a node, as the running n8n describes it. */
export async function pairsOf(n8n: N8n, node: string): Promise<string[]> {
	const type = (await n8n.rest.nodeTypes()).find(({ name }) => name === `${PACKAGE}.${node}`);
	const operations = type?.properties.filter(({ name }) => name === 'operation') ?? [];
	return operations.flatMap(({ displayOptions, options = [] }) =>
		((displayOptions?.show?.resource ?? []) as string[]).flatMap((resource) =>
			options.flatMap((option) =>
				'value' in option && option.value !== CUSTOM_API_CALL ? [`${resource}: ${String(option.value)}`] : [],
			),
		),
	);
}

function named(pair: string): INodeParameters {
	const [resource = '', operation = ''] = pair.split(': ');
	return { resource, operation };
}

/** @throws Error with n8n's words when the run did not succeed */
export function succeeded(run: NodeRun): NodeRun {
	if (run.status === 'success') return run;
	const { message, description } = run.error ?? { message: 'no reason given' };
	throw new Error(`The run ended with "${run.status}": ${message}. ${description ?? ''}`);
}

/** A resource locator that names its thing by id. */
export function byId(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}
