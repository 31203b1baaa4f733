// What lights, hangs or stands in a house or a garden; see motifs-table.mjs for the drawing's rules.

export const candle = (c) =>
  `<path d="M100 34c12 14 12 28 0 32c-12-4-12-18 0-32z" fill="${c.k}"/><path d="M99 64h3v12h-3z" fill="${c.d}"/><path d="M76 76h48v78H76z" fill="${c.f}"/><path d="M76 76h48v14c-8 10-12-2-18 6s-10 4-14-4-10 4-16-2z" fill="${c.w}" opacity=".8"/><ellipse cx="100" cy="154" rx="46" ry="9" fill="${c.d}"/>`;

export const tealight = (c) =>
  `<circle cx="100" cy="92" r="52" fill="${c.k}" opacity=".22"/><path d="M100 62c9 11 9 22 0 25c-9-3-9-14 0-25z" fill="${c.k}"/><path d="M80 92h40v12H80z" fill="${c.w}"/><path d="M56 88h88l-10 62a12 12 0 0 1-12 10H78a12 12 0 0 1-12-10z" fill="${c.f}" opacity=".86"/><path d="M54 82h92v10H54z" fill="${c.d}"/>`;

export const lantern = (c) =>
  `<path d="M84 44a16 16 0 1 1 32 0" fill="none" stroke="${c.d}" stroke-width="6"/><path d="M60 72l22-28h36l22 28z" fill="${c.m}"/><path d="M66 72h68v76H66z" fill="${c.w}"/><path d="M66 72h68v76H66z" fill="${c.k}" opacity=".3"/><path d="M88 116h24v32H88z" fill="${c.l}"/><path d="M100 90c8 10 8 20 0 23c-8-3-8-13 0-23z" fill="${c.k}"/><path d="M66 72v76M134 72v76M100 72v14" stroke="${c.d}" stroke-width="6"/><path d="M56 146h88v14H56z" fill="${c.m}"/>`;

export const lamp = (c) =>
  `<path d="M76 46h48l26 56H50z" fill="${c.f}"/><path d="M96 102h8v42h-8z" fill="${c.d}"/><path d="M70 160c0-12 14-18 30-18s30 6 30 18z" fill="${c.d}"/><path d="M52 104h96" stroke="${c.k}" stroke-width="5"/>`;

export const lights = (c) =>
  `<path d="M24 62c30 50 46 50 76 12s46-38 76 12" fill="none" stroke="${c.d}" stroke-width="4"/><g><path d="M40 88c12 10 12 30 0 36c-12-6-12-26 0-36z" fill="${c.m}"/><path d="M74 96c12 10 12 30 0 36c-12-6-12-26 0-36z" fill="${c.k}"/><path d="M110 70c12 10 12 30 0 36c-12-6-12-26 0-36z" fill="${c.l}"/><path d="M146 62c12 10 12 30 0 36c-12-6-12-26 0-36z" fill="${c.m}"/><path d="M172 86c12 10 12 30 0 36c-12-6-12-26 0-36z" fill="${c.k}"/></g>`;

export const incense = (c) =>
  `<path d="M70 132L58 46M100 132V38M130 132l12-86" stroke="${c.d}" stroke-width="5" stroke-linecap="round"/><path d="M58 46c-14-14 10-18 0-30M142 46c14-14-10-18 0-30" fill="none" stroke="${c.l}" stroke-width="5" stroke-linecap="round"/><path d="M50 124h100l-12 36H62z" fill="${c.f}"/><path d="M46 118h108v12H46z" fill="${c.d}"/>`;

export const frame = (c) =>
  `<rect x="46" y="40" width="108" height="120" rx="4" fill="${c.f}"/><rect x="46" y="40" width="108" height="120" rx="4" fill="none" stroke="${c.d}" stroke-width="3"/><path d="M64 58h72v84H64z" fill="${c.w}"/><path d="M64 142l24-36 18 22 12-12 18 26z" fill="${c.l}"/><circle cx="114" cy="84" r="10" fill="${c.k}"/>`;

export const clock = (c) =>
  `<circle cx="66" cy="54" r="15" fill="${c.d}"/><circle cx="134" cy="54" r="15" fill="${c.d}"/><path d="M66 146l-10 14M134 146l10 14" stroke="${c.d}" stroke-width="8" stroke-linecap="round"/><circle cx="100" cy="102" r="56" fill="${c.f}"/><circle cx="100" cy="102" r="42" fill="${c.w}"/><path d="M100 74v28l18 12" fill="none" stroke="${c.d}" stroke-width="6" stroke-linecap="round"/><path d="M100 64v6M100 134v6M62 102h6M132 102h6" stroke="${c.k}" stroke-width="4"/>`;

export const sign = (c) =>
  `<path d="M64 74l36-34 36 34" fill="none" stroke="${c.d}" stroke-width="4"/><circle cx="100" cy="40" r="5" fill="${c.d}"/><rect x="34" y="72" width="132" height="74" rx="8" fill="${c.f}"/><rect x="46" y="84" width="108" height="50" rx="4" fill="${c.w}"/><path d="M60 102h80M72 118h56" stroke="${c.d}" stroke-width="7" stroke-linecap="round"/>`;

export const mirror = (c) =>
  `<ellipse cx="100" cy="98" rx="54" ry="64" fill="${c.f}"/><ellipse cx="100" cy="98" rx="54" ry="64" fill="none" stroke="${c.d}" stroke-width="4"/><ellipse cx="100" cy="98" rx="38" ry="48" fill="${c.w}"/><path d="M82 116l34-50M96 128l28-42" stroke="${c.l}" stroke-width="7" stroke-linecap="round"/>`;

export const hook = (c) =>
  `<rect x="30" y="66" width="140" height="34" rx="10" fill="${c.f}"/><g fill="none" stroke="${c.d}" stroke-width="8" stroke-linecap="round"><path d="M62 92v30a13 13 0 0 0 26 0M112 92v30a13 13 0 0 0 26 0"/></g><g fill="${c.k}"><circle cx="62" cy="84" r="6"/><circle cx="112" cy="84" r="6"/></g>`;

export const tile = (c) =>
  `<rect x="46" y="46" width="108" height="108" rx="6" fill="${c.w}"/><rect x="46" y="46" width="108" height="108" rx="6" fill="none" stroke="${c.m}" stroke-width="8"/><path d="M100 66l10 24 24 10-24 10-10 24-10-24-24-10 24-10z" fill="${c.f}"/><g fill="${c.k}"><circle cx="66" cy="66" r="6"/><circle cx="134" cy="66" r="6"/><circle cx="66" cy="134" r="6"/><circle cx="134" cy="134" r="6"/></g>`;

export const knob = (c) =>
  `<path d="M86 118h28l8 42H78z" fill="${c.d}"/><circle cx="100" cy="90" r="46" fill="${c.f}"/><circle cx="100" cy="90" r="46" fill="none" stroke="${c.d}" stroke-width="3"/><path d="M72 74a32 32 0 0 1 24-16" fill="none" stroke="${c.w}" stroke-width="8" stroke-linecap="round"/>`;

export const cushion = (c) =>
  `<path d="M46 52c30 10 78 10 108 0c-8 30-8 72 0 102c-30-10-78-10-108 0c8-30 8-72 0-102z" fill="${c.f}"/><path d="M46 52c30 10 78 10 108 0c-8 30-8 72 0 102c-30-10-78-10-108 0c8-30 8-72 0-102z" fill="none" stroke="${c.d}" stroke-width="4"/><circle cx="100" cy="103" r="9" fill="${c.k}"/>`;

export const mat = (c) =>
  `<path d="M52 74h96l26 74H26z" fill="${c.f}"/><path d="M62 86h76l16 50H46z" fill="none" stroke="${c.w}" stroke-width="4"/><path d="M76 112h48" stroke="${c.d}" stroke-width="9" stroke-linecap="round"/>`;

export const box = (c) =>
  `<path d="M48 88h104v66a6 6 0 0 1-6 6H54a6 6 0 0 1-6-6z" fill="${c.f}"/><path d="M40 66h120v26H40z" fill="${c.d}"/><path d="M40 66h120v8H40z" fill="${c.l}"/><rect x="82" y="108" width="36" height="22" rx="4" fill="${c.w}"/>`;

export const chest = (c) =>
  `<path d="M48 48h104v106H48z" fill="${c.f}"/><path d="M56 154v10M144 154v10" stroke="${c.d}" stroke-width="9"/><path d="M42 42h116v10H42z" fill="${c.d}"/><path d="M58 62h84v24H58zM58 92h84v24H58zM58 122h84v24H58z" fill="${c.w}" opacity=".82"/><g fill="${c.k}"><circle cx="100" cy="74" r="5"/><circle cx="100" cy="104" r="5"/><circle cx="100" cy="134" r="5"/></g>`;

export const basket = (c) =>
  `<path d="M62 96a38 52 0 0 1 76 0" fill="none" stroke="${c.d}" stroke-width="8"/><path d="M42 94h116l-16 66H58z" fill="${c.m}"/><path d="M48 112h104M52 130h96M56 146h88" stroke="${c.d}" stroke-width="4" opacity=".5" stroke-dasharray="10 6"/><path d="M38 88h124v14H38z" fill="${c.l}"/>`;

export const chair = (c) =>
  `<path d="M66 40v120M134 104v56M66 104h68" stroke="${c.d}" stroke-width="9" stroke-linecap="round"/><path d="M62 46h60v46H62z" fill="${c.f}"/><path d="M60 98h80v16H60z" fill="${c.k}"/>`;

export const wateringcan = (c) =>
  `<path d="M64 96c-6-50 62-50 62-6" fill="none" stroke="${c.d}" stroke-width="8"/><path d="M128 128l34-52" stroke="${c.m}" stroke-width="13"/><path d="M148 66l30 20" stroke="${c.d}" stroke-width="10" stroke-linecap="round"/><path d="M48 92h84v58a10 10 0 0 1-10 10H58a10 10 0 0 1-10-10z" fill="${c.f}"/><path d="M44 88h92v10H44z" fill="${c.d}"/>`;

export const plant = (c) =>
  `<path d="M100 116V66M100 108c-30 0-38-16-40-32 24-2 38 10 40 32zM100 96c26-2 36-18 36-36-24 0-36 14-36 36z" fill="#6f9160" stroke="#41603f" stroke-width="3"/><path d="M62 112h76l-10 48H72z" fill="${c.f}"/><path d="M56 104h88v16H56z" fill="${c.d}"/>`;

export const birdhouse = (c) =>
  `<path d="M96 150h8v20h-8z" fill="${c.d}"/><path d="M58 84l42-32 42 32v68H58z" fill="${c.f}"/><path d="M44 92l56-46 56 46" fill="none" stroke="${c.d}" stroke-width="11" stroke-linejoin="round"/><circle cx="100" cy="104" r="15" fill="${c.d}"/><path d="M94 130h12v12H94z" fill="${c.k}"/>`;

export const windmill = (c) =>
  `<path d="M97 96h6v72h-6z" fill="${c.d}"/><g fill="${c.f}"><path d="M100 90c-10-34 20-50 36-36c-4 20-16 32-36 36z"/><path d="M100 90c34-10 50 20 36 36c-20-4-32-16-36-36z"/><path d="M100 90c10 34-20 50-36 36c4-20 16-32 36-36z"/><path d="M100 90c-34 10-50-20-36-36c20 4 32 16 36 36z"/></g><circle cx="100" cy="90" r="9" fill="${c.k}"/>`;

export const flower = (c) =>
  `<path d="M100 100v66M100 144c-20 2-30-8-32-22 18-2 30 6 32 22zM100 132c18 0 26-10 28-22-16 0-26 8-28 22z" fill="#6f9160" stroke="#41603f" stroke-width="4"/><g fill="${c.m}"><circle cx="100" cy="48" r="21"/><circle cx="72" cy="68" r="21"/><circle cx="128" cy="68" r="21"/><circle cx="83" cy="98" r="21"/><circle cx="117" cy="98" r="21"/></g><circle cx="100" cy="76" r="17" fill="${c.k}"/>`;

export const vase = (c) =>
  `<path d="M100 84V46M84 88L70 52M116 88l14-36" stroke="#41603f" stroke-width="4"/><g fill="${c.k}"><circle cx="100" cy="42" r="13"/><circle cx="68" cy="50" r="11"/><circle cx="132" cy="50" r="11"/></g><path d="M80 82h40c-2 14 20 24 20 48 0 20-12 30-24 30H84c-12 0-24-10-24-30 0-24 22-34 20-48z" fill="${c.f}"/>`;

export const hotwater = (c) =>
  `<path d="M88 36h24v26H88z" fill="${c.d}"/><path d="M84 32h32v12H84z" fill="${c.k}"/><path d="M80 62h40c20 4 26 16 26 30v48a20 20 0 0 1-20 20H74a20 20 0 0 1-20-20V92c0-14 6-26 26-30z" fill="${c.f}"/><path d="M80 62h40" stroke="${c.d}" stroke-width="7" stroke-linecap="round"/>`;
