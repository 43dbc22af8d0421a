// The owner of the n8n, signed in by REST: the cookie, and the browser id that n8n binds it to.
export const OWNER = {
	email: 'owner@example.com',
	password: 'Telecom-Billing-1',
	firstName: 'Ada',
	lastName: 'Owner',
} as const;

/** Plain data, so that it can be handed to another process or to a browser. */
export interface Session {
	/** Origin, for instance `http://127.0.0.1:5678`. */
	readonly url: string;
	/** Value of the cookie `n8n-auth`. */
	readonly authCookie: string;
	readonly browserId: string;
}

const BROWSER_ID = 'telecom-billing-demo';

/** Makes the owner on the first start, and signs in on the next ones. */
export async function signIn(url: string): Promise<Session> {
	const settings = await fetch(`${url}/rest/settings`);
	const { data } = (await settings.json()) as { data: { userManagement: { showSetupOnFirstLoad: boolean } } };
	const response = data.userManagement.showSetupOnFirstLoad
		? await post(`${url}/rest/owner/setup`, OWNER)
		: await post(`${url}/rest/login`, { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
	const cookie = response.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
	const authCookie = cookie?.split(';')[0]?.slice('n8n-auth='.length);
	if (authCookie === undefined) throw new Error(`n8n did not sign the owner in: ${await response.text()}`);
	return { url, authCookie, browserId: BROWSER_ID };
}

export function sessionHeaders({ authCookie, browserId }: Session): Record<string, string> {
	return { cookie: `n8n-auth=${authCookie}`, 'browser-id': browserId };
}

async function post(url: string, body: object): Promise<Response> {
	return fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'browser-id': BROWSER_ID },
		body: JSON.stringify(body),
	});
}
