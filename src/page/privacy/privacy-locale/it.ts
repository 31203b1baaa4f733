import type { PrivacyStrings } from '../strings.js';

/** Italian. */
export const STRINGS: PrivacyStrings = {
  heading: 'Che cosa ricorda questo dispositivo',
  switchName: 'Ricorda su questo dispositivo',
  on: 'Attivo',
  off: 'Disattivato',
  introGranted:
    'Per suggerire che cosa si abbina al tuo carrello, questo negozio prende appunti in questo browser. Gli appunti restano in questo browser e non vengono inviati a nessuno.',
  introPending:
    'Questo negozio vorrebbe prendere appunti in questo browser per suggerire che cosa si abbina al tuo carrello. Non te l’ha ancora chiesto.',
  introDenied: 'Questo negozio non prende appunti in questo browser. Hai detto di no, e quello che c’era è stato cancellato.',
  nothingKept: 'Su questo dispositivo non è conservato nulla.',
  offer:
    'Se lo permetti, ciò che guardi e aggiungi viene annotato solo in questo browser. Qui puoi vedere gli appunti e cancellarli.',
  allow: 'Consenti gli appunti',
  allowed: 'Gli appunti sono consentiti.',
  refusedElsewhere: 'Le impostazioni dei cookie di questo negozio dicono di no. Cambia prima lì la tua risposta.',
  switchedOff: 'Disattivato. Tutto è cancellato, in ogni scheda di questo negozio.',
  keptHeading: 'Gli appunti',
  viewed: 'Articoli visti',
  time: 'Tempo trascorso',
  added: 'Aggiunti al carrello',
  bought: 'Articoli acquistati',
  lastViewed: 'Visti per ultimi',
  lastAdded: 'Aggiunti per ultimi',
  purchases: 'Acquistati',
  until: 'conservato fino al {date}',
  retention: 'Ciò che guardi viene dimenticato dopo {days}. Ciò che hai acquistato viene ricordato per {months}.',
  nothingYet: 'Non ci sono ancora appunti.',
  download: 'Scarica gli appunti',
  downloaded: 'Salvato come {file}.',
  erase: 'Cancella gli appunti',
  eraseQuestion: 'Cancellare tutto ciò che è conservato qui, in ogni scheda di questo negozio?',
  eraseYes: 'Sì, cancella',
  eraseNo: 'Conserva',
  erased: 'Tutto è cancellato. Da ora iniziano nuovi appunti, a meno che tu non li disattivi.',
  failed: 'Non ha funzionato. Riprova.',
  receiptHeading: 'Ricevuta',
  sent: '{bytes} di questi appunti sono stati inviati.',
  requests: 'File richiesti, gli stessi per ogni visitatore: {count}',
  what: 'Che cosa',
  from: 'Da',
  size: 'Dimensione',
  when: 'Quando',
  fromCache: 'copia conservata',
  unknown: 'non indicato',
  channels: 'Chi altro può sapere della tua visita',
  channelsIntro: 'Gli appunti non vengono inviati a nessuno. Che cos’altro può rivelare una visita, e a chi:',
  channelWords: {
    pictures:
      'L’immagine di un suggerimento viene caricata da dove il negozio tiene le sue immagini: quel server vede quali immagini chiede questo browser.',
    pictureSheet: 'Tutte le immagini arrivano su un unico foglio, uguale per ogni visitatore: nessuno vede quali sono mostrate.',
    noPictures: 'Non viene caricata nessuna immagine.',
    links:
      'Seguire un suggerimento apre la sua pagina: il negozio lo vede, come per ogni link. All’indirizzo non viene aggiunto nulla.',
    shopCart:
      'Aggiungere un suggerimento usa il carrello del negozio: il negozio sa che cosa viene aggiunto, come dai suoi pulsanti.',
    shopScripts: 'Gli script del negozio possono chiedere suggerimenti e ciò che è conservato qui; ne risponde il negozio.',
    orderAttribute:
      'Per misurare che cosa portano i suggerimenti, questo browser è stato assegnato per sorteggio a un gruppo, e il carrello e l’ordine lo riportano: {attribute}.',
    noOrderAttribute: 'Sul carrello e sull’ordine non viene scritto nulla.',
    analytics: 'Alle statistiche del negozio viene detto quali suggerimenti sono mostrati, seguiti e aggiunti.',
    noAnalytics: 'A nessun servizio di statistica o pubblicità viene detto nulla.',
  },
};
