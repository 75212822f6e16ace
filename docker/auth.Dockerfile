# The image of apps/auth. Build it from the workspace's root:
#   DOCKER_BUILDKIT=1 docker build --file docker/auth.Dockerfile --tag gatehouse-auth .
# Where packages come through a proxy with a certificate of its own, hand over its CA for the build alone:
#   --secret id=ca_bundle,src=/etc/ssl/certs/ca-certificates.crt

ARG BASE_IMAGE=node:24-bookworm-slim

# The files that decide which packages are installed, and no others: an edit of a source leaves this stage's result, and
# so the installation below, as it was.
FROM ${BASE_IMAGE} AS manifests
WORKDIR /workspace
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
 && find . -type d -empty -delete


FROM ${BASE_IMAGE} AS build
WORKDIR /workspace
ENV CI=true \
    NX_DAEMON=false \
    npm_config_fetch_retries=1
COPY --from=manifests /workspace ./
RUN --mount=type=secret,id=ca_bundle \
    --mount=type=cache,target=/root/.npm \
    if [ -s /run/secrets/ca_bundle ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca_bundle; fi; \
    npm ci
COPY . .
RUN npx nx build auth


FROM ${BASE_IMAGE}
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="gatehouse-auth" \
      org.opencontainers.image.description="The NestJS application that runs behind the Application Load Balancer." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

ENV NODE_ENV=production
WORKDIR /app
# Owned by root and not writable to the user that runs it. No package tree comes along: the bundle is all there is.
# Named .mjs, as an ES module without a package.json beside it has to be.
COPY --from=build --chmod=444 /workspace/apps/auth/dist/main.js ./main.mjs

# uid 1000 of the base image; by number, so that a platform can see that it is not root.
USER 1000:1000

# For docker run and compose; ECS has the health check of its task definition. No shell, and no curl in the image.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# Node is process 1: the application handles SIGTERM and SIGINT itself. The limit is the load balancer's, and the
# application sets it too; Node's own 16 KB would answer 431 before the application could.
STOPSIGNAL SIGTERM
CMD ["node", "--max-http-header-size=65536", "/app/main.mjs"]
