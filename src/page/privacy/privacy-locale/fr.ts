import type { PrivacyStrings } from '../strings.js';

/** French. */
export const STRINGS: PrivacyStrings = {
  heading: 'Ce que cet appareil retient',
  switchName: 'Retenir sur cet appareil',
  on: 'Activé',
  off: 'Désactivé',
  introGranted:
    'Pour suggérer ce qui va avec votre panier, cette boutique prend des notes dans ce navigateur. Elles y restent et ne sont envoyées à personne.',
  introPending:
    'Cette boutique souhaite prendre des notes dans ce navigateur pour suggérer ce qui va avec votre panier. Elle ne vous a pas encore posé la question.',
  introDenied: 'Cette boutique ne prend aucune note dans ce navigateur. Vous avez refusé, et ce qu’il y avait a été effacé.',
  nothingKept: 'Rien n’est conservé sur cet appareil.',
  offer:
    'Si vous l’autorisez, ce que vous regardez et ajoutez est noté dans ce navigateur seulement. Vous pouvez consulter les notes ici et les effacer.',
  allow: 'Autoriser les notes',
  allowed: 'Les notes sont autorisées.',
  refusedElsewhere: 'Les réglages de cookies de cette boutique disent non. Changez d’abord votre réponse là-bas.',
  switchedOff: 'Désactivé. Tout est effacé, dans chaque onglet de cette boutique.',
  keptHeading: 'Les notes',
  viewed: 'Articles consultés',
  time: 'Temps passé',
  added: 'Ajoutés au panier',
  bought: 'Articles achetés',
  lastViewed: 'Derniers consultés',
  lastAdded: 'Derniers ajoutés',
  purchases: 'Achetés',
  until: 'conservé jusqu’au {date}',
  retention: 'Ce que vous regardez est oublié après {days}. Ce que vous avez acheté est retenu pendant {months}.',
  nothingYet: 'Il n’y a pas encore de notes.',
  download: 'Télécharger les notes',
  downloaded: 'Enregistré sous {file}.',
  erase: 'Effacer les notes',
  eraseQuestion: 'Effacer tout ce qui est conservé ici, dans chaque onglet de cette boutique ?',
  eraseYes: 'Oui, effacer',
  eraseNo: 'Garder',
  erased: 'Tout est effacé. De nouvelles notes commencent maintenant, sauf si vous les désactivez.',
  failed: 'Cela n’a pas fonctionné. Veuillez réessayer.',
  receiptHeading: 'Justificatif',
  sent: '{bytes} de ces notes ont été envoyés.',
  requests: 'Fichiers demandés, les mêmes pour chaque visiteur : {count}',
  what: 'Quoi',
  from: 'De',
  size: 'Taille',
  when: 'Quand',
  fromCache: 'copie conservée',
  unknown: 'non indiqué',
  channels: 'Qui d’autre peut savoir que vous êtes venu',
  channelsIntro: 'Les notes ne sont envoyées à personne. Ce qu’une visite peut révéler d’autre, et à qui :',
  channelWords: {
    pictures:
      'L’image d’une suggestion est chargée là où la boutique garde ses images : ce serveur voit quelles images ce navigateur demande.',
    pictureSheet:
      'Toutes les images viennent sur une seule planche, la même pour chaque visiteur : personne ne voit lesquelles sont affichées.',
    noPictures: 'Aucune image n’est chargée.',
    links: 'Suivre une suggestion ouvre sa page : la boutique le voit, comme pour tout lien. Rien n’est ajouté à l’adresse.',
    shopCart:
      'Ajouter une suggestion passe par le panier de la boutique : elle apprend ce qui est ajouté, comme par ses propres boutons.',
    shopScripts:
      'Les scripts de la boutique peuvent demander des suggestions et ce qui est conservé ici ; la boutique en répond.',
    orderAttribute:
      'Pour mesurer ce qu’apportent les suggestions, ce navigateur a été placé dans un groupe par tirage au sort, et le panier et la commande le portent : {attribute}.',
    noOrderAttribute: 'Rien n’est inscrit sur le panier ni sur la commande.',
    analytics: 'La mesure d’audience de la boutique apprend quelles suggestions sont affichées, suivies et ajoutées.',
    noAnalytics: 'Aucun service de mesure ou de publicité n’apprend quoi que ce soit.',
  },
};
