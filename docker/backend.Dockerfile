# The backend alone. Build it from the top of the repository:
#   docker build -f docker/backend.Dockerfile -t nest-token-exchange-backend .

# What the server needs while it runs. TypeScript comes along as a peer of the OpenAPI package, which does without.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY backend/package.json backend/
COPY frontend/package.json frontend/
RUN npm ci --ignore-scripts --omit=dev --workspace backend \
  && rm -rf frontend node_modules/typescript node_modules/.bin \
  && find . \( -name '*.map' -o -name '*.d.ts' \) -delete

# The compiled server: backend/dev is not there, so the demo cannot be part of it.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY backend/package.json backend/
COPY frontend/package.json frontend/
RUN npm ci --ignore-scripts --workspace backend --include-workspace-root
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY backend/src backend/src
RUN npm run build:backend \
  && find backend/dist \( -name '*.map' -o -name '*.d.ts' -o -name '*.tsbuildinfo' \) -delete

FROM node:24-slim
# What runs here installs and builds nothing.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
  /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-*
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/backend/dist backend/dist
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3001
# The user "node", as a number: Kubernetes can then see that it is not root.
USER 1000:1000
EXPOSE 3001
# Whether the process answers. Readiness is another question: a container must not be replaced because its database is away.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "backend/dist/src/app/main.js"]
