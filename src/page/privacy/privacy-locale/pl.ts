import type { PrivacyStrings } from '../strings.js';

/** Polish. */
export const STRINGS: PrivacyStrings = {
  heading: 'Co pamięta to urządzenie',
  switchName: 'Zapamiętuj na tym urządzeniu',
  on: 'Włączone',
  off: 'Wyłączone',
  introGranted:
    'Aby podpowiadać, co pasuje do Twojego koszyka, ten sklep robi notatki w tej przeglądarce. Notatki zostają w tej przeglądarce i nie są nikomu wysyłane.',
  introPending:
    'Ten sklep chciałby robić notatki w tej przeglądarce, aby podpowiadać, co pasuje do Twojego koszyka. Jeszcze o to nie zapytał.',
  introDenied: 'Ten sklep nie robi notatek w tej przeglądarce. Nie wyrażono zgody, a to, co było, usunięto.',
  nothingKept: 'Na tym urządzeniu nic nie jest przechowywane.',
  offer:
    'Jeśli na to pozwolisz, to, co oglądasz i dodajesz, będzie notowane tylko w tej przeglądarce. Notatki można tu obejrzeć i usunąć.',
  allow: 'Zezwól na notatki',
  allowed: 'Notatki są dozwolone.',
  refusedElsewhere: 'Ustawienia plików cookie tego sklepu mówią „nie”. Zmień najpierw odpowiedź tam.',
  switchedOff: 'Wyłączono. Wszystko usunięto, w każdej karcie tego sklepu.',
  keptHeading: 'Notatki',
  viewed: 'Obejrzane produkty',
  time: 'Spędzony czas',
  added: 'Dodane do koszyka',
  bought: 'Kupione produkty',
  lastViewed: 'Ostatnio oglądane',
  lastAdded: 'Ostatnio dodane',
  purchases: 'Kupione',
  until: 'przechowywane do {date}',
  retention: 'To, co oglądasz, zostaje zapomniane po: {days}. To, co kupiono, jest pamiętane przez: {months}.',
  nothingYet: 'Nie ma jeszcze notatek.',
  download: 'Pobierz notatki',
  downloaded: 'Zapisano jako {file}.',
  erase: 'Usuń notatki',
  eraseQuestion: 'Usunąć wszystko, co jest tu przechowywane, w każdej karcie tego sklepu?',
  eraseYes: 'Tak, usuń',
  eraseNo: 'Zachowaj',
  erased: 'Wszystko usunięto. Od teraz powstają nowe notatki, chyba że je wyłączysz.',
  failed: 'To się nie udało. Spróbuj ponownie.',
  receiptHeading: 'Potwierdzenie',
  sent: '{bytes} z tych notatek wysłano.',
  requests: 'Pobrane pliki, takie same dla każdego odwiedzającego: {count}',
  what: 'Co',
  from: 'Skąd',
  size: 'Rozmiar',
  when: 'Kiedy',
  fromCache: 'zachowana kopia',
  unknown: 'nie podano',
  channels: 'Kto jeszcze może dowiedzieć się o Twojej wizycie',
  channelsIntro: 'Notatki nie są nikomu wysyłane. Co jeszcze może zdradzić wizyta i komu:',
  channelWords: {
    pictures:
      'Obrazek podpowiedzi jest pobierany stamtąd, gdzie sklep trzyma obrazki: ten serwer widzi, o które obrazki prosi ta przeglądarka.',
    pictureSheet:
      'Wszystkie obrazki są na jednym arkuszu, takim samym dla każdego odwiedzającego: nikt nie widzi, które są pokazywane.',
    noPictures: 'Żadne obrazki nie są pobierane.',
    links:
      'Przejście do podpowiedzi otwiera jej stronę: sklep to widzi, jak przy każdym odnośniku. Do adresu nic nie jest dodawane.',
    shopCart: 'Dodanie podpowiedzi korzysta z koszyka sklepu: sklep dowiaduje się, co dodano, tak jak przy własnych przyciskach.',
    shopScripts: 'Skrypty sklepu mogą pytać o podpowiedzi i o to, co jest tu przechowywane; odpowiada za nie sklep.',
    orderAttribute:
      'Aby zmierzyć, co dają propozycje, ta przeglądarka została losowo przydzielona do grupy, a koszyk i zamówienie ją zawierają: {attribute}.',
    noOrderAttribute: 'Na koszyku ani na zamówieniu nic nie jest zapisywane.',
    analytics: 'Statystyki sklepu dowiadują się, które podpowiedzi są pokazywane, otwierane i dodawane.',
    noAnalytics: 'Żadna usługa statystyczna ani reklamowa niczego się nie dowiaduje.',
  },
};
