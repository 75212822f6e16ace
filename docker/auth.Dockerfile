# The image of apps/auth. `nx run auth:image` builds it, from the workspace's root; docs/reference/image.md has the rest.
# No heredoc and no `syntax` line: the engine that Debian ships builds it, and nothing is fetched to read it.

# Any image with Node runs it. One without a shell needs another to build the bundle in, which has npm.
ARG BASE_IMAGE=node:24-bookworm-slim
ARG BUILD_IMAGE=${BASE_IMAGE}

# The files that decide which packages are installed, and no others: an edit of a source leaves this stage's result, and
# so the installation below, as it was.
FROM --platform=$BUILDPLATFORM ${BUILD_IMAGE} AS manifests
WORKDIR /workspace
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
 && find . -type d -empty -delete


# On the machine's own platform, as the bundle is the same on each.
FROM --platform=$BUILDPLATFORM ${BUILD_IMAGE} AS build
WORKDIR /workspace
ENV CI=true \
    NX_DAEMON=false \
    npm_config_fetch_retries=1
COPY --from=manifests /workspace ./
# Where packages come through a proxy with a certificate of its own, its CA is there for the installation alone.
RUN --mount=type=secret,id=ca_bundle \
    --mount=type=cache,target=/root/.npm \
    if [ -s /run/secrets/ca_bundle ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca_bundle; fi; \
    npm ci
COPY . .
RUN npx nx build auth
# The tag names the bundle that was made outside: another one must not go by it. Without the argument, nothing is claimed.
# The same times each time, so that the same bundle is the same layer.
ARG BUNDLE_SHA256=
RUN if [ -n "$BUNDLE_SHA256" ]; then echo "$BUNDLE_SHA256  apps/auth/dist/main.js" | sha256sum --check; fi \
 && install -D --mode=444 apps/auth/dist/main.js /out/app/main.mjs \
 && find /out -exec touch --date=@0 {} +


FROM ${BASE_IMAGE}
# Owned by root and not writable to the user that runs it. No package tree comes along: the bundle is all there is.
# Named .mjs, as an ES module without a package.json beside it has to be.
COPY --from=build /out /
# After what is in the base's: where distroless images have Node.
ENV NODE_ENV=production \
    PATH=${PATH}:/nodejs/bin
WORKDIR /app

# uid 1000 of the base image; by number, so that a platform can see that it is not root.
USER 1000:1000

# For docker run and compose; ECS has the health check of its task definition. No shell, and no curl in the image.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# Node is process 1, or the child of an init: the application handles SIGTERM and SIGINT itself. The limit is the load
# balancer's, and the application sets it too; Node's own 16 KB would answer 431 before the application could.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--max-http-header-size=65536"]
CMD ["/app/main.mjs"]

# Last, so that another revision of the same input shares everything above.
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="gatehouse-auth" \
      org.opencontainers.image.description="The NestJS application that runs behind the Application Load Balancer." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
