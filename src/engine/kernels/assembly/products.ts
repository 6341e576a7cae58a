export * from "./gemm32";
export * from "./gemm64";
export * from "./peak";
export * from "./rows";
