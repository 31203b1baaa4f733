/** Finds what says where each picture lies on a sheet of them: the JSON file that has the sheet's name and `.json` behind it. @param spriteUrl absolute */
export function spriteTilesUrl(spriteUrl: string): string {
  const url = new URL(spriteUrl);
  url.pathname += '.json';
  return url.href;
}
