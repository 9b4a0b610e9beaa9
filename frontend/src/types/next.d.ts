// next-env.d.ts is written by the build; this lets the type check run before the first build.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
