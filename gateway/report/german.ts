/** The gateway's own texts in German, by what they are in English; `{}` stands for what differs, in the same order. */
export const german: Readonly<Record<string, string>> = {
  // Requests
  'This is not an address.': 'Das ist keine Adresse.',
  'There is nothing at this address.': 'Unter dieser Adresse gibt es nichts.',
  'This address is only read.': 'Diese Adresse wird nur gelesen.',
  'The header host is missing.': 'Die Kopfzeile host fehlt.',
  'Nothing but 100-continue may be expected.': 'Nichts außer 100-continue darf erwartet werden.',
  'The headers of the request are too large.': 'Die Kopfzeilen der Anfrage sind zu groß.',
  'The chunks of the body carry too much beside their data.': 'Die Teile der Anfrage tragen zu viel neben ihren Daten.',
  'The request came too slowly.': 'Die Anfrage kam zu langsam.',
  'This is not a request of HTTP/1.1.': 'Das ist keine Anfrage nach HTTP/1.1.',
  'Compressed request bodies are not accepted.': 'Komprimierte Anfragen werden nicht angenommen.',
  'The request body came too slowly.': 'Der Inhalt der Anfrage kam zu langsam.',
  'The request ended too early.': 'Die Anfrage endete zu früh.',
  'The request body is not UTF-8.': 'Der Inhalt der Anfrage ist kein UTF-8.',
  'The request body is larger than {} bytes.': 'Der Inhalt der Anfrage ist größer als {} Bytes.',
  'Answers come as application/graphql-response+json or application/json.':
    'Antworten gibt es als application/graphql-response+json oder application/json.',
  'GraphQL is served over GET and POST.': 'GraphQL gibt es über GET und POST.',
  'The client closed the connection before it was answered.':
    'Der Client hat die Verbindung geschlossen, bevor er eine Antwort hatte.',
  'The body must be application/json in UTF-8.': 'Der Inhalt muss application/json in UTF-8 sein.',
  'The batch is empty.': 'Der Stapel ist leer.',
  'A batch may hold {} requests.': 'Ein Stapel darf {} Anfragen enthalten.',
  'The header x-cost-only must be true or false.': 'Die Kopfzeile x-cost-only muss true oder false sein.',
  '{} is not valid JSON.': '{} ist kein gültiges JSON.',
  'The body': 'Der Inhalt',
  'The request must be a JSON object with the member "query".':
    'Die Anfrage muss ein JSON-Objekt mit dem Mitglied "query" sein.',
  '"{}" must be a string.': '"{}" muss ein Text sein.',
  '"{}" must be an object.': '"{}" muss ein Objekt sein.',
  'The request must have a "query".': 'Die Anfrage muss eine "query" haben.',
  '"extensions.persistedQuery" must be { version: 1, sha256Hash }.':
    '"extensions.persistedQuery" muss { version: 1, sha256Hash } sein.',
  '"extensions.lastEventId" must be the id of an event.':
    '"extensions.lastEventId" muss die Kennung eines Ereignisses sein.',
  'The hash is not the SHA-256 of the query.': 'Der Hash ist nicht der SHA-256 der Anfrage.',
  'Only operations registered beforehand are answered here.':
    'Hier werden nur Operationen beantwortet, die vorher angemeldet wurden.',
  'A mutation needs a POST request.': 'Eine Mutation braucht eine Anfrage mit POST.',
  'Subscriptions are served over WebSocket and as text/event-stream.':
    'Abonnements gibt es über WebSocket und als text/event-stream.',
  'This is not a subscription.': 'Das ist kein Abonnement.',

  // Operations
  'The alias "__proto__" is not allowed.': 'Der Alias "__proto__" ist nicht erlaubt.',
  'The root field of a subscription must not depend on @{}.':
    'Das oberste Feld eines Abonnements darf nicht von @{} abhängen.',
  'Unknown operation named "{}".': 'Es gibt keine Operation mit dem Namen "{}".',
  'The document has no operation.': 'Das Dokument hat keine Operation.',
  'The document has several operations: name one as operationName.':
    'Das Dokument hat mehrere Operationen: Nennen Sie eine als operationName.',
  'No subgraph can answer this operation.': 'Kein Teilgraph kann diese Operation beantworten.',
  'The document has more than {} characters.': 'Das Dokument hat mehr als {} Zeichen.',
  'The document is nested too deeply.': 'Das Dokument ist zu tief geschachtelt.',
  'A value is nested more than {} levels deep.': 'Ein Wert ist mehr als {} Ebenen tief geschachtelt.',
  '{} is nested more than {} levels deep.': '{} ist mehr als {} Ebenen tief geschachtelt.',
  'The operation has more than {} {}.': 'Die Operation hat mehr als {} {}.',
  tokens: 'Zeichen der Sprache',
  depth: 'Ebenen',
  aliases: 'Aliasse',
  directives: 'Direktiven',
  'root fields': 'oberste Felder',
  fields: 'Felder',
  'The operation asks for more than {} times the whole schema.':
    'Die Operation fragt nach mehr als dem {}-fachen des ganzen Schemas.',
  'The operation could not be planned.': 'Die Operation konnte nicht geplant werden.',
  'The operation takes too {} to plan.': 'Die Operation braucht zu {}, um geplant zu werden.',
  long: 'lange',
  'much memory': 'viel Speicher',
  'The operation has too many ways through the subgraphs to be planned.':
    'Die Operation hat zu viele Wege durch die Teilgraphen, um geplant zu werden.',
  '{}.{} needs exactly one of its arguments {}.': '{}.{} braucht genau eines seiner Argumente {}.',

  // Callers
  'The access token has expired.': 'Das Zugangstoken ist abgelaufen.',
  'The access token is not valid.': 'Das Zugangstoken ist nicht gültig.',
  'Callers cannot be identified at the moment. Try again.':
    'Wer anfragt, lässt sich gerade nicht feststellen. Bitte erneut versuchen.',
  'Access tokens cannot be verified at the moment. Try again.':
    'Zugangstoken können gerade nicht geprüft werden. Bitte versuchen Sie es noch einmal.',
  'The Authorization header must have the form "Bearer <token>".':
    'Die Kopfzeile Authorization muss die Form "Bearer <Token>" haben.',
  'The API key is not valid.': 'Der API-Schlüssel ist nicht gültig.',
  'The session has ended.': 'Die Sitzung ist beendet.',
  'The session could not be checked.': 'Die Sitzung konnte nicht geprüft werden.',
  'Your rights have changed. Connect again.': 'Ihre Rechte haben sich geändert. Bitte verbinden Sie sich neu.',
  'A request with cookies must come from this site and carry the header {}.':
    'Eine Anfrage mit Cookies muss von dieser Seite kommen und die Kopfzeile {} tragen.',
  'You may not see {}, which needs {}.': 'Sie dürfen {} nicht sehen; nötig ist {}.',
  'You may not use {}, which needs {}.': 'Sie dürfen {} nicht benutzen; nötig ist {}.',
  'You may not see {}.': 'Sie dürfen {} nicht sehen.',
  'You may not use {}.': 'Sie dürfen {} nicht benutzen.',
  'Sign in to see {}.': 'Melden Sie sich an, um {} zu sehen.',
  'Sign in to use {}.': 'Melden Sie sich an, um {} zu benutzen.',

  // Limits
  'A page may have at most {} entries, {} were asked for.':
    'Eine Seite darf höchstens {} Einträge haben, verlangt waren {}.',
  'The operation costs {} in {}; at most {} is allowed.': 'Die Operation kostet {} in {}; erlaubt ist höchstens {}.',
  'The operation costs {}; at most {} is allowed.': 'Die Operation kostet {}; erlaubt ist höchstens {}.',
  'The budget is used up. Try again in {} s.':
    'Das Budget ist aufgebraucht. Bitte versuchen Sie es in {} s noch einmal.',
  'Too many requests at once. Try again in a moment.':
    'Zu viele Anfragen auf einmal. Bitte versuchen Sie es gleich noch einmal.',
  'Too many new operations at once.': 'Zu viele neue Operationen auf einmal.',
  'Too many requests wait for {}.': 'Zu viele Anfragen warten auf {}.',
  'Too many open connections of one caller.': 'Zu viele offene Verbindungen eines Aufrufers.',
  'Too many subscriptions on one connection.': 'Zu viele Abonnements auf einer Verbindung.',
  'Events came faster than they were read. Subscribe again and read anew.':
    'Ereignisse kamen schneller, als sie gelesen wurden. Bitte abonnieren Sie neu und lesen Sie noch einmal.',

  // Faults
  'The gateway failed to answer. The request id leads to the cause.':
    'Das Gateway konnte nicht antworten. Die Kennung der Anfrage führt zur Ursache.',
  'Something failed on our side. The request id leads to the cause.':
    'Bei uns ist etwas fehlgeschlagen. Die Kennung der Anfrage führt zur Ursache.',
  'The gateway is stopping.': 'Das Gateway hält an.',
  'The gateway is stopping. Connect again.': 'Das Gateway hält an. Bitte verbinden Sie sich neu.',
  'The gateway is stopping. Subscribe again.': 'Das Gateway hält an. Bitte abonnieren Sie neu.',
  'The server is going away.': 'Der Server hält an.',
  'The graph has changed. Subscribe again and read anew.':
    'Der Graph hat sich geändert. Bitte abonnieren Sie neu und lesen Sie noch einmal.',
  'The part of the graph served by {} is not available.': 'Der Teil des Graphen von {} ist nicht verfügbar.',
  'The part of the graph served by {} cannot be reached.': 'Der Teil des Graphen von {} ist nicht erreichbar.',
  '{} did not answer in time.': '{} hat nicht rechtzeitig geantwortet.',
  '{} answered more than {} bytes.': '{} hat mehr als {} Bytes geantwortet.',
  '{} answered with status {} and no GraphQL result.': '{} hat mit Status {} und ohne GraphQL-Ergebnis geantwortet.',
  '{} answered with status {} and no event stream.': '{} hat mit Status {} und ohne Ereignisse geantwortet.',
  '{} answered with no valid GraphQL result.': '{} hat ohne gültiges GraphQL-Ergebnis geantwortet.',
  'The subgraph does not say what failed.': 'Der Teilgraph sagt nicht, was fehlgeschlagen ist.',
  'The subscription was refused.': 'Das Abonnement wurde abgelehnt.',
  'The type behind {} is not known.': 'Der Typ hinter {} ist nicht bekannt.',
  'Cannot return null for non-nullable field {}.': 'Das Feld {} darf nicht null sein.',
  'Invalid value found for {}: expected a list.': 'Ungültiger Wert für {}: eine Liste wurde erwartet.',
  'Invalid value found for {}.': 'Ungültiger Wert für {}.',
  'Invalid __typename found for {}.': 'Ungültiger __typename für {}.',
  'Not allowed: {}.': 'Nicht erlaubt: {}.',
};

interface Pattern {
  readonly english: RegExp;
  readonly text: string;
}

/** Texts with gaps are short; to look for gaps in the long ones of others could take time out of all proportion. */
const charactersMax = 500;

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

let patterns: readonly Pattern[] | undefined;

/** Made for the first error that is told in German. */
const patternsOf = (): readonly Pattern[] =>
  Object.entries(german)
    .filter(([english]) => english.includes('{}'))
    .map(([english, text]) => ({
      english: new RegExp(`^${english.split('{}').map(literally).join('(.+?)')}$`, 's'),
      text,
    }));

/** A text of ours in German; any other text as it is. */
export function inGerman(message: string): string {
  if (Object.hasOwn(german, message)) return german[message] as string;
  if (message.length > charactersMax) return message;
  patterns ??= patternsOf();
  for (const { english, text } of patterns) {
    const found = english.exec(message);
    if (!found) continue;
    let at = 0;
    return text.replaceAll('{}', () => {
      const value = found[++at] ?? '';
      return Object.hasOwn(german, value) ? (german[value] as string) : value;
    });
  }
  return message;
}
