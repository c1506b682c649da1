/** The path of what is in a folder, in the folder's own way to write one. */
export function inFolder(folder: string, name: string): string {
  if (/[/\\]$/.test(folder)) return folder + name;
  return /^([A-Za-z]:)?\\[^/]*$/.test(folder) ? `${folder}\\${name}` : `${folder}/${name}`;
}
