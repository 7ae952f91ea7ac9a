# Tackboard as a container: the built site behind the server of the npm package. Nothing is written while it runs, so it
# works with a read-only root. src/HOSTING.md says how to run it.

# The output is plain files, so one build serves every platform.
FROM --platform=$BUILDPLATFORM node:22-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
# No package needs an install script for the build, so none runs.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm run package

FROM node:22-alpine
LABEL org.opencontainers.image.title="Tackboard" \
      org.opencontainers.image.description="Pin analytics that run wholly in the browser" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    PORT=8080
WORKDIR /tackboard
COPY --from=build /src/dist/package ./
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 \
  CMD wget -q -O /dev/null "http://127.0.0.1:${PORT}/" || exit 1
ENTRYPOINT ["node", "tackboard.js", "--host", "0.0.0.0"]
