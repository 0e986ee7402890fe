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
    pieces: /^Pieces of line 1/, send: 'Send request', missing: 'Please fill this in.',
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
    details: 'Prijsopbouw', removeLine: /^Regel 1 verwijderen/, another: 'Nog een samenstellen',
    quote: 'Offerteaanvraag', empty: 'Nog niets om aan te vragen', back: 'Verder samenstellen',
    field: { company: 'Bedrijf', name: 'Uw naam', email: 'E-mail', note: /^Opmerking voor de leverancier/ },
    pieces: /^Aantal van regel 1/, send: 'Aanvraag versturen', missing: 'Vul dit in.',
    requests: 'Uw aanvragen', waiting: 'Wacht op verzending', received: 'Ontvangen door de leverancier',
    refused: 'Niet aangenomen', request: /^Aanvraag Q-\d{4}-\d+$/, tryNow: 'Nu proberen', deleteData: 'Mijn gegevens wissen',
    catalogNotFound: 'Dit product is niet beschikbaar', requestNotFound: 'Deze aanvraag bestaat niet',
    otherAmounts: 'De leverancier rekent andere prijzen',
  },
};
