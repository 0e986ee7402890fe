// What the app says, as far as the tests look for it. (Its own tables: src/messages.)

export const WORDS = {
  en: {
    attribute: {
      length: 'Length', width: 'Belt width', load: 'Load on the belt', speed: 'Belt speed',
      environment: 'Environment', belt: 'Belt', frame: 'Frame', documents: 'Documents',
    },
    option: { food: 'Food, washed down', steel: 'Steel, powder-coated', stainless: 'Stainless steel 304' },
    clear: (attribute) => `Clear your choice for ${attribute}`, undo: 'Undo', redo: 'Redo', startOver: 'Start over', whyNot: (value) => `Why not ${value}?`,
    apply: 'Make this change', add: 'Add to quote', toQuote: /^Quote \(\d+\)$/,
    details: 'Price details', removeLine: /^Remove line/, another: 'Configure another',
    quote: 'Quote request', empty: 'Nothing to quote yet', back: 'Back to configuring',
    field: { company: 'Company', name: 'Your name', email: 'E-mail', note: /^Note to the supplier/ },
    pieces: /^Quantity of line 1/, send: 'Send request', missing: 'Please fill this in.',
    requests: 'Your requests', waiting: 'Waiting to be sent', received: 'Received by the supplier',
    refused: 'Not accepted', request: /^Request Q-\d{4}-\d+$/, tryNow: 'Try now', deleteData: 'Delete my data',
    catalogNotFound: 'This product is not available', requestNotFound: 'There is no such request',
    otherAmounts: "The supplier's prices are different",
  },
  nl: {
    attribute: {
      length: 'Lengte', width: 'Bandbreedte', load: 'Belasting op de band', speed: 'Bandsnelheid',
      environment: 'Omgeving', belt: 'Band', frame: 'Frame', documents: 'Documenten',
    },
    option: { food: 'Voedsel, nat gereinigd', steel: 'Staal, gepoedercoat', stainless: 'Rvs 304' },
    clear: (attribute) => `Uw keuze voor ${attribute} wissen`, undo: 'Ongedaan maken', redo: 'Herstellen', startOver: 'Opnieuw beginnen',
    whyNot: (value) => `Waarom niet ${value}?`,
    apply: 'Deze wijziging doorvoeren', add: 'Aan offerte toevoegen', toQuote: /^Offerte \(\d+\)$/,
    details: 'Prijsopbouw', removeLine: /^Regel 1 verwijderen/, another: 'Nog een product samenstellen',
    quote: 'Offerteaanvraag', empty: 'Nog niets om aan te vragen', back: 'Verder samenstellen',
    field: { company: 'Bedrijf', name: 'Uw naam', email: 'E-mail', note: /^Opmerking voor de leverancier/ },
    pieces: /^Aantal van regel 1/, send: 'Aanvraag versturen', missing: 'Vul dit in.',
    requests: 'Uw aanvragen', waiting: 'Wacht op verzending', received: 'Ontvangen door de leverancier',
    refused: 'Niet aangenomen', request: /^Aanvraag Q-\d{4}-\d+$/, tryNow: 'Nu proberen', deleteData: 'Mijn gegevens wissen',
    catalogNotFound: 'Dit product is niet beschikbaar', requestNotFound: 'Deze aanvraag bestaat niet',
    otherAmounts: 'De leverancier rekent andere prijzen',
  },
  nb: {
    attribute: {
      length: 'Lengde', width: 'Båndbredde', load: 'Last på båndet', speed: 'Båndhastighet',
      environment: 'Omgivelser', belt: 'Bånd', frame: 'Ramme', documents: 'Dokumenter',
    },
    option: { food: 'Næringsmidler, spyles ned', steel: 'Stål, pulverlakkert', stainless: 'Rustfritt stål 304' },
    clear: (attribute) => `Nullstill valget for ${attribute}`, undo: 'Angre', redo: 'Gjør om', startOver: 'Start på nytt',
    whyNot: (value) => `Hvorfor ikke ${value}?`,
    apply: 'Gjør denne endringen', add: 'Legg til i forespørselen', toQuote: /^Forespørsel \(\d+\)$/,
    details: 'Prisdetaljer', removeLine: /^Fjern linje/, another: 'Sett sammen et produkt til',
    quote: 'Tilbudsforespørsel', empty: 'Ingenting å be om tilbud på ennå', back: 'Tilbake til konfiguratoren',
    field: { company: 'Firma', name: 'Navnet ditt', email: 'E-post', note: /^Merknad til leverandøren/ },
    pieces: /^Antall på linje 1/, send: 'Send forespørsel', missing: 'Fyll ut dette feltet.',
    requests: 'Dine forespørsler', waiting: 'Venter på å bli sendt', received: 'Mottatt av leverandøren',
    refused: 'Ikke godtatt', request: /^Forespørsel Q-\d{4}-\d+$/, tryNow: 'Prøv nå', deleteData: 'Slett opplysningene mine',
    catalogNotFound: 'Dette produktet er ikke tilgjengelig', requestNotFound: 'Denne forespørselen finnes ikke',
    otherAmounts: 'Leverandørens priser er andre',
  },
  pl: {
    attribute: {
      length: 'Długość', width: 'Szerokość taśmy', load: 'Obciążenie taśmy', speed: 'Prędkość taśmy',
      environment: 'Otoczenie', belt: 'Taśma', frame: 'Rama', documents: 'Dokumentacja',
    },
    option: { food: 'Żywność, mycie na mokro', steel: 'Stal malowana proszkowo', stainless: 'Stal nierdzewna 304' },
    clear: (attribute) => `Wyczyść wybór: ${attribute}`, undo: 'Cofnij', redo: 'Ponów', startOver: 'Zacznij od nowa',
    whyNot: (value) => `Dlaczego nie ${value}?`,
    apply: 'Wprowadź tę zmianę', add: 'Dodaj do zapytania', toQuote: /^Zapytanie \(\d+\)$/,
    details: 'Szczegóły ceny', removeLine: /^Usuń pozycję/, another: 'Skonfiguruj kolejny produkt',
    quote: 'Zapytanie ofertowe', empty: 'Zapytanie jest jeszcze puste', back: 'Wróć do konfiguracji',
    field: { company: 'Firma', name: 'Imię i nazwisko', email: 'E-mail', note: /^Uwagi dla dostawcy/ },
    pieces: /^Ilość w pozycji 1/, send: 'Wyślij zapytanie', missing: 'Proszę wypełnić to pole.',
    requests: 'Moje zapytania', waiting: 'Oczekuje na wysłanie', received: 'Otrzymane przez dostawcę',
    refused: 'Nie przyjęto', request: /^Zapytanie Q-\d{4}-\d+$/, tryNow: 'Spróbuj teraz', deleteData: 'Usuń moje dane',
    catalogNotFound: 'Ten produkt jest niedostępny', requestNotFound: 'Nie ma takiego zapytania',
    otherAmounts: 'Ceny dostawcy są inne',
  },
};

/** All languages that the app speaks. */
export const LOCALES = Object.keys(WORDS);
