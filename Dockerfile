# syntax=docker/dockerfile:1
# WhoSays on an image without an operating system: docker build -t whosays --build-arg VERSION=v1.0.0 .
#   docker run --read-only -p 127.0.0.1:8080:8080 -v whosays:/data -e WHOSAYS_DISCORD_TOKEN whosays
#   docker run -it whosays chat
# Pin the two base images by their digest where your builds have to be the same for ever.

# build makes the program, static, on the machine's own platform for whichever is asked for.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG VERSION=devel
ARG TARGETOS
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=${TARGETOS} GOARCH=${TARGETARCH} go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /whosays ./cmd/whosays
RUN mkdir /data

# It has certificates and a user who isn't root (65532), and no shell. Time zones are part of the program.
FROM gcr.io/distroless/static-debian13:nonroot
ARG VERSION=devel
ARG REVISION=unknown
LABEL org.opencontainers.image.title="WhoSays" \
      org.opencontainers.image.description="A fact-check assistant for Discord and Slack: every figure with who says it" \
      org.opencontainers.image.source="https://github.com/whosays/whosays" \
      org.opencontainers.image.documentation="https://github.com/whosays/whosays#readme" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /whosays /whosays
COPY --from=build --chown=65532:65532 /data /data
# All that it writes lies in /data: the database, where none is named, and what can be made again. The rest can be read-only.
ENV XDG_DATA_HOME=/data XDG_CACHE_HOME=/data/cache XDG_STATE_HOME=/data/state XDG_CONFIG_HOME=/etc \
    WHOSAYS_HTTP_LISTEN=:8080
VOLUME /data
EXPOSE 8080
USER 65532:65532
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["/whosays", "health"]
ENTRYPOINT ["/whosays"]
CMD ["serve"]
