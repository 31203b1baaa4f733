import type { PrivacyStrings } from '../strings.js';

/** German. */
export const STRINGS: PrivacyStrings = {
  heading: 'Was dieses Gerät sich merkt',
  switchName: 'Auf diesem Gerät merken',
  on: 'An',
  off: 'Aus',
  introGranted:
    'Um vorzuschlagen, was zu Ihrem Warenkorb passt, macht sich dieser Shop in diesem Browser Notizen. Sie bleiben in diesem Browser und werden niemandem gesendet.',
  introPending:
    'Dieser Shop möchte sich in diesem Browser Notizen machen, um vorzuschlagen, was zu Ihrem Warenkorb passt. Er hat Sie noch nicht gefragt.',
  introDenied: 'Dieser Shop macht sich in diesem Browser keine Notizen. Sie haben abgelehnt, und was es gab, wurde gelöscht.',
  nothingKept: 'Auf diesem Gerät ist nichts gespeichert.',
  offer:
    'Wenn Sie es erlauben, wird nur in diesem Browser notiert, was Sie ansehen und hinzufügen. Sie können die Notizen hier ansehen und löschen.',
  allow: 'Notizen erlauben',
  allowed: 'Notizen sind erlaubt.',
  refusedElsewhere: 'Die Cookie-Einstellungen dieses Shops sagen Nein. Ändern Sie zuerst dort Ihre Antwort.',
  switchedOff: 'Ausgeschaltet. Alles ist gelöscht, in jedem Tab dieses Shops.',
  keptHeading: 'Die Notizen',
  viewed: 'Angesehene Artikel',
  time: 'Zeit',
  added: 'In den Warenkorb gelegt',
  bought: 'Gekaufte Artikel',
  lastViewed: 'Zuletzt angesehen',
  lastAdded: 'Zuletzt hinzugefügt',
  purchases: 'Gekauft',
  until: 'gespeichert bis {date}',
  retention: 'Was Sie ansehen, bleibt {days} gespeichert. Was Sie gekauft haben, bleibt {months} gespeichert.',
  nothingYet: 'Es gibt noch keine Notizen.',
  download: 'Notizen herunterladen',
  downloaded: 'Gespeichert als {file}.',
  erase: 'Notizen löschen',
  eraseQuestion: 'Alles löschen, was hier gespeichert ist, in jedem Tab dieses Shops?',
  eraseYes: 'Ja, löschen',
  eraseNo: 'Behalten',
  erased: 'Alles ist gelöscht. Neue Notizen beginnen jetzt, es sei denn, Sie schalten sie aus.',
  failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  receiptHeading: 'Beleg',
  sent: '{bytes} dieser Notizen wurden gesendet.',
  requests: 'Abgerufene Dateien, dieselben für alle Besucher: {count}',
  what: 'Was',
  from: 'Von',
  size: 'Größe',
  when: 'Wann',
  fromCache: 'gespeicherte Kopie',
  unknown: 'nicht angegeben',
  channels: 'Wer sonst von Ihrem Besuch erfahren kann',
  channelsIntro: 'Die Notizen werden niemandem gesendet. Was ein Besuch sonst verraten kann, und wem:',
  channelWords: {
    pictures:
      'Das Bild eines Vorschlags wird von dort geladen, wo der Shop seine Bilder hat: Dieser Server sieht, welche Bilder dieser Browser abruft.',
    pictureSheet:
      'Alle Bilder kommen auf einem Bogen, der für alle Besucher derselbe ist: Niemand sieht, welche davon gezeigt werden.',
    noPictures: 'Es werden keine Bilder geladen.',
    links:
      'Wer einem Vorschlag folgt, öffnet dessen Seite: Der Shop sieht das wie bei jedem Link. Der Adresse wird nichts hinzugefügt.',
    shopCart:
      'Wer einen Vorschlag hinzufügt, nutzt den Warenkorb des Shops: Der Shop erfährt, was hinzugefügt wird, wie von seinen eigenen Schaltflächen.',
    shopScripts:
      'Skripte des Shops können nach Vorschlägen fragen und nach dem, was hier gespeichert ist. Dafür ist der Shop verantwortlich.',
    orderAttribute:
      'Um zu messen, was Vorschläge bringen, wurde dieser Browser durch Los einer Gruppe zugeteilt, und Warenkorb und Bestellung tragen sie: {attribute}.',
    noOrderAttribute: 'Auf Warenkorb und Bestellung wird nichts vermerkt.',
    analytics: 'Der Statistik des Shops wird gemeldet, welche Vorschläge gezeigt, geöffnet und hinzugefügt werden.',
    noAnalytics: 'Kein Statistik- oder Werbedienst erfährt etwas.',
  },
};
