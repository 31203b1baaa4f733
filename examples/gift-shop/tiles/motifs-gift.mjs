// What is written, worn, carried, played with or hung up for a feast; see motifs-table.mjs for the drawing's rules.

export const card = (c) =>
  `<path d="M54 44h78v104H54z" fill="${c.d}" opacity=".25"/><path d="M64 40h80v112H64z" fill="${c.f}"/><path d="M76 64h56v64H76z" fill="${c.w}"/><path d="M104 114l-18-18a11 11 0 0 1 18-13 11 11 0 0 1 18 13z" fill="${c.k}"/>`;

export const wrap = (c) =>
  `<g transform="rotate(-32 100 100)"><rect x="26" y="62" width="148" height="34" rx="6" fill="${c.f}"/><ellipse cx="174" cy="79" rx="8" ry="17" fill="${c.d}"/><rect x="26" y="106" width="148" height="34" rx="6" fill="${c.k}"/><ellipse cx="174" cy="123" rx="8" ry="17" fill="${c.d}"/><path d="M84 60h14v82H84z" fill="${c.w}"/></g>`;

export const notebook = (c) =>
  `<rect x="56" y="40" width="94" height="120" rx="6" fill="${c.d}"/><rect x="52" y="38" width="92" height="118" rx="6" fill="${c.f}"/><path d="M52 44a6 6 0 0 1 6-6h10v118H58a6 6 0 0 1-6-6z" fill="${c.d}"/><rect x="80" y="62" width="50" height="30" rx="3" fill="${c.w}"/><path d="M90 77h30" stroke="${c.d}" stroke-width="4"/><path d="M118 156v14l6-6 6 6v-14z" fill="${c.k}"/>`;

export const pencil = (c) =>
  `<g transform="rotate(14 100 100)"><path d="M60 66h20v92H60z" fill="${c.m}"/><path d="M60 66l10-26 10 26z" fill="${c.w}"/></g><path d="M90 62h20v98H90z" fill="${c.k}"/><path d="M90 62l10-26 10 26z" fill="${c.w}"/><path d="M96 46l4-10 4 10z" fill="${c.d}"/><g transform="rotate(-14 100 100)"><path d="M120 66h20v92h-20z" fill="${c.l}"/><path d="M120 66l10-26 10 26z" fill="${c.w}"/></g><path d="M56 116h88v34a10 10 0 0 1-10 10H66a10 10 0 0 1-10-10z" fill="${c.f}"/>`;

export const ribbon = (c) =>
  `<path d="M100 134c30 4 44 16 62 26" fill="none" stroke="${c.m}" stroke-width="14"/><circle cx="94" cy="96" r="52" fill="${c.d}"/><circle cx="94" cy="96" r="44" fill="${c.f}"/><circle cx="94" cy="96" r="22" fill="${c.w}"/><circle cx="94" cy="96" r="9" fill="${c.d}"/>`;

export const buttons = (c) =>
  `<circle cx="78" cy="84" r="38" fill="${c.f}"/><circle cx="130" cy="122" r="32" fill="${c.k}"/><circle cx="132" cy="62" r="20" fill="${c.l}"/><g fill="${c.w}"><circle cx="68" cy="84" r="6"/><circle cx="88" cy="84" r="6"/><circle cx="122" cy="122" r="5"/><circle cx="138" cy="122" r="5"/></g><path d="M40 152c30-20 50 16 84 4" fill="none" stroke="${c.d}" stroke-width="4" stroke-linecap="round"/>`;

export const bag = (c) =>
  `<path d="M74 78c0-48 52-48 52 0" fill="none" stroke="${c.d}" stroke-width="8"/><path d="M50 74h100l10 86H40z" fill="${c.f}"/><path d="M50 74h100l1 12H49z" fill="${c.d}" opacity=".55"/>`;

export const handbag = (c) =>
  `<path d="M66 92c0-56 68-56 68 0" fill="none" stroke="${c.d}" stroke-width="8"/><path d="M44 92h112c10 40 4 68-14 68H58c-18 0-24-28-14-68z" fill="${c.f}"/><path d="M44 92h112c2 10 3 18 3 24-36 16-82 16-118 0 0-6 1-14 3-24z" fill="${c.d}" opacity=".8"/><circle cx="100" cy="124" r="9" fill="${c.k}"/>`;

export const purse = (c) =>
  `<path d="M44 104c0 38 20 54 56 54s56-16 56-54c0-14-8-22-12-28H56c-4 6-12 14-12 28z" fill="${c.f}"/><path d="M52 80a48 30 0 0 1 96 0" fill="none" stroke="${c.d}" stroke-width="10"/><circle cx="92" cy="50" r="9" fill="${c.k}"/><circle cx="108" cy="50" r="9" fill="${c.k}"/>`;

export const tag = (c) =>
  `<path d="M100 62c-14-30 20-40 26-22" fill="none" stroke="${c.d}" stroke-width="5"/><path d="M70 78l30-24 30 24v82H70z" fill="${c.f}"/><circle cx="100" cy="76" r="8" fill="${c.w}"/><path d="M80 106h40v34H80z" fill="${c.w}"/><path d="M88 118h24M88 128h16" stroke="${c.d}" stroke-width="4"/>`;

export const umbrella = (c) =>
  `<path d="M100 40v104a13 13 0 0 1-26 0" fill="none" stroke="${c.d}" stroke-width="7" stroke-linecap="round"/><path d="M30 104a70 62 0 0 1 140 0c-12-10-24-10-35 0-12-10-24-10-35 0-11-10-23-10-35 0-11-10-23-10-35 0z" fill="${c.f}"/><path d="M100 104c-11-10-23-10-35 0 4-28 16-50 35-62 19 12 31 34 35 62-12-10-24-10-35 0z" fill="${c.d}" opacity=".25"/>`;

export const necklace = (c) =>
  `<path d="M48 36c0 60 24 88 52 88s52-28 52-88" fill="none" stroke="${c.d}" stroke-width="3"/><g fill="${c.m}"><circle cx="52" cy="66" r="7"/><circle cx="62" cy="90" r="8"/><circle cx="78" cy="110" r="9"/><circle cx="148" cy="66" r="7"/><circle cx="138" cy="90" r="8"/><circle cx="122" cy="110" r="9"/></g><path d="M100 116l18 20-18 28-18-28z" fill="${c.k}"/><path d="M100 116l18 20h-36z" fill="${c.w}" opacity=".5"/>`;

export const earrings = (c) =>
  `<g fill="none" stroke="${c.d}" stroke-width="4"><path d="M70 66V54a9 9 0 1 1 16 4M130 66V54a9 9 0 1 0-16 4"/></g><g fill="${c.k}"><circle cx="70" cy="74" r="9"/><circle cx="130" cy="74" r="9"/></g><path d="M70 84c22 26 22 56 0 66c-22-10-22-40 0-66zM130 84c22 26 22 56 0 66c-22-10-22-40 0-66z" fill="${c.m}"/><path d="M64 116a10 20 0 0 0 4 22M124 116a10 20 0 0 0 4 22" fill="none" stroke="${c.w}" stroke-width="4" stroke-linecap="round"/>`;

export const bracelet = (c) =>
  `<ellipse cx="100" cy="104" rx="60" ry="46" fill="none" stroke="${c.d}" stroke-width="4"/><g fill="${c.m}"><circle cx="40" cy="104" r="12"/><circle cx="160" cy="104" r="12"/><circle cx="58" cy="71" r="12"/><circle cx="142" cy="71" r="12"/><circle cx="58" cy="137" r="12"/><circle cx="142" cy="137" r="12"/></g><g fill="${c.k}"><circle cx="100" cy="58" r="14"/><circle cx="82" cy="148" r="10"/><circle cx="118" cy="148" r="10"/></g><circle cx="95" cy="53" r="4" fill="${c.w}"/>`;

export const ring = (c) =>
  `<circle cx="100" cy="120" r="38" fill="none" stroke="${c.m}" stroke-width="12"/><path d="M74 52h52l16 20-42 34-42-34z" fill="${c.k}"/><path d="M74 52h52l16 20H58z" fill="${c.w}" opacity=".5"/>`;

export const key = (c) =>
  `<circle cx="74" cy="72" r="30" fill="none" stroke="${c.m}" stroke-width="13"/><path d="M94 94l52 52M132 132l14-14M118 118l12-12" stroke="${c.m}" stroke-width="12" stroke-linecap="round"/><circle cx="74" cy="72" r="10" fill="${c.k}"/>`;

export const bow = (c) =>
  `<path d="M92 100c-40-44-66-24-60 0s30 34 60 8zM108 100c40-44 66-24 60 0s-30 34-60 8z" fill="${c.f}"/><path d="M92 108l-24 52 22-6 8-42zM108 108l24 52-22-6-8-42z" fill="${c.d}"/><rect x="86" y="88" width="28" height="30" rx="8" fill="${c.k}"/>`;

export const bear = (c) =>
  `<circle cx="62" cy="62" r="20" fill="${c.m}"/><circle cx="138" cy="62" r="20" fill="${c.m}"/><circle cx="62" cy="62" r="9" fill="${c.l}"/><circle cx="138" cy="62" r="9" fill="${c.l}"/><circle cx="100" cy="102" r="56" fill="${c.m}"/><ellipse cx="100" cy="122" rx="27" ry="21" fill="${c.w}"/><path d="M90 110h20l-10 11z" fill="${c.d}"/><g fill="${c.d}"><circle cx="78" cy="92" r="6"/><circle cx="122" cy="92" r="6"/></g><path d="M100 120v8M90 131q10 7 20 0" fill="none" stroke="${c.d}" stroke-width="4"/>`;

export const jigsaw = (c) =>
  `<path d="M50 62h32c-10-24 30-24 20 0h32v32c24-10 24 30 0 20v36h-32c10-24-30-24-20 0H50v-36c24 10 24-30 0-20z" fill="${c.f}" stroke="${c.d}" stroke-width="4"/>`;

export const rocket = (c) =>
  `<path d="M74 108c-20 8-24 26-22 40l26-14zM126 108c20 8 24 26 22 40l-26-14z" fill="${c.d}"/><path d="M100 30c34 28 34 72 22 110H78c-12-38-12-82 22-110z" fill="${c.m}"/><circle cx="100" cy="84" r="16" fill="${c.w}"/><circle cx="100" cy="84" r="9" fill="${c.l}"/><path d="M84 142h32c2 12-8 16-16 28c-8-12-18-16-16-28z" fill="${c.k}"/>`;

export const dice = (c) =>
  `<rect x="44" y="76" width="76" height="76" rx="14" transform="rotate(-10 82 114)" fill="${c.m}"/><g fill="${c.w}"><circle cx="62" cy="98" r="7"/><circle cx="82" cy="114" r="7"/><circle cx="102" cy="130" r="7"/></g><rect x="104" y="48" width="54" height="54" rx="10" transform="rotate(14 131 75)" fill="${c.k}"/><circle cx="131" cy="75" r="7" fill="${c.w}"/>`;

export const bunting = (c) =>
  `<path d="M16 58q84 50 168 0" fill="none" stroke="${c.d}" stroke-width="4"/><path d="M24 64l34 14-18 42z" fill="${c.f}"/><path d="M64 80l34 3-14 46z" fill="${c.k}"/><path d="M104 83l34-4-12 46z" fill="${c.f}"/><path d="M142 78l32-14-8 46z" fill="${c.l}"/>`;

export const balloon = (c) =>
  `<path d="M72 112q14 26 26 56M128 100q-18 40-28 68" fill="none" stroke="${c.d}" stroke-width="3"/><ellipse cx="70" cy="76" rx="32" ry="38" fill="${c.f}"/><ellipse cx="130" cy="66" rx="30" ry="36" fill="${c.k}"/><path d="M66 112h12l-6-8zM124 102h12l-6-8z" fill="${c.d}"/><path d="M52 64a20 20 0 0 1 12-14M114 54a18 18 0 0 1 10-12" fill="none" stroke="${c.w}" stroke-width="5" stroke-linecap="round"/>`;

export const tree = (c) =>
  `<path d="M92 142h16v20H92z" fill="#7a5236"/><path d="M100 34l32 42h-16l26 34h-18l26 34H50l26-34H58l26-34H68z" fill="${c.m}"/><g fill="${c.k}"><circle cx="84" cy="124" r="6"/><circle cx="116" cy="118" r="6"/><circle cx="96" cy="92" r="6"/></g><g fill="${c.w}"><circle cx="108" cy="70" r="4"/><circle cx="102" cy="132" r="4"/></g><path d="M100 20l4 9h10l-8 7 3 10-9-6-9 6 3-10-8-7h10z" fill="#e9b949"/>`;

export const bauble = (c) =>
  `<path d="M100 20v28" stroke="${c.d}" stroke-width="4"/><path d="M88 46h24v16H88z" fill="${c.k}"/><circle cx="100" cy="108" r="50" fill="${c.f}"/><path d="M54 94q46 22 92 0M54 122q46 22 92 0" fill="none" stroke="${c.w}" stroke-width="6"/><path d="M72 80a34 34 0 0 1 16-14" fill="none" stroke="${c.w}" stroke-width="6" stroke-linecap="round"/>`;

export const stocking = (c) =>
  `<path d="M74 66h54v50c0 10 34 10 34 28 0 10-8 16-20 16h-44c-16 0-24-10-24-26z" fill="${c.f}"/><rect x="66" y="44" width="70" height="28" rx="10" fill="${c.w}"/><path d="M136 46q16-14 14 12" fill="none" stroke="${c.d}" stroke-width="5"/>`;

export const wreath = (c) =>
  `<circle cx="100" cy="98" r="46" fill="none" stroke="${c.d}" stroke-width="24"/><circle cx="100" cy="98" r="46" fill="none" stroke="${c.m}" stroke-width="22" stroke-dasharray="14 5"/><g fill="${c.k}"><circle cx="66" cy="68" r="6"/><circle cx="134" cy="68" r="6"/><circle cx="56" cy="112" r="6"/><circle cx="144" cy="112" r="6"/></g><path d="M100 142c-26-22-36-8-32 6s20 10 32 0c12 10 28 8 32-6s-6-28-32-6z" fill="${c.k}"/>`;

export const star = (c) =>
  `<path d="M100 34l19 44 48 4-36 32 11 47-42-25-42 25 11-47-36-32 48-4z" fill="${c.f}" stroke="${c.d}" stroke-width="4" stroke-linejoin="round"/>`;

export const heart = (c) =>
  `<path d="M100 20v44" stroke="${c.d}" stroke-width="4"/><path d="M100 160L50 108a31 31 0 0 1 50-38 31 31 0 0 1 50 38z" fill="${c.f}" stroke="${c.d}" stroke-width="4"/>`;

export const bird = (c) =>
  `<path d="M44 128c0-40 24-62 54-62 4-16 18-24 32-20 12 4 18 14 18 24l18 8-20 6c-2 42-28 66-62 66-22 0-36-8-40-22z" fill="${c.f}"/><path d="M46 124L24 96c24-6 44 0 56 14z" fill="${c.d}"/><path d="M70 112c14-18 40-16 48 2-10 20-36 22-48-2z" fill="${c.l}"/><circle cx="130" cy="66" r="5" fill="${c.d}"/><path d="M148 70l20 8-22 4z" fill="${c.k}"/><path d="M94 150v16M108 150v16" stroke="${c.d}" stroke-width="4"/>`;

export const butterfly = (c) =>
  `<path d="M96 96C60 30 20 50 36 88c6 14 26 18 60 12zM104 96c36-66 76-46 60-8-6 14-26 18-60 12z" fill="${c.f}"/><path d="M96 102c-40 0-56 20-44 40s38 6 44-34zM104 102c40 0 56 20 44 40s-38 6-44-34z" fill="${c.k}"/><path d="M100 70v76M100 74q-6-22-20-26M100 74q6-22 20-26" fill="none" stroke="${c.d}" stroke-width="6" stroke-linecap="round"/>`;

export const rabbit = (c) =>
  `<ellipse cx="80" cy="58" rx="14" ry="36" fill="${c.m}"/><ellipse cx="120" cy="58" rx="14" ry="36" fill="${c.m}"/><ellipse cx="80" cy="60" rx="6" ry="24" fill="${c.l}"/><ellipse cx="120" cy="60" rx="6" ry="24" fill="${c.l}"/><circle cx="100" cy="118" r="44" fill="${c.m}"/><g fill="${c.d}"><circle cx="84" cy="110" r="5"/><circle cx="116" cy="110" r="5"/><path d="M94 122h12l-6 8z"/></g><path d="M100 130v6M90 138q10 6 20 0" fill="none" stroke="${c.d}" stroke-width="3"/>`;

export const gift = (c) =>
  `<path d="M50 92h100v68H50z" fill="${c.f}"/><path d="M42 74h116v22H42z" fill="${c.m}"/><path d="M42 90h116v6H42z" fill="${c.d}" opacity=".4"/><path d="M90 74h20v86H90z" fill="${c.k}"/><path d="M100 74c-46 4-44-40-18-32 12 4 16 20 18 32zM100 74c46 4 44-40 18-32-12 4-16 20-18 32z" fill="none" stroke="${c.k}" stroke-width="9"/>`;
