// What stands on a table or a stove, drawn in 200 × 200 on a ground line at y = 160.
// `c.f` is the body's fill (a pattern or the main colour), the other letters are palette.mjs's.

export const mug = (c) =>
  `<path d="M132 88h14a20 20 0 0 1 0 40h-14" fill="none" stroke="${c.d}" stroke-width="10"/><path d="M62 70h74v72a18 18 0 0 1-18 18H80a18 18 0 0 1-18-18z" fill="${c.f}"/><ellipse cx="99" cy="70" rx="37" ry="8" fill="${c.d}"/>`;

export const teacup = (c) =>
  `<ellipse cx="100" cy="152" rx="62" ry="9" fill="${c.l}"/><ellipse cx="100" cy="149" rx="40" ry="5" fill="${c.d}" opacity=".4"/><path d="M140 100h8a14 14 0 0 1 0 28h-14" fill="none" stroke="${c.d}" stroke-width="7"/><path d="M56 88h88c0 34-16 60-44 60s-44-26-44-60z" fill="${c.f}"/><ellipse cx="100" cy="88" rx="44" ry="8" fill="${c.w}"/><ellipse cx="100" cy="90" rx="36" ry="5" fill="${c.k}"/>`;

export const teapot = (c) =>
  `<path d="M142 112l30-22" stroke="${c.d}" stroke-width="12" stroke-linecap="round"/><path d="M58 100a22 22 0 1 0 0 40" fill="none" stroke="${c.d}" stroke-width="9"/><path d="M52 118a48 42 0 0 1 96 0c0 26-16 42-48 42s-48-16-48-42z" fill="${c.f}"/><path d="M70 84a32 14 0 0 1 60 0z" fill="${c.d}"/><circle cx="100" cy="66" r="8" fill="${c.k}"/>`;

export const plate = (c) =>
  `<circle cx="100" cy="106" r="62" fill="${c.d}" opacity=".18"/><circle cx="100" cy="101" r="62" fill="${c.f}"/><circle cx="100" cy="101" r="42" fill="${c.w}"/><circle cx="100" cy="101" r="36" fill="none" stroke="${c.l}" stroke-width="3"/><path d="M100 82c14 10 14 28 0 38c-14-10-14-28 0-38z" fill="${c.k}"/>`;

export const bowl = (c) =>
  `<path d="M78 152h44l6 10H72z" fill="${c.d}"/><path d="M40 96h120c0 36-24 60-60 60s-60-24-60-60z" fill="${c.f}"/><ellipse cx="100" cy="96" rx="60" ry="12" fill="${c.w}"/><ellipse cx="100" cy="99" rx="50" ry="8" fill="${c.l}"/>`;

export const goblet = (c) =>
  `<path d="M96 112h8v40h-8z" fill="${c.d}"/><ellipse cx="100" cy="156" rx="32" ry="6" fill="${c.d}"/><path d="M68 52h64c4 40-8 66-32 66s-36-26-32-66z" fill="${c.w}" opacity=".75"/><path d="M67 76h66c-1 26-12 42-33 42s-32-16-33-42z" fill="${c.m}"/>`;

export const bottle = (c) =>
  `<path d="M90 40h20v34c16 6 22 16 22 32v44a10 10 0 0 1-10 10H78a10 10 0 0 1-10-10v-44c0-16 6-26 22-32z" fill="${c.m}"/><path d="M88 36h24v14H88z" fill="${c.d}"/><path d="M68 108h64v34H68z" fill="${c.w}"/><path d="M82 125h36" stroke="${c.k}" stroke-width="6" stroke-linecap="round"/>`;

export const jug = (c) =>
  `<path d="M132 84c28-8 34 40 2 52" fill="none" stroke="${c.d}" stroke-width="9"/><path d="M66 54l-12-6 18 34c-10 18-14 34-10 56a24 24 0 0 0 24 22h28a24 24 0 0 0 24-22c4-26-6-46-10-84z" fill="${c.f}"/><path d="M54 48h74v8H64z" fill="${c.d}"/>`;

export const jar = (c) =>
  `<path d="M64 78h72a10 10 0 0 1 8 10v62a10 10 0 0 1-10 10H66a10 10 0 0 1-10-10V88a10 10 0 0 1 8-10z" fill="${c.w}" opacity=".85"/><path d="M56 104h88v46a10 10 0 0 1-10 10H66a10 10 0 0 1-10-10z" fill="${c.m}" opacity=".9"/><path d="M62 54h76v22H62z" fill="${c.f}"/><path d="M74 112h52v30H74z" fill="${c.w}"/><path d="M84 127h32" stroke="${c.d}" stroke-width="4"/>`;

export const tin = (c) =>
  `<path d="M50 80h100v70a50 10 0 0 1-100 0z" fill="${c.f}"/><path d="M50 112h100v20H50z" fill="${c.w}"/><path d="M76 122h48" stroke="${c.d}" stroke-width="5"/><ellipse cx="100" cy="80" rx="54" ry="14" fill="${c.d}"/><ellipse cx="100" cy="76" rx="54" ry="14" fill="${c.l}"/><circle cx="100" cy="70" r="8" fill="${c.k}"/>`;

export const cakestand = (c) =>
  `<path d="M95 50h10v100h-10z" fill="${c.d}"/><ellipse cx="100" cy="154" rx="32" ry="7" fill="${c.d}"/><path d="M36 122h128a64 12 0 0 1-128 0z" fill="${c.f}"/><path d="M60 80h80a40 9 0 0 1-80 0z" fill="${c.f}"/><circle cx="100" cy="46" r="8" fill="${c.k}"/><g fill="${c.l}"><circle cx="66" cy="112" r="12"/><circle cx="134" cy="112" r="12"/><circle cx="80" cy="72" r="9"/><circle cx="120" cy="72" r="9"/></g><g fill="${c.k}"><circle cx="66" cy="99" r="4"/><circle cx="134" cy="99" r="4"/></g>`;

export const cupcake = (c) =>
  `<path d="M60 106h80l-12 54H72z" fill="${c.f}"/><path d="M76 108l6 50M100 108v50M124 108l-6 50" stroke="${c.d}" stroke-width="3" opacity=".5"/><path d="M52 108c-4-22 14-26 18-30c2-20 22-26 30-26s28 6 30 26c4 4 22 8 18 30z" fill="${c.l}"/><path d="M70 84c18 8 42 8 60 0" fill="none" stroke="${c.w}" stroke-width="6" stroke-linecap="round"/><circle cx="100" cy="46" r="10" fill="${c.k}"/>`;

export const cutlery = (c) =>
  `<g stroke-linecap="round" stroke-width="11" stroke="${c.m}" fill="none"><path d="M64 96v58M100 90v64M136 100v54"/></g><path d="M48 46v30a16 16 0 0 0 32 0V46M64 46v40" fill="none" stroke="${c.d}" stroke-width="7" stroke-linecap="round"/><path d="M94 46c20 4 20 40 12 54H94z" fill="${c.d}"/><ellipse cx="136" cy="70" rx="16" ry="25" fill="${c.d}"/><g fill="${c.w}"><circle cx="64" cy="140" r="4"/><circle cx="100" cy="140" r="4"/><circle cx="136" cy="140" r="4"/></g>`;

export const apron = (c) =>
  `<path d="M78 52a22 22 0 0 1 44 0" fill="none" stroke="${c.d}" stroke-width="5"/><path d="M40 96h120" stroke="${c.d}" stroke-width="5"/><path d="M78 50h44l6 38c6 6 18 6 20 10v60H52V98c2-4 14-4 20-10z" fill="${c.f}"/><path d="M76 114h48v24a10 10 0 0 1-10 10H86a10 10 0 0 1-10-10z" fill="${c.w}"/>`;

export const towel = (c) =>
  `<path d="M34 52h132" stroke="${c.d}" stroke-width="8" stroke-linecap="round"/><path d="M58 52h84v104H58z" fill="${c.f}"/><path d="M58 126h84v10H58zM58 142h84v4H58z" fill="${c.d}" opacity=".7"/><path d="M58 52h84v12H58z" fill="${c.d}" opacity=".25"/>`;

export const napkin = (c) =>
  `<path d="M100 42l66 58-66 58-66-58z" fill="${c.l}"/><path d="M100 56l50 44-50 44-50-44z" fill="${c.f}"/><path d="M100 56l50 44h-50z" fill="${c.w}" opacity=".5"/>`;

export const tray = (c) =>
  `<rect x="30" y="58" width="140" height="92" rx="18" fill="${c.d}"/><rect x="40" y="68" width="120" height="72" rx="12" fill="${c.f}"/><path d="M36 92v24M164 92v24" stroke="${c.w}" stroke-width="5" stroke-linecap="round"/>`;

export const egg = (c) =>
  `<path d="M74 126h52l-8 26h14v8H68v-8h14z" fill="${c.d}"/><path d="M66 104h68a34 30 0 0 1-68 0z" fill="${c.f}"/><path d="M72 106c0-34 14-56 28-56s28 22 28 56z" fill="${c.w}"/><path d="M76 88l8-7 8 7 8-7 8 7 8-7 8 7" fill="none" stroke="${c.k}" stroke-width="4"/>`;

export const mould = (c) =>
  `<path d="M46 140l10-44c6-24 20-38 44-38s38 14 44 38l10 44z" fill="${c.f}"/><path d="M78 66l-10 74M100 58v82M122 66l10 74" stroke="${c.d}" stroke-width="4" opacity=".5"/><rect x="36" y="138" width="128" height="18" rx="9" fill="${c.d}"/>`;
