export { formatAddress } from "./keys/address.ts";
