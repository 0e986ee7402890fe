// What the app says, as far as the tests look for it. (Its own tables: src/messages.)

export const WORDS = {
  en: {
    attribute: {
      length: 'Length', width: 'Belt width', load: 'Load on the belt', speed: 'Belt speed',
      environment: 'Environment', belt: 'Belt', frame: 'Frame', documents: 'Documents',
    },
    option: { food: 'Food, washed down', steel: 'Steel, powder-coated', stainless: 'Stainless steel 304' },
    undo: 'Undo', redo: 'Redo', startOver: 'Start over', whyNot: (value) => `Why not ${value}?`,
    apply: 'Make this change', add: 'Add to quote', toQuote: /^Quote \(\d+\)$/,
  },
  nl: {
    attribute: {
      length: 'Lengte', width: 'Bandbreedte', load: 'Belasting op de band', speed: 'Bandsnelheid',
      environment: 'Omgeving', belt: 'Band', frame: 'Frame', documents: 'Documenten',
    },
    option: { food: 'Voedsel, nat gereinigd', steel: 'Staal, gepoedercoat', stainless: 'Rvs 304' },
    undo: 'Ongedaan maken', redo: 'Herstellen', startOver: 'Opnieuw beginnen',
    whyNot: (value) => `Waarom niet ${value}?`,
    apply: 'Deze wijziging doorvoeren', add: 'Aan offerte toevoegen', toQuote: /^Offerte \(\d+\)$/,
  },
};
