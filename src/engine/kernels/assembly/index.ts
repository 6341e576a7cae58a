export * from "./gemm32";
export * from "./gemm64";
export * from "./peak";
export * from "./rows";
export * from "./elementary32";
export * from "./elementary64";
export * from "./random";
