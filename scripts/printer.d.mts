export const printer: () => { readonly LANDAU_PRINTER: string };
