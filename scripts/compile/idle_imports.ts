/**
 * Takes out the imports of the bundler's own helpers from files that use none of them. The bundler puts one into every
 * file, to keep an order in which modules run that means nothing for helpers; and since these make a `require`, each
 * start would load node:module.
 */
export function dropIdleImports(files: ReadonlyMap<string, string>): Map<string, string> {
  const helpers = [...files].filter(([, text]) =>
    text.includes("createRequire as __deno_internal_createRequire")
  )
    .map(([name]) => name);
  return new Map(
    [...files].map(([name, text]) => [
      name,
      helpers.reduce((rest, helper) => rest.replace(`import"./${helper}";`, ""), text),
    ]),
  );
}
