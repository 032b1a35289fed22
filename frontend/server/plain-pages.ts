import type { ServerResponse } from 'node:http';

/** Pages that must come when nothing else does: no script, no style sheet, no graph, both languages at once. */

type Answer = Pick<ServerResponse, 'writeHead' | 'end'>;

interface PlainPage {
  readonly status: number;
  readonly de: readonly [title: string, text: string];
  readonly en: readonly [title: string, text: string];
  readonly link: readonly [label: string, href: string];
  readonly requestId?: string;
}

const failed = (requestId: string, path: string): PlainPage => ({
  status: 500,
  de: [
    'Das hat nicht geklappt',
    'Die Seite konnte nicht erstellt werden. Was schon gespeichert war, ist sicher. Versuchen Sie es in einem Augenblick noch einmal.',
  ],
  en: [
    'Something went wrong',
    'The page could not be made. What was saved already is safe. Please try again in a moment.',
  ],
  link: ['Noch einmal · Try again', path],
  requestId,
});

const otherSession: PlainPage = {
  status: 409,
  de: [
    'Hier ist inzwischen jemand anders angemeldet',
    'In diesem Browser ist jemand anders angemeldet oder eine andere Firma offen als auf der Seite, von der Sie kommen. Es wurde niemand abgemeldet.',
  ],
  en: [
    'Somebody else is signed in here by now',
    'Somebody else is signed in to this browser, or another company is open, than on the page you come from. Nobody was signed out.',
  ],
  link: ['Dort weitermachen · Go on there', '/'],
};

const outdated = (path: string): PlainPage => ({
  status: 200,
  de: [
    'Dieser Browser ist zu alt',
    'VALEO NeuroERP braucht Chrome oder Edge ab 111, Firefox ab 128 oder Safari ab 16.4. Ihr Browser bekommt auch keine Sicherheitsupdates mehr. Bitte aktualisieren Sie ihn oder nehmen Sie einen anderen.',
  ],
  en: [
    'This browser is too old',
    'VALEO NeuroERP needs Chrome or Edge from 111, Firefox from 128 or Safari from 16.4. Your browser no longer gets security updates either. Please update it or take another one.',
  ],
  link: ['Trotzdem weiter · Go on anyway', `/auth/any-browser?next=${encodeURIComponent(path)}`],
});

export const sendFailure = (response: Answer, requestId: string, path: string): void =>
  send(response, failed(requestId, path));

export const sendOtherSession = (response: Answer): void => send(response, otherSession);

export const sendOutdated = (response: Answer, path: string): void => send(response, outdated(path));

function send(response: Answer, page: PlainPage): void {
  response.writeHead(page.status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    vary: 'user-agent, cookie',
  });
  response.end(html(page));
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

// Colours and measures are those of the sign-in page; old browsers read neither variables nor layers.
const html = ({ de, en, link, requestId }: PlainPage): string => `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(de[0])} · VALEO NeuroERP</title>
<style>
body { margin: 0; background: #f4f7f7; color: #152024; font: 16px/1.5 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 30em; margin: 12vh auto; padding: 32px; background: #fff; border: 1px solid #d9dfe1; border-radius: 12px; box-sizing: border-box; }
@media (max-width: 640px) { main { margin: 0; min-height: 100vh; border: 0; border-radius: 0; padding: 32px 20px; } }
.brand { font-weight: 600; color: #005e71; margin: 0 0 28px; }
h1 { font-size: 22px; line-height: 1.25; margin: 0 0 8px; letter-spacing: -0.01em; }
h2 { font-size: 17px; margin: 28px 0 4px; }
p { margin: 0 0 16px; color: #3d4a4f; }
a { display: inline-block; margin-top: 8px; padding: 12px 18px; border-radius: 8px; background: #077288; color: #fff; text-decoration: none; font-weight: 500; }
a:focus { outline: 3px solid #58bcd6; outline-offset: 2px; }
small { display: block; margin-top: 24px; color: #576469; font-size: 13px; }
@media (prefers-color-scheme: dark) {
  body { background: #0e181b; color: #edf1f2; }
  main { background: #152024; border-color: #273439; }
  p, small { color: #c5cccf; }
  .brand { color: #86d1e7; }
  a { background: #58bcd6; color: #081013; }
}
</style>
</head>
<body>
<main>
<p class="brand">VALEO NeuroERP</p>
<h1>${escaped(de[0])}</h1>
<p>${escaped(de[1])}</p>
<div lang="en">
<h2>${escaped(en[0])}</h2>
<p>${escaped(en[1])}</p>
</div>
<a href="${escaped(link[1])}">${escaped(link[0])}</a>
${requestId ? `<small>${escaped(requestId)}</small>` : ''}
</main>
</body>
</html>
`;
