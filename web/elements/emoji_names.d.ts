/** "tada 🎉" a line, made by web/build.mjs of the names that the server's renderer knows. */
declare module "torv:emoji" {
  const names: string
  export default names
}
