# A static program on an empty image. The starter base is part of the program: docker run -it whosays
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=devel
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /whosays ./cmd/whosays

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /whosays /whosays
ENTRYPOINT ["/whosays"]
