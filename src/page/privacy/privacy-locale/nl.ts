import type { PrivacyStrings } from '../strings.js';

/** Dutch. */
export const STRINGS: PrivacyStrings = {
  heading: 'Wat dit apparaat onthoudt',
  switchName: 'Onthouden op dit apparaat',
  on: 'Aan',
  off: 'Uit',
  introGranted:
    'Om voor te stellen wat bij je winkelwagen past, maakt deze winkel aantekeningen in deze browser. Ze blijven in deze browser en worden naar niemand gestuurd.',
  introPending:
    'Deze winkel wil graag aantekeningen maken in deze browser om voor te stellen wat bij je winkelwagen past. De winkel heeft het je nog niet gevraagd.',
  introDenied: 'Deze winkel maakt geen aantekeningen in deze browser. Je hebt nee gezegd, en wat er was is gewist.',
  nothingKept: 'Op dit apparaat wordt niets bewaard.',
  offer:
    'Als je het toestaat, wordt alleen in deze browser genoteerd wat je bekijkt en toevoegt. Hier kun je de aantekeningen bekijken en wissen.',
  allow: 'Aantekeningen toestaan',
  allowed: 'Aantekeningen zijn toegestaan.',
  refusedElsewhere: 'De cookie-instellingen van deze winkel zeggen nee. Verander eerst daar je antwoord.',
  switchedOff: 'Uitgeschakeld. Alles is gewist, in elk tabblad van deze winkel.',
  keptHeading: 'De aantekeningen',
  viewed: 'Bekeken artikelen',
  time: 'Bestede tijd',
  added: 'Aan winkelwagen toegevoegd',
  bought: 'Gekochte artikelen',
  lastViewed: 'Laatst bekeken',
  lastAdded: 'Laatst toegevoegd',
  purchases: 'Gekocht',
  until: 'bewaard tot {date}',
  retention: 'Wat je bekijkt wordt na {days} vergeten. Wat je hebt gekocht wordt {months} onthouden.',
  nothingYet: 'Er zijn nog geen aantekeningen.',
  download: 'Aantekeningen downloaden',
  downloaded: 'Opgeslagen als {file}.',
  erase: 'Aantekeningen wissen',
  eraseQuestion: 'Alles wissen wat hier wordt bewaard, in elk tabblad van deze winkel?',
  eraseYes: 'Ja, wissen',
  eraseNo: 'Behouden',
  erased: 'Alles is gewist. Vanaf nu beginnen nieuwe aantekeningen, tenzij je ze uitschakelt.',
  failed: 'Dat is niet gelukt. Probeer het opnieuw.',
  receiptHeading: 'Bewijs',
  sent: '{bytes} van deze aantekeningen zijn verstuurd.',
  requests: 'Opgevraagde bestanden, dezelfde voor elke bezoeker: {count}',
  what: 'Wat',
  from: 'Van',
  size: 'Grootte',
  when: 'Wanneer',
  fromCache: 'bewaarde kopie',
  unknown: 'niet vermeld',
  channels: 'Wie er nog meer van je bezoek kan weten',
  channelsIntro: 'De aantekeningen worden naar niemand gestuurd. Wat een bezoek verder kan vertellen, en aan wie:',
  channelWords: {
    pictures:
      'De afbeelding van een suggestie wordt geladen van waar de winkel zijn afbeeldingen bewaart: die server ziet welke afbeeldingen deze browser opvraagt.',
    pictureSheet: 'Alle afbeeldingen komen op één vel, hetzelfde voor elke bezoeker: niemand ziet welke worden getoond.',
    noPictures: 'Er worden geen afbeeldingen geladen.',
    links:
      'Een suggestie volgen opent de pagina ervan: de winkel ziet dat, zoals bij elke link. Aan het adres wordt niets toegevoegd.',
    shopCart:
      'Een suggestie toevoegen gebruikt de winkelwagen van de winkel: de winkel weet wat wordt toegevoegd, zoals bij zijn eigen knoppen.',
    shopScripts:
      'Scripts van de winkel kunnen om suggesties vragen en om wat hier wordt bewaard; de winkel is er verantwoordelijk voor.',
    orderAttribute:
      'Om te meten wat suggesties opleveren, is deze browser door loting in een groep ingedeeld; het winkelwagentje en de bestelling dragen die: {attribute}.',
    noOrderAttribute: 'Op het winkelwagentje en de bestelling wordt niets vermeld.',
    analytics: 'De statistieken van de winkel horen welke suggesties worden getoond, gevolgd en toegevoegd.',
    noAnalytics: 'Geen enkele statistiek- of advertentiedienst krijgt iets te horen.',
  },
};
