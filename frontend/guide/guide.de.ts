import type { Guide } from './topics.ts';

export const de: Guide = {
  start: {
    title: 'Erste Schritte',
    lead: 'Anmelden, die Übersicht einrichten und überall schnell hinkommen.',
    text: `
## Anmelden
Melden Sie sich mit E-Mail und Passwort an. Den Link **Passwort vergessen** schickt Ihnen eine Mail, mit der Sie ein neues setzen. Wer mehrere
Firmen hat, wechselt oben links über den Firmennamen; jede Firma hat ihre eigenen Daten, Rechte und Ansichten.

## Die Übersicht
Jede Kachel zeigt Zahlen, die sich selbst aktualisieren; ein Klick auf eine Zahl oder einen Titel öffnet die Liste dahinter. Mit **Anordnen** ziehen Sie
Kacheln an einen anderen Platz, ändern ihre Größe, nehmen sie weg oder fügen neue hinzu, auch eigene Ansichten von Listen. Mit der Tastatur: Pfeiltasten
verschieben, mit der Umschalttaste ändern sie die Größe, Entf nimmt weg. **Zurücksetzen** bringt die Kacheln Ihrer Rolle zurück. Alles wird sofort gespeichert.

## Schnell ans Ziel
- **Strg+K** öffnet die Suche: Seiten, Einstellungen, Hilfe, Belege, Konten und alle anderen Datensätze finden, Neues anlegen, ausführen, was die Seite anbietet, oder rechnen, zum Beispiel \`3*19,95\`. Tippfehler und fehlende Umlaute stören nicht.
- **G** und ein Buchstabe springt zu einer Seite, **?** zeigt alle Tastenkürzel der Seite, auf der Sie sind.
- **R** macht rückgängig, was unten eben gemeldet wurde, solange die Meldung es anbietet.
- Der **Stern** oben merkt die Seite samt Filtern unter den Favoriten.

## Sprache und Aussehen
Deutsch oder Englisch, hell oder dunkel wählen Sie im Menü hinter Ihrem Kürzel oben rechts. Mehr Kontrast steht in den Einstellungen, die Zeilenhöhe
der Listen dort und an der Liste.
`,
  },
  lists: {
    title: 'Listen',
    lead: 'Finden, sortieren, filtern, gruppieren, ändern und exportieren, auch über Millionen Zeilen.',
    text: `
## Bewegen
Die Bildlaufleiste reicht über alle Zeilen. Pfeiltasten wandern von Zelle zu Zelle, **Strg+Ende** geht ans Ende, **Enter** öffnet die Zeile, **Leertaste**
wählt sie aus.

## Sortieren und filtern
Ein Klick auf die Spaltenüberschrift sortiert; mit gedrückter Umschalttaste kommt eine zweite Spalte dazu. Mit der Tastatur führt **↑** aus der ersten
Zeile in den Kopf, dort sortiert Enter; auf dem Telefon steht **Sortieren** bei den Werkzeugen der Liste. **/** springt in die Suche. Im Filter verbinden Sie
Bedingungen mit *alle*, *eine* oder *keine*, auch in Gruppen; bei Werten steht, wie viele Zeilen sie haben, und bei Tagen gibt es Zeiträume wie *voriger Monat*.
Filter stehen in der Adresse: ein Lesezeichen oder ein Link an Kollegen zeigt dasselbe.

## Spalten und Gruppen
Spalten lassen sich verschieben, verbreitern, ausblenden und festhalten. **Gruppieren** fasst Zeilen nach Wert, Monat, Quartal oder Jahr zusammen, mit Anzahl
und Summen; eine Gruppe klappt zu ihren Zeilen auf.

## Ansichten
Filter, Sortierung, Spalten und Gruppen sichern Sie unter einem Namen als eigene Ansicht, auf Wunsch für alle Kollegen. Eigene Ansichten können auch auf der
Übersicht stehen.

## Ändern und viele auf einmal
In Stammdaten ändert **F2** oder Tippen die Zelle, **Tab** geht weiter, **Esc** verwirft; kopieren und einfügen geht auch mit Bereichen aus einer Tabelle. Hat
inzwischen jemand anders geändert, sehen Sie beide Werte und entscheiden. Für ausgewählte Zeilen, auch für *alle passenden*, gibt es Aktionen mit Fortschritt; was nicht ging,
steht mit Grund in der Ergebnisliste.

## Export
Als CSV oder Excel, genau mit den Spalten, Filtern und der Reihenfolge, die Sie sehen. Der Druck des Browsers gibt die Zeilen aus, die gerade zu sehen sind, mit allen gezeigten Spalten.
`,
  },
  sales: {
    title: 'Verkauf',
    lead: 'Vom Angebot über Auftrag und Lieferung zur Rechnung und zur Zahlung.',
    text: `
## Die Kette
Angebot, Auftrag, Lieferung, Rechnung: jeder Schritt entsteht aus dem vorigen, und jeder Beleg zeigt oben, was vor und nach ihm kam. Sie können an jeder Stelle
anfangen, eine Rechnung also auch ohne Auftrag schreiben.

Rechts am Beleg stehen alle Belege desselben Vorgangs mit Stand und Tag, vom Angebot bis zur Zahlung, und darunter der Verlauf: was wann durch wen geschah.

## Drucken
**Drucken** gibt Angebot, Auftragsbestätigung, Lieferschein, Bestellung und Rechnung mit dem Briefkopf der Firma aus, auf Papier oder als PDF, in der Sprache, die beim Geschäftspartner als *Sprache der Belege* steht. Anschrift, Bank und Register kommen aus den
Einstellungen der Firma; eine gebuchte Rechnung behält, was bei der Buchung dort stand.

## Eine Rechnung schreiben
**Neue Rechnung** (Taste N), Kunde und Artikel mit den ersten Zeichen suchen, Menge eingeben; Preis, Steuerschlüssel und Summen kommen von selbst. **Enter** geht ins nächste Feld und in die
nächste Zeile, **Strg+D** kopiert die Zeile darüber, **Strg+Entf** entfernt sie. Während Sie schreiben, wird ein Entwurf gesichert; Sie finden ihn auf jedem Gerät
wieder. **Prüfen und buchen** vergibt die Rechnungsnummer, bucht ins Journal und bucht den Bestand ab. Fehler stehen am Feld.

## Gebucht ist gebucht
Ein gebuchter Beleg wird nicht mehr geändert. **Stornieren** schreibt eine Gutschrift mit eigener Nummer über denselben Betrag; danach schreiben Sie neu. Was bezahlt war, steht dann als
Guthaben des Kunden da; ein gewährter Skonto wird mit zurückgenommen.
**Gutschrift** an einer gebuchten Rechnung schreibt den Entwurf einer Rechnungskorrektur über ihre Positionen: Lassen Sie stehen, was gutgeschrieben wird, und kürzen Sie Mengen oder Preise. Sie nennt die Rechnung, die sie
korrigiert, hat deren Steuersätze und nimmt nie mehr zurück, als berechnet ist. Artikel mit Bestand, die mit der Rechnung hinausgingen, kommen mit ihrer Buchung ins Lager zurück; für einen bloßen Nachlass
nehmen Sie eine Dienstleistung. Was mit einem Lieferschein ging, nehmen Sie dort zurück, ganz oder in Teilen: **Zurücknehmen** fragt, wie viel gekommen ist.
Eine Rechnung, zu der eine Gutschrift steht, wird nicht storniert: Stornieren Sie zuerst die Gutschrift, oder schreiben Sie den Rest gut.

## Zahlungen
**Zahlung erfassen** am Beleg, auch in Teilen. Der offene Betrag folgt sofort, auch in der Übersicht und in den offenen Posten. Was auf dem Bankauszug steht, ordnen Sie unter *Bank* zu.
Eine versehentlich erfasste Zahlung nehmen Sie im **Verlauf** des Belegs mit **Zahlung zurücknehmen** zurück: Ihre Buchung wird umgekehrt, Betrag und Skonto sind wieder offen, und die Zahlung bleibt mit Tag und Grund lesbar.
Zieht der Kunde Skonto ab, geben Sie an, was gekommen ist, und buchen den **Rest als Skonto**: Der Posten ist ausgeglichen, Erlös und Umsatzsteuer mindern sich zum Satz der Rechnung.
Beim Zuordnen unter *Bank* ist der Skonto eine eigene Zeile mit Minus, zum Beispiel auf 8736 mit dem Schlüssel U19; er nimmt den Steuersatz des Belegs. Soll so ein Beleg storniert
werden, nehmen Sie zuerst die Zuordnung zurück.
Was Sie auf eine Gutschrift auszahlen, ist **Erstattung erfassen**. Fließt kein Geld, **verrechnen** Sie: Rechts am Beleg neben dem offenen Betrag wählen Sie, was auf der anderen Seite des Kontos
offen steht, etwa eine Gutschrift, eine Überzahlung oder das Guthaben aus einem Storno. Rückgängig macht das die Stornierung der Buchung im Journal.

## Ins EU-Ausland und in Drittländer
Der Steuerschlüssel der Zeile bestimmt, was gebucht wird; für innergemeinschaftliche Lieferungen braucht der Kunde eine USt-IdNr. Hinweise, die das Gesetz verlangt,
stehen auf dem Beleg.
`,
  },
  partners: {
    title: 'Kunden und Lieferanten',
    lead: 'Geschäftspartner, Chancen und Aktivitäten.',
    text: `
## Geschäftspartner
Ein Geschäftspartner kann Kunde, Lieferant und Interessent zugleich sein. Name und Land genügen für den Anfang. USt-IdNr., IBAN und BIC werden beim Eingeben
geprüft. Das Personenkonto in der Buchhaltung entsteht mit der ersten Buchung von selbst.

## Was Sie auf einen Blick sehen
Offene Posten, die letzten Belege, Chancen und Aktivitäten stehen auf der Seite des Partners. **N** schreibt ihm eine Rechnung.

## Zu zweit am selben Datensatz
Wer den Datensatz offen hat, steht oben. Sichert der andere zuerst, werden Felder, die nur einer von Ihnen geändert hat, zusammengeführt; für die übrigen sehen Sie
beide Werte und wählen.

## Chancen und Aktivitäten
Chancen zeigen, was sich anbahnt, mit Betrag, Stufe und erwartetem Abschluss; die Übersicht zählt sie je Stufe. Aktivitäten sind Anrufe, Mails, Termine, Notizen und Aufgaben.
`,
  },
  inventory: {
    title: 'Artikel und Lager',
    lead: 'Stammdaten, Bestand und jede Bewegung.',
    text: `
## Artikel
Nummer, Name, Einheit, Preis und Steuerschlüssel. Waren haben Bestand, Dienstleistungen nicht. Ein Artikel, den es nicht mehr gibt, wird stillgelegt: alte Belege behalten
ihn, neue bieten ihn nicht mehr an.

## Bestand
Der Bestand ist die Summe aller Bewegungen: Wareneingang, Lieferung, Rechnung ohne Lieferung, Rückgabe und Korrektur. Eine Bewegung wird nie geändert, sondern durch eine zweite berichtigt.
Ein Verkauf wird nicht verhindert, weil der Wareneingang noch nicht erfasst ist; der Bestand geht dann unter null.

## Bestand korrigieren
**Bestand korrigieren** (Taste N bei den Lagerbewegungen, B am Artikel) nimmt die gezählte Menge und bucht die Differenz, oder einen Zu- oder Abgang mit Vorzeichen. Artikel suchen oder
scannen, **Enter**, Menge, **Enter**: dann ist der nächste Artikel dran; Lager, Tag und Grund bleiben stehen. Stimmt die Zählung, wird nichts gebucht.

## Lagerorte
Unter **Lagerorte** stehen Ihre Lager mit der Zahl der Artikel, die darin liegen. Eines ist das Standardlager: dorthin geht und von dort kommt Ware, wenn nichts anderes gesagt ist. Ein leeres
Lager, das es nicht mehr gibt, wird stillgelegt; alte Belege behalten es.

## Nachbestellen
Liegt der Bestand unter dem Meldebestand oder unter null, steht der Artikel in der Kachel **Bestand prüfen** und in der Ansicht *Nachbestellen* der Artikelliste.
`,
  },
  purchasing: {
    title: 'Einkauf',
    lead: 'Bestellung, Wareneingang, Eingangsrechnung und Zahlung.',
    text: `
## Bestellen
Eine Bestellung wird freigegeben und dann als versandt gekennzeichnet. Der erwartete Tag hilft der Übersicht.

## Wareneingang
**Wareneingang anlegen** an der Bestellung übernimmt die offenen Mengen; ändern Sie, was tatsächlich kam. Mit dem Buchen steigt der Bestand. Teillieferungen sind möglich.

## Eingangsrechnung
Erfassen Sie Nummer und Tag des Lieferanten und die Zeilen, oder übernehmen Sie sie aus der Bestellung. Dieselbe Nummer desselben Lieferanten wird kein zweites Mal angenommen.
Das Buchen schreibt Vorsteuer und Verbindlichkeit; bei innergemeinschaftlichem Erwerb und § 13b UStG schuldet Ihre Firma die Steuer, und beides wird gebucht.

## Stornieren
Ein gebuchter Wareneingang und eine Eingangsrechnung werden mit einem Grund storniert, nie gelöscht. Beim Wareneingang gehen die Mengen wieder aus dem Bestand, bei der gebuchten Rechnung entsteht
die Gegenbuchung; was schon bezahlt ist, bleibt als Forderung an den Lieferanten.

## Bezahlen
**Zahlung erfassen** an der Eingangsrechnung, oder den Ausgang auf dem Bankauszug zuordnen. Gezogenen Skonto buchen Sie gleich mit: Kosten und Vorsteuer mindern sich.
Eine versehentlich erfasste Zahlung nehmen Sie im Verlauf der Eingangsrechnung mit **Zahlung zurücknehmen** zurück. 

## Gutschrift des Lieferanten
**Gutschrift** an der gebuchten Eingangsrechnung übernimmt ihre Zeilen; lassen Sie stehen, was auf der Gutschrift steht. Ohne Rechnung beginnt sie unter *Neue Eingangsrechnung* mit **Stattdessen eine Gutschrift
erfassen**. Geprüft und gebucht mindert sie Kosten und Vorsteuer und steht als Guthaben beim Lieferanten: **verrechnen** Sie es rechts am Beleg mit einer Rechnung, oder erfassen Sie die Erstattung.
`,
  },
  finance: {
    title: 'Buchhaltung',
    lead: 'Journal, Summen und Salden, offene Posten und Bank.',
    text: `
## Journal
Jede Buchung ist festgeschrieben, fortlaufend nummeriert und mit der vorigen verkettet; so fällt jede nachträgliche Änderung auf. Von der Buchung führt ein Link zum Beleg.
**Neue Buchung** (Taste **N**) bucht von Hand: Konto nach Nummer oder Name, Betrag im Soll oder Haben, Steuerschlüssel am Sachkonto. Der Betrag ist dann brutto, die
Steuer wird herausgerechnet. **Enter** führt zum nächsten Feld und in die nächste Zeile, **=** setzt die Differenz in die Zeile. **Prüfen** bucht noch nichts.
Berichtigt wird mit **Stornieren**: Die Gegenbuchung steht in einem offenen Monat, beide Buchungen verweisen aufeinander. **Als neue Buchung** übernimmt die Zeilen als Vorlage.
Was zu einem Beleg gehört, wird mit dem Beleg storniert.

## Summen und Salden
Alle Konten mit Anfangsbestand, Soll, Haben und Saldo bis zu einem Monat. Ein Klick auf ein Konto zeigt seine Monate und größten Buchungen, von dort geht es zum Kontoblatt.

## Konten
**Neues Konto** (Taste **N**) ergänzt den Kontenrahmen. Das Kontoblatt zeigt Anfangsbestand, jede Zeile mit Gegenkonto in Soll und Haben, den Saldo danach und den Endbestand, für einen
Monat oder das Geschäftsjahr. Ein Konto, das nicht mehr bebucht werden soll, setzen Sie unter **Bearbeiten** auf nicht aktiv.

## Offene Posten
Was Kunden und was Sie schulden, mit Fälligkeit und Tagen des Verzugs. Stehen beide in der Liste, ist der Saldo am Ende Forderungen weniger Verbindlichkeiten.

## Bank
Einen Auszug lesen Sie als CAMT.053-Datei (XML) ein; dieselbe Zeile wird nie zweimal übernommen. Was auf Papier kommt, erfassen Sie mit **Umsatz erfassen** (Taste **U**).
Auf der Seite einer Zeile stehen passende offene Posten: gleicher Betrag, Belegnummer im Verwendungszweck, derselbe Name. In **Zuordnung** wählen Sie Posten nach Beleg oder Name und Konten
nach Nummer, auch gemischt und in Teilen: eine Rechnung abzüglich Gutschrift, Zinsen oder Gebühren mit Steuerschlüssel. Was in die andere Richtung geht, steht mit Minus; **=** nimmt den Rest.
Gebucht wird, wenn nichts mehr offen ist. Zu viel Gezahltes buchen Sie auf das Personenkonto, dort steht es als Guthaben. **Zuordnung aufheben** storniert die Buchung und öffnet die Posten wieder.

## Perioden
Unter **Perioden** steht, was ein Monat noch annimmt. **Offen**: alle mit dem Recht zu buchen. **Vorläufig abgeschlossen**: nur noch die Buchhaltung, Belege anderer Bereiche
werden abgewiesen. **Gesperrt**: niemand. Gesperrt wird spätestens nach der Umsatzsteuer-Voranmeldung. Ein Monat lässt sich wieder öffnen; jede Änderung wird protokolliert.
`,
  },
  tasks: {
    title: 'Vorgänge und Import',
    lead: 'Was im Hintergrund läuft, und wie Belege aus einer Datei kommen.',
    text: `
## Vorgänge
Lange Arbeiten laufen im Hintergrund weiter, auch wenn Sie die Seite verlassen. Der Ring oben zeigt den Fortschritt, die Glocke meldet das Ende. Ein Vorgang kann
abgebrochen und nach einem Fehler wiederholt werden; nichts geschieht dabei doppelt.

## Belege importieren
Unter *Vorgänge* laden Sie eine CSV-Datei hoch, auch als .gz. Der **Probelauf** prüft alles und ändert nichts. Fehlerhafte Zeilen werden mit Nummer und Grund
gemeldet, der Rest wird übernommen; dieselbe Datei noch einmal fügt nichts hinzu.
`,
  },
  files: {
    title: 'Anhänge',
    lead: 'Dateien an Belegen und Stammdaten: anhängen, ansehen, aufbewahren.',
    text: `
## Anhängen
Unter **Anhänge** steht auf jeder Seite eines Belegs, Geschäftspartners, Artikels oder einer Buchung, was dazu gehört. **Datei anhängen** wählt Dateien aus; sie
lassen sich auch auf den Abschnitt ziehen oder mit **Strg+V** einfügen, zum Beispiel ein Bildschirmfoto. Am Telefon bietet dieselbe Schaltfläche die Kamera an. In Formularen
gewählte Dateien werden angehängt, sobald gespeichert ist; Entwürfe behalten sie nur in diesem Browser. Eine Datei darf 25 MB groß sein, Programme werden nicht angenommen.

## Ansehen
Bilder und PDF öffnen sich in einem neuen Reiter, alles andere wird gespeichert; der Pfeil daneben speichert immer. Einen Anhang sieht, wer seinen Datensatz sehen darf.

## Entfernen und aufbewahren
Der Papierkorb nimmt einen Anhang weg, **Rückgängig** holt ihn zurück. Was zu einem versandten oder gebuchten Beleg gehört, trägt ein Schloss und wird mit ihm
aufbewahrt; die richtige Datei hängen Sie zusätzlich an. Wer was angehängt und entfernt hat, steht im Protokoll.

## Ohne Verbindung
Auch ohne Verbindung gewählte Dateien gehen nicht verloren: sie warten am Datensatz und im Ausgang, zusammen bis 100 MB, und werden genau einmal gesendet, nach dem Datensatz,
zu dem sie gehören.
`,
  },
  offline: {
    title: 'Ohne Verbindung',
    lead: 'Was ohne Server geht, und was danach geschieht.',
    text: `
## Lesen
Die Anwendung startet auch ohne Verbindung. Was Sie schon gesehen haben, können Sie lesen; oben steht, von wann der Stand ist.

## Schreiben
Neue und geänderte Partner, Artikel, Angebote, Aufträge, Bestellungen, Eingangsrechnungen und Entwürfe von Rechnungen, mit ihren Anhängen, warten im **Ausgang** und werden gesendet, sobald der Server wieder da ist: in der richtigen Reihenfolge und
jedes genau einmal, auch wenn das Gerät zwischendurch aus war. Buchen geht nur mit Verbindung.

## Wenn sich etwas widerspricht
Hat inzwischen jemand anders dasselbe Feld geändert, steht der Eintrag im Ausgang mit beiden Werten; Sie wählen je Feld. Von dort können Sie auch wiederholen oder verwerfen.

## Was auf dem Gerät bleibt
Gespeichert wird getrennt nach Firma und Person. Beim Abmelden und beim Wechsel der Firma wird alles gelöscht.
`,
  },
  settings: {
    title: 'Einstellungen und Rechte',
    lead: 'Firma, Menschen, Sitzungen und Zugänge für Programme.',
    text: `
## Firma
Anschrift, USt-IdNr., Bankverbindung und Registerdaten stehen auf Ihren Belegen. Kontenrahmen (SKR03 oder SKR04) und Beginn des Geschäftsjahrs stehen fest, sobald gebucht wurde.

## Menschen und Rollen
Laden Sie Kolleginnen und Kollegen mit ihrer Rolle ein: Inhaber, Buchhaltung, Vertrieb, Lager, Einkauf oder Prüfer (nur lesen). Eigene Rollen stellen Sie unter **Rollen**
aus einzelnen Rechten zusammen; jede Rolle zeigt, was sie erlaubt und wer sie hat. Löschen lässt sich eine, sobald alle eine andere haben.

## Sitzungen
Sie sehen, wo Sie angemeldet sind, und können jede Sitzung beenden. **Auf allen Geräten abmelden** beendet alle auf einmal, auch diese.

## Zugänge für Programme
Ein Shop oder eine Auswertung bekommt einen Schlüssel mit den Rechten, die sie braucht, und einem Budget. Der Schlüssel wird nur einmal gezeigt. Was das Programm fragen kann, steht im
Explorer unter \`/explorer\` am Graphen.
`,
  },
  trouble: {
    title: 'Wenn etwas nicht geht',
    lead: 'Meldungen verstehen und weiterkommen.',
    text: `
## Meldungen
Jede Meldung nennt den Grund und, wo es eines gibt, das Feld. Was Sie eingegeben haben, bleibt stehen.

## Die Sitzung ist abgelaufen
Mitten in einem Formular wird nach dem Passwort gefragt; danach geht es weiter, wo Sie waren.

## Ein Teil der Seite fehlt
Fällt ein Bereich aus, fehlen nur seine Angaben; der Rest arbeitet weiter. **Jetzt versuchen** fragt noch einmal.

## Hilfe holen
Nennen Sie die Kennung unter der Meldung. Damit findet der Betrieb Ihre Anfrage in den Aufzeichnungen.
`,
  },
};
