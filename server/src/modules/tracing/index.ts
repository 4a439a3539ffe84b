export const routes = async (_app: unknown) => {}
