# The frontend alone. Build it from the top of the repository:
#   docker build -f docker/frontend.Dockerfile -t nest-token-exchange-frontend .

# What the server needs while it runs. Next brings a compiler and an image library that are not used then.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY backend/package.json backend/
COPY frontend/package.json frontend/
RUN npm ci --ignore-scripts --omit=dev --workspace frontend \
  && rm -rf backend node_modules/@next/swc-* node_modules/@img node_modules/sharp node_modules/.bin \
  && find . \( -name '*.map' -o -name '*.d.ts' \) -delete

# The production build. The configuration is compiled as well, so that no compiler is needed to read it.
FROM node:24-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
COPY backend/package.json backend/
COPY frontend/package.json frontend/
RUN npm ci --ignore-scripts --workspace frontend --include-workspace-root
COPY frontend frontend
RUN npm run build:frontend \
  && rm -rf frontend/.next/cache frontend/.next/types frontend/.next/diagnostics frontend/.next/trace* \
  && find frontend/.next -name '*.map' -delete \
  && npx esbuild frontend/next.config.ts --platform=node --format=cjs \
    --footer:js='module.exports = module.exports.default;' --outfile=frontend/next.config.js

FROM node:24-slim
# What runs here installs and builds nothing.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
  /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-*
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/frontend/server.mjs /app/frontend/next.config.js frontend/
COPY --from=build /app/frontend/server frontend/server
COPY --from=build /app/frontend/.next frontend/.next
ENV NODE_ENV=production HOST=0.0.0.0 NEXT_TELEMETRY_DISABLED=1
# The user "node", as a number: Kubernetes can then see that it is not root.
USER 1000:1000
EXPOSE 3000
# It listens on the port of NEXTAUTH_URL, or on 3000 where that address names none.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "const port = new URL(process.env.NEXTAUTH_URL).port || 3000; fetch('http://127.0.0.1:' + port + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "frontend/server.mjs"]
